import type { CampaignReport, Figures, StoreReport } from '../../../core/contract/reports.ts'
import { Bar } from '../campaigns/CampaignBits.tsx'
import { Empty } from '../ui/Page.tsx'
import { TableScroll } from '../ui/TableScroll.tsx'
import { useOfficeWords } from '../words.ts'

const COLUMNS = ['issued', 'acquired', 'redeemed', 'expired', 'rolledBack', 'forced', 'discount'] as const

function FigureHeads() {
  const { t } = useOfficeWords()
  return COLUMNS.map((name) => (
    <th key={name} scope="col" className="table__number">
      {t(`office.figures.${name}`)}
    </th>
  ))
}

function FigureCells({ figures, currency }: { figures: Figures; currency: string }) {
  const { count, amount } = useOfficeWords()
  return COLUMNS.map((name) => (
    <td key={name} className="table__number">
      {name === 'discount' ? amount(currency, figures[name]) : count(figures[name])}
    </td>
  ))
}

/** Each campaign's figures, and its cost in all against its budget. */
export function CampaignFigures({ report }: { report: CampaignReport }) {
  const words = useOfficeWords()
  const { t, amount } = words
  if (report.campaigns.length === 0) return <Empty title={t('office.reports.nothing')} />
  return (
    <TableScroll>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('office.fields.title')}</th>
            <FigureHeads />
            <th scope="col">{t('office.reports.budget')}</th>
          </tr>
        </thead>
        <tbody>
          {report.campaigns.map((one) => (
            <tr key={one.campaignId}>
              <th scope="row">
                <bdi>{words.title(one) || one.campaignId}</bdi>
              </th>
              <FigureCells figures={one} currency={report.currency} />
              <td className="table__budget">
                <Bar
                  name=""
                  used={one.use.value + one.use.forcedValue}
                  lent={one.use.lentValue}
                  limit={one.budget.campaignValue}
                  write={(value) => amount(report.currency, value)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}

export function StoreFigures({ report }: { report: StoreReport }) {
  const { t } = useOfficeWords()
  if (report.stores.length === 0) return <Empty title={t('office.reports.nothing')} />
  return (
    <TableScroll>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('office.store')}</th>
            <FigureHeads />
          </tr>
        </thead>
        <tbody>
          {report.stores.map((one) => (
            <tr key={one.storeId}>
              <th scope="row">
                <bdi>{one.storeId === '' ? t('office.reports.noStore') : one.name}</bdi>
              </th>
              <FigureCells figures={one} currency={report.currency} />
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
}
