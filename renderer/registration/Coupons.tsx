import type { HeldCoupon, TakeableCoupon } from '../../core/contract/holdings.ts'
import { useWords } from '../words/useWords.ts'
import { customerReason } from './reasons.ts'

/** Coupons that a customer may take, each with one large button. `taking`: the campaign that is being asked for. */
export function TakeList({
  offers,
  taking,
  isBusy,
  onTake,
}: {
  offers: readonly TakeableCoupon[]
  taking: string | null
  isBusy: boolean
  onTake: (campaignId: string) => void
}) {
  const { t, title, day } = useWords()
  const lastDay = (until: string) => day(Date.parse(until) - 1)
  if (offers.length === 0) return <p className="customerCoupons__none">{t('customer.nothingToTake')}</p>
  return (
    <ul className="customerCoupons">
      {offers.map((offer) => {
        const name = title(offer)
        return (
          <li key={offer.campaignId} className="takeOffer">
            <div className="takeOffer__words">
              <h3 className="takeOffer__title">
                <bdi>{name}</bdi>
              </h3>
              <p className="takeOffer__until">
                {t('customer.takeUntil', { day: lastDay(offer.takeUntil) })}
                {offer.lastsDays !== undefined && (
                  <>
                    <br />
                    {t('customer.lasts', { count: offer.lastsDays })}
                  </>
                )}
              </p>
            </div>
            <button
              type="button"
              className="takeOffer__take"
              aria-label={t('customer.takeNamed', { title: name })}
              aria-disabled={isBusy || undefined}
              onClick={() => {
                if (!isBusy) onTake(offer.campaignId)
              }}
            >
              {t(taking === offer.campaignId ? 'customer.taking' : 'customer.take')}
            </button>
          </li>
        )
      })}
    </ul>
  )
}

/** Coupons that a customer has. */
export function HeldList({ coupons }: { coupons: readonly HeldCoupon[] }) {
  const { t, title, day } = useWords()
  const lastDay = (until: string) => day(Date.parse(until) - 1)
  if (coupons.length === 0) return <p className="customerCoupons__none">{t('customer.nothingHeld')}</p>
  return (
    <ul className="customerCoupons">
      {coupons.map((coupon) => (
        <li key={coupon.acquisitionId} className="heldCoupon">
          <h3 className="heldCoupon__title">
            <bdi>{title(coupon)}</bdi>
          </h3>
          <p className="heldCoupon__facts">
            {coupon.usableFrom !== undefined && (
              <span>{t('customer.fromDay', { day: day(Date.parse(coupon.usableFrom)) })}</span>
            )}
            <span>{t('customer.until', { day: lastDay(coupon.expiresAt) })}</span>
            {coupon.usesLeft > 1 && <span>{t('customer.uses', { count: coupon.usesLeft })}</span>}
          </p>
          {coupon.reason !== undefined && <p className="heldCoupon__reason">{customerReason(t, coupon.reason)}</p>}
        </li>
      ))}
    </ul>
  )
}
