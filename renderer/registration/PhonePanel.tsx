import type { TerminalVisit } from '../../core/counter/registration.ts'
import { qrSymbol } from '../readerSetup/symbol.ts'
import { TestBarcode } from '../readerSetup/TestBarcode.tsx'
import { useWords } from '../words/useWords.ts'

type Phone = NonNullable<Extract<TerminalVisit, { phase: 'menu' }>['phone']>

/** How a customer goes on with their phone. The code is in the address's fragment, which no server is sent. */
export function PhonePanel({ phone }: { phone: Phone }) {
  const { t, moment } = useWords()
  return (
    <section className="phonePanel" aria-labelledby="phone-title">
      <h2 id="phone-title">{t('customer.phoneTitle')}</h2>
      <p>{t('customer.phoneHow', { time: moment(phone.expiresAt) })}</p>
      <div className="phonePanel__ways">
        <TestBarcode symbol={qrSymbol(`${phone.address}#code=${phone.code}`)} label={t('customer.phoneQr')} />
        <dl className="phonePanel__words">
          <dt>{t('customer.phoneAddress')}</dt>
          <dd>
            <bdi>{phone.address}</bdi>
          </dd>
          <dt>{t('customer.codeField')}</dt>
          <dd className="phonePanel__code">{phone.code}</dd>
        </dl>
      </div>
    </section>
  )
}
