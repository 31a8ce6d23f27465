import type { CampaignReport, Figures, StoreReport } from '../../../core/contract/reports.ts'
import { Bar } from '../campaigns/CampaignBits.tsx'
import { Empty } from '../ui/Page.tsx'
import { Table } from '../ui/Table.tsx'
import { useOfficeWords } from '../words.ts'

const COLUMNS = ['issued', 'acquired', 'redeemed', 'expired', 'rolledBack', 'forced', 'discount'] as const

function useFigureColumns() {
  const { t } = useOfficeWords()
  return COLUMNS.map((name) => ({ number: t(`office.figures.${name}`) }))
}

/** `currency` null: what it gave was another money, which does not add up with the rest. */
function FigureCells({ figures, currency }: { figures: Figures; currency: string | null }) {
  const { count, amount } = useOfficeWords()
  return COLUMNS.map((name) => (
    <td key={name} className="table__number">
      {name !== 'discount' ? count(figures[name]) : currency === null ? '–' : amount(currency, figures[name])}
    </td>
  ))
}

/** Each campaign's figures, and its cost in all against its budget. */
export function CampaignFigures({ report }: { report: CampaignReport }) {
  const words = useOfficeWords()
  const { t, amount } = words
  const figureColumns = useFigureColumns()
  if (report.campaigns.length === 0) return <Empty title={t('office.reports.nothing')} />
  return (
    <Table columns={[t('office.fields.title'), ...figureColumns, t('office.reports.budget')]}>
      {report.campaigns.map((one) => (
        <tr key={one.campaignId}>
          <th scope="row">
            <bdi>{words.title(one) || one.campaignId}</bdi>
          </th>
          <FigureCells
            figures={one}
            currency={(one.currency ?? report.currency) === report.currency ? report.currency : null}
          />
          <td className="table__budget">
            <Bar
              name=""
              used={one.use.value + one.use.forcedValue}
              lent={one.use.lentValue}
              limit={one.budget.campaignValue}
              write={(value) => amount(one.currency ?? report.currency, value)}
            />
          </td>
        </tr>
      ))}
    </Table>
  )
}

export function StoreFigures({ report }: { report: StoreReport }) {
  const { t } = useOfficeWords()
  const figureColumns = useFigureColumns()
  if (report.stores.length === 0) return <Empty title={t('office.reports.nothing')} />
  return (
    <Table columns={[t('office.store'), ...figureColumns]}>
      {report.stores.map((one) => (
        <tr key={one.storeId}>
          <th scope="row">
            <bdi>{one.storeId === '' ? t('office.reports.noStore') : one.name}</bdi>
          </th>
          <FigureCells figures={one} currency={report.currency} />
        </tr>
      ))}
    </Table>
  )
}
