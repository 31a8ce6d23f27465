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
  if (offers.length === 0) return <p className="coupons__none">{t('customer.nothingToTake')}</p>
  return (
    <ul className="coupons">
      {offers.map((offer) => {
        const name = title(offer)
        return (
          <li key={offer.campaignId} className="offer">
            <div className="offer__words">
              <h3 className="offer__title">
                <bdi>{name}</bdi>
              </h3>
              <p className="offer__until">
                {t('customer.takeUntil', { day: day(Date.parse(offer.takeUntil)) })}
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
              className="offer__take"
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
  if (coupons.length === 0) return <p className="coupons__none">{t('customer.nothingHeld')}</p>
  return (
    <ul className="coupons">
      {coupons.map((coupon) => (
        <li key={coupon.acquisitionId} className="held">
          <h3 className="held__title">
            <bdi>{title(coupon)}</bdi>
          </h3>
          <p className="held__facts">
            {coupon.usableFrom !== undefined && (
              <span>{t('customer.fromDay', { day: day(Date.parse(coupon.usableFrom)) })}</span>
            )}
            <span>{t('customer.until', { day: day(Date.parse(coupon.expiresAt)) })}</span>
            {coupon.usesLeft > 1 && <span>{t('customer.uses', { count: coupon.usesLeft })}</span>}
          </p>
          {coupon.reason !== undefined && <p className="held__reason">{customerReason(t, coupon.reason)}</p>}
        </li>
      ))}
    </ul>
  )
}
