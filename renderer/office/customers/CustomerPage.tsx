import { useState } from 'react'
import { EraseResponse, Holder, SignOutPhonesResponse } from '../../../core/contract/holders.ts'
import { Button } from '../../ui/Button.tsx'
import { newId } from '../client/newId.ts'
import { ask } from '../client/request.ts'
import { go } from '../client/route.ts'
import { useMay } from '../client/session.tsx'
import { useLoaded } from '../client/useLoaded.ts'
import { Answer, Page, Panel } from '../ui/Page.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { useOfficeWords } from '../words.ts'
import { BlockDialog } from './BlockDialog.tsx'
import { LinkDialog } from './LinkDialog.tsx'
import { TransferDialog } from './TransferDialog.tsx'

type Medium = Holder['media'][number]
type Acting =
  | { readonly what: 'link' | 'erase' | 'signOutPhones' }
  | { readonly what: 'block' | 'transfer'; readonly medium: Medium }

/** In the place of a medium: the customer has none to show, and is known by a code of their phone. */
export const BY_PHONE = 'phone'

/** One customer: what they hold, and what can be done about their cards. `shown`: the one that lies at the terminal, or `BY_PHONE`. */
export function CustomerPage({ holderId, shown }: { holderId: string; shown: string | null }) {
  const { t } = useOfficeWords()
  const holder = useLoaded(holderId, () => ask('GET', `/v1/holders/${holderId}`, Holder))
  const back = { href: '#/customers', text: t('office.customers.title') }
  return holder.value === null ? (
    <Page title={t('office.customers.one')} back={back}>
      <Answer of={holder}>{() => null}</Answer>
    </Page>
  ) : (
    <Known holder={holder.value} shown={shown} back={back} onChanged={holder.reload} />
  )
}

function Known({
  holder,
  shown,
  back,
  onChanged,
}: {
  holder: Holder
  shown: string | null
  back: { href: string; text: string }
  onChanged: () => void
}) {
  const words = useOfficeWords()
  const { t, when, count } = words
  const may = useMay()
  const [acting, setActing] = useState<Acting | null>(null)
  const [isDone, setDone] = useState(false)
  const administers = may('media.administer')
  const close = () => setActing(null)
  const done = () => {
    setDone(true)
    onChanged()
  }
  /** Of two customers who become one, the older stays. */
  const doneTo = (holderId: string) => {
    done()
    if (holderId !== holder.holderId) go(`customers/${holderId}`)
  }
  return (
    <Page
      title={t('office.customers.one')}
      back={back}
      actions={
        may('holders.erase') && (
          <>
            <a
              className="button button--secondary button--normal"
              href={`/v1/holders/${holder.holderId}/export`}
              download
            >
              {t('office.customers.export')}
            </a>
            <Button look="danger" onClick={() => setActing({ what: 'erase' })}>
              {t('office.customers.erase')}
            </Button>
          </>
        )
      }
    >
      <p className="soft">{t('office.customers.since', { at: when(holder.createdAt) })}</p>
      {shown === BY_PHONE && (
        <div className="notice">
          <p>{t('office.customers.byPhone')}</p>
        </div>
      )}
      <p role="status">{isDone ? t('office.customers.changed') : ''}</p>
      <div className="columns">
        <Panel
          title={t('office.customers.media')}
          actions={
            may('media.link') && (
              <Button onClick={() => setActing({ what: 'link' })}>{t('office.customers.link')}</Button>
            )
          }
        >
          <ul className="rows">
            {holder.media.map((medium) => (
              <li key={medium.mediumId} className="rows__row">
                <span>
                  {t(`simulator.types.${medium.type}`)}
                  {medium.mediumId === shown && <span className="tag tag--accent">{t('office.customers.shown')}</span>}
                  {medium.blocked && <span className="tag tag--bad">{t('office.customers.blocked')}</span>}
                </span>
                {administers && (
                  <span>
                    <Button look="quiet" onClick={() => setActing({ what: 'block', medium })}>
                      {t(medium.blocked ? 'office.customers.unblock' : 'office.customers.block')}
                    </Button>
                    <Button look="quiet" onClick={() => setActing({ what: 'transfer', medium })}>
                      {t('office.customers.transfer')}
                    </Button>
                  </span>
                )}
              </li>
            ))}
            {holder.phones > 0 && (
              <li className="rows__row">
                {t('office.customers.phones', { phones: count(holder.phones) })}
                {administers && (
                  <Button look="quiet" onClick={() => setActing({ what: 'signOutPhones' })}>
                    {t('office.customers.signOutPhones')}
                  </Button>
                )}
              </li>
            )}
          </ul>
        </Panel>
        <Panel title={t('office.customers.coupons')}>
          {holder.coupons.length === 0 && <p className="soft">{t('office.customers.noCoupons')}</p>}
          <ul className="rows">
            {holder.coupons.map((coupon) => (
              <li key={coupon.acquisitionId} className="rows__row">
                <bdi>{words.title(coupon)}</bdi>
                <span className="soft">
                  {t('office.customers.left', { uses: count(coupon.usesLeft), until: when(coupon.expiresAt) })}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      </div>
      {acting?.what === 'block' && <BlockDialog medium={acting.medium} onDone={done} onClose={close} />}
      {acting?.what === 'transfer' && <TransferDialog medium={acting.medium} onDone={doneTo} onClose={close} />}
      {acting?.what === 'link' && <LinkDialog onDone={doneTo} onClose={close} />}
      {acting?.what === 'signOutPhones' && (
        <ReasonDialog
          title={t('office.customers.signOutPhones')}
          words={t('office.customers.signOutPhonesWords')}
          submit={t('office.customers.signOutPhones')}
          danger
          reason="required"
          act={(reason) =>
            ask('POST', `/v1/holders/${holder.holderId}/sign-out-phones`, SignOutPhonesResponse, { reason })
          }
          onDone={done}
          onClose={close}
        />
      )}
      {acting?.what === 'erase' && (
        <ReasonDialog
          title={t('office.customers.erase')}
          words={t('office.customers.eraseWords')}
          submit={t('office.customers.eraseForEver')}
          danger
          reason="required"
          act={(reason) =>
            ask('POST', `/v1/holders/${holder.holderId}/erase`, EraseResponse, { actionId: newId(), reason })
          }
          onDone={() => go('customers')}
          onClose={close}
        />
      )}
    </Page>
  )
}
