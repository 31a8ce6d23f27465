import { useSend } from '../../client/counterContext.tsx'
import { Button } from '../../ui/Button.tsx'
import { useWords } from '../../words/useWords.ts'
import type { OffersVisit } from './choice.ts'
import { MediumIcon } from './MediumMark.tsx'

/** Another card was held to the reader: whose coupons these still are, and the way to the other one's. */
export function OtherCard({ aside }: { aside: NonNullable<OffersVisit['aside']> }) {
  const { t } = useWords()
  const send = useSend()
  return (
    <div className="otherCard">
      <MediumIcon type={aside.type} />
      <p>
        <strong>{t('cashier.offers.other.title')}</strong>
        <br />
        <span>{t('cashier.offers.other.words')}</span>
      </p>
      <Button keys="F3" onClick={() => void send({ type: 'serveAside' })}>
        {t('cashier.offers.other.serve')}
      </Button>
    </div>
  )
}
