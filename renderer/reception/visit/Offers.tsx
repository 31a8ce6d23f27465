import { type ReactNode, useState } from 'react'
import { MAX_STACK } from '../../../core/redemption/model.ts'
import { useSend } from '../../client/counterContext.tsx'
import { Button } from '../../ui/Button.tsx'
import { CheckIcon, WarnIcon } from '../../ui/icons.tsx'
import { Title } from '../../ui/Title.tsx'
import { useWords } from '../../words/useWords.ts'
import { ActionBar, PrimaryAction } from './ActionBar.tsx'
import { bestWords } from './bestWords.ts'
import { UnusableCoupon, UsableCoupon } from './Coupon.tsx'
import {
  type Approvable,
  bestOf,
  type Choice,
  choiceOf,
  idsOf,
  type OffersVisit,
  toggled,
  waitsForPurchase,
} from './choice.ts'
import { MediumMark } from './MediumMark.tsx'
import { OtherCard } from './OtherCard.tsx'

/** The customer's coupons: the best already chosen, one press from approved. */
export function Offers({ visit, total }: { visit: OffersVisit; total: number }) {
  const words = useWords()
  const { t } = words
  const send = useSend()
  const [stack, setStack] = useState<readonly string[] | null>(null)
  const [tooMany, setTooMany] = useState(false)
  const present = stack?.filter((id) => visit.usable.some((coupon) => coupon.acquisitionId === id)) ?? null
  const choice = choiceOf(visit, present)
  const marked = choice.kind === 'none' ? [] : choice.acquisitionIds
  const busy = visit.phase === 'approving'
  const best = bestOf(visit)

  const mark = (acquisitionIds: readonly string[]) => {
    setStack(acquisitionIds)
    setTooMany(false)
    void send({ type: 'select', acquisitionIds: [...acquisitionIds] })
  }
  const touch = (acquisitionId: string) => {
    if (busy) return
    const next = toggled(marked, acquisitionId)
    if (next) mark(next)
    else setTooMany(true)
  }
  const approve = (combination: Approvable) =>
    void send({
      type: 'approve',
      select: { acquisitionIds: idsOf(combination) },
      expectedTotalDiscount: combination.totalDiscount,
    })

  return (
    <section className="visit visit--offers" aria-label={t('offers.region')}>
      <Headline visit={visit} choice={choice} total={total}>
        {best && choice.kind !== 'best' && (
          <Button unavailable={busy} onClick={() => mark(idsOf(best))}>
            {t('offers.useBest', { amount: words.money(best.totalDiscount) })}
          </Button>
        )}
      </Headline>
      <div className="coupons" tabIndex={visit.usable.length === 0 && visit.unusable.length > 0 ? 0 : undefined}>
        {tooMany && (
          <p className="inlineProblem" role="alert">
            {t('offers.tooMany', { count: MAX_STACK })}
          </p>
        )}
        {visit.usable.length > 0 && (
          <>
            <h3>{t('offers.usable')}</h3>
            <ul className="coupons__grid">
              {visit.usable.map((coupon) => (
                <UsableCoupon
                  key={coupon.acquisitionId}
                  coupon={coupon}
                  marked={marked.includes(coupon.acquisitionId)}
                  together={lineOf(choice, coupon.acquisitionId)}
                  onTouch={() => touch(coupon.acquisitionId)}
                />
              ))}
            </ul>
          </>
        )}
        {visit.unusable.length > 0 && (
          <>
            <h3>{t('offers.unusable')}</h3>
            <ul className="coupons__grid">
              {visit.unusable.map((coupon, index) => (
                <UnusableCoupon key={coupon.acquisitionId ?? `${coupon.title} ${index}`} coupon={coupon} />
              ))}
            </ul>
          </>
        )}
        {visit.aside && !busy && <OtherCard aside={visit.aside} />}
      </div>
      <ActionBar>
        <Button size="large" keys="Escape" unavailable={busy} onClick={() => void send({ type: 'nextCustomer' })}>
          {t('offers.cancel')}
        </Button>
        {waitsForPurchase(visit, total) ? null : (
          <Primary visit={visit} choice={choice} busy={busy} onApprove={approve} />
        )}
      </ActionBar>
    </section>
  )
}

/** The big figure, readable from two metres; below it the way back to the best. */
function Headline({
  visit,
  choice,
  total,
  children,
}: {
  visit: OffersVisit
  choice: Choice
  total: number
  children: ReactNode
}) {
  const words = useWords()
  const { t } = words
  const shown = useLastDiscount(choice)
  const best = bestOf(visit)
  const nothing = visit.usable.length === 0
  const label = choice.kind === 'best' ? t('offers.best') : t('offers.chosen')
  const count = choice.kind === 'none' ? 0 : choice.acquisitionIds.length
  return (
    <div className={`headline${nothing ? ' headline--none' : choice.kind === 'refused' ? ' headline--refused' : ''}`}>
      <div className="headline__top">
        <p className="headline__label">{!nothing && `${label} · ${t('offers.coupons', { count })}`}</p>
        <MediumMark medium={visit.medium} copy={visit.source === 'replica'} />
      </div>
      <div className="headline__figure" aria-live="polite">
        {waitsForPurchase(visit, total) ? (
          <>
            <h2>{t('cashier.offers.purchaseFirst')}</h2>
            <p className="soft">{t('cashier.offers.purchaseFirstWords')}</p>
          </>
        ) : nothing ? (
          <>
            <h2>{visit.unusable.length === 0 ? t('offers.noneAtAll') : t('offers.none')}</h2>
            <p className="soft">{t('offers.noneWords')}</p>
          </>
        ) : choice.kind === 'refused' ? (
          <WhyNot visit={visit} choice={choice} />
        ) : (
          <>
            <p className="headline__amount figure">
              <bdi>{words.discount(shown)}</bdi>
            </p>
            <p className="headline__pay">
              {choice.kind === 'checking' ? (
                t('offers.checking')
              ) : (
                <>
                  {t('purchase.toPay')} <bdi className="figure">{words.money(Math.max(0, total - shown))}</bdi>
                </>
              )}
              {choice.kind === 'best' && best && !best.exact && <small> {t('offers.approximate')}</small>}
            </p>
            <p className="headline__why">
              {visit.askFirst && visit.phase === 'offers' && (
                <strong className="headline__ask">
                  <WarnIcon />
                  {t(`cashier.offers.ask.${visit.askFirst}`)}
                </strong>
              )}
              {choice.kind === 'best' && <bdi>{bestWords(words, visit)}</bdi>}
            </p>
          </>
        )}
      </div>
      <div className="headline__back">{children}</div>
    </div>
  )
}

/** While a choice is being checked the figure stays what it was: no flicker of zero. */
function useLastDiscount(choice: Choice): number {
  const [last, setLast] = useState(0)
  const now =
    choice.kind === 'best' || choice.kind === 'own'
      ? choice.combination.totalDiscount
      : choice.kind === 'none'
        ? 0
        : last
  if (now !== last) setLast(now)
  return now
}

function WhyNot({ visit, choice }: { visit: OffersVisit; choice: Extract<Choice, { kind: 'refused' }> }) {
  const words = useWords()
  const failing = visit.usable.find((coupon) => coupon.acquisitionId === choice.failingAcquisitionId)
  const reason = words.reason(choice.reason)
  return (
    <>
      <h2>
        <WarnIcon />
        {reason.text}
      </h2>
      <p>{failing ? <Title text={words.title(failing)} lines={1} /> : reason.todo}</p>
    </>
  )
}

function Primary({
  visit,
  choice,
  busy,
  onApprove,
}: {
  visit: OffersVisit
  choice: Choice
  busy: boolean
  onApprove: (combination: Approvable) => void
}) {
  const words = useWords()
  const { t } = words
  const send = useSend()
  if (visit.usable.length === 0) {
    return <PrimaryAction onPress={() => void send({ type: 'nextCustomer' })}>{t('approved.next')}</PrimaryAction>
  }
  const approvable =
    choice.kind === 'best' || choice.kind === 'own'
      ? choice.combination
      : choice.kind === 'refused'
        ? choice.remaining
        : null
  const face = busy
    ? t('offers.approving')
    : choice.kind === 'checking'
      ? t('offers.checking')
      : approvable === null
        ? t('offers.chooseOne')
        : choice.kind === 'refused'
          ? t('refused.remaining', { amount: words.money(approvable.totalDiscount) })
          : t('offers.approve', { amount: words.money(approvable.totalDiscount) })
  return (
    <PrimaryAction
      icon={approvable && !busy ? <CheckIcon /> : undefined}
      busy={busy}
      unavailable={approvable === null}
      onPress={() => approvable && onApprove(approvable)}
    >
      {face}
    </PrimaryAction>
  )
}

function lineOf(choice: Choice, acquisitionId: string): number | null {
  if (choice.kind !== 'best' && choice.kind !== 'own') return null
  return choice.combination.lines.find((line) => line.acquisitionId === acquisitionId)?.discount.total ?? null
}
