import { useWords } from '../words/useWords.ts'

/** What a customer says to staff, who find them by it at the office. Nothing of the card is in it. */
export function StaffCodePanel({ code, expiresAt }: { code: string; expiresAt: number }) {
  const { t, moment } = useWords()
  return (
    <section className="phonePanel" aria-labelledby="staff-code-title">
      <h2 id="staff-code-title">{t('customer.staffCodeTitle')}</h2>
      <p className="phonePanel__code">{code}</p>
      <p>{t('customer.staffCodeHow', { time: moment(expiresAt) })}</p>
    </section>
  )
}
