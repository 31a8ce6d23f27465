import type { ShiftTotals, Tally } from '../../../core/counter/shift.ts'
import { Title } from '../../ui/Title.tsx'
import { useWords } from '../../words/useWords.ts'

/** What a shift gave, as a sum that a cashier can follow: approved, less what was taken back, is what stands. */
export function ShiftFigures({ totals, heading: Heading = 'h3' }: { totals: ShiftTotals; heading?: 'h2' | 'h3' }) {
  const words = useWords()
  const { t } = words
  const { approved, annulled, campaigns, cashiers } = totals
  const stands = { count: approved.count - annulled.count, discount: approved.discount - annulled.discount }
  const fates = (['waiting', 'settled', 'forced', 'quarantined'] as const).filter((fate) => totals[fate].count > 0)
  if (approved.count === 0) return <p className="soft">{t('cashier.shift.nothing')}</p>
  return (
    <div className="shift">
      <table className="figures">
        <tbody>
          <Row name={t('cashier.shift.approved')} tally={approved} />
          {annulled.count > 0 && <Row name={t('cashier.shift.annulled')} tally={annulled} />}
          <Row name={t('cashier.shift.stands')} tally={stands} strong />
          {fates.map((fate) => (
            <Row key={fate} name={t(`cashier.shift.${fate}`)} tally={totals[fate]} />
          ))}
        </tbody>
      </table>
      {totals.waiting.count > 0 && <p className="soft">{t('cashier.shift.waitingWords')}</p>}
      <Heading>{t('cashier.shift.byCampaign')}</Heading>
      <ul className="figures__list">
        {campaigns.map((campaign) => (
          <li key={campaign.title}>
            <Title text={words.title(campaign)} lines={1} />
            <span className="soft">{t('cashier.shift.coupons', { count: campaign.count })}</span>
            <bdi className="figure">{words.money(campaign.discount)}</bdi>
          </li>
        ))}
      </ul>
      <Heading>{t('cashier.shift.byCashier')}</Heading>
      <ul className="figures__list">
        {cashiers.map((cashier) => (
          <li key={cashier.operatorId}>
            <bdi>{cashier.name || t('cashier.shift.unknownCashier')}</bdi>
            <span className="soft">
              {t('cashier.shift.approvals', { count: cashier.count })}
              {cashier.annulled.count > 0 && ` · ${t('cashier.shift.ofThemBack', { count: cashier.annulled.count })}`}
            </span>
            <bdi className="figure">{words.money(cashier.discount)}</bdi>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Row({ name, tally, strong = false }: { name: string; tally: Tally; strong?: boolean }) {
  const words = useWords()
  return (
    <tr className={strong ? 'figures__strong' : undefined}>
      <th scope="row">{name}</th>
      <td>{words.t('cashier.shift.approvals', { count: tally.count })}</td>
      <td>
        <bdi className="figure">{words.money(tally.discount)}</bdi>
      </td>
    </tr>
  )
}
