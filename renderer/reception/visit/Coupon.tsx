import type { WireUnusable, WireUsable } from '../../../core/contract/search.ts'
import { CheckIcon, ClockIcon, WarnIcon } from '../../ui/icons.tsx'
import { Title } from '../../ui/Title.tsx'
import { useWords } from '../../words/useWords.ts'

/** A coupon that can be used now; touching it takes it into the stack or out of it. */
export function UsableCoupon({
  coupon,
  marked,
  together,
  onTouch,
}: {
  coupon: WireUsable
  marked: boolean
  /** What it gives in the chosen combination, where that is known. */
  together: number | null
  onTouch: () => void
}) {
  const words = useWords()
  const { t } = words
  const shown = together ?? coupon.discount.total
  // The last moment it is good, not the first it is not: midnight would name the day after.
  const until = coupon.expiresAt === null ? null : Date.parse(coupon.expiresAt) - 1
  const ending = until !== null && words.endsToday(until)
  return (
    <li>
      {/* biome-ignore lint/a11y/useSemanticElements: a whole card that is touched, with more than a label in it */}
      <button
        type="button"
        role="checkbox"
        aria-checked={marked}
        className="coupon"
        // A touch leaves the focus on the primary action, where Enter is expected.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onTouch}
      >
        <span className="coupon__box">{marked && <CheckIcon />}</span>
        <span className="coupon__what">
          <Title text={words.title(coupon)} />
          <span className="coupon__facts">
            <span>{t('offers.usesLeft', { count: coupon.usesLeft })}</span>
            {until !== null && (
              <span className={ending ? 'coupon__ending' : undefined}>
                {ending && <ClockIcon />}
                {ending ? t('offers.expiresToday') : t('offers.expires', { date: words.day(until) })}
              </span>
            )}
            {coupon.exclusive && <span>{t('offers.exclusive')}</span>}
            {shown !== coupon.discount.total && (
              <span>{t('offers.alone', { amount: words.discount(coupon.discount.total) })}</span>
            )}
          </span>
        </span>
        <bdi className="coupon__amount figure">{words.discount(shown)}</bdi>
      </button>
    </li>
  )
}

/** A coupon that cannot be used now, and why. */
export function UnusableCoupon({ coupon }: { coupon: WireUnusable }) {
  const words = useWords()
  const reason = words.reason(coupon)
  return (
    <li className="coupon coupon--unusable">
      <span className="coupon__box">
        <WarnIcon />
      </span>
      <span className="coupon__what">
        <Title text={words.title(coupon)} />
        <span className="coupon__reason">{reason.text}</span>
      </span>
    </li>
  )
}
