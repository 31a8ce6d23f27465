import { useEffect, useState } from 'react'
import { CampaignReport, DayReport, type Figures, StoreReport } from '../../../core/contract/reports.ts'
import { StoreList } from '../../../core/contract/stationList.ts'
import { useCampaignChoices } from '../campaigns/useCampaignChoices.ts'
import { ask, withQuery } from '../client/request.ts'
import { keepInAddress } from '../client/route.ts'
import { useLoaded } from '../client/useLoaded.ts'
import { Choice, TextField } from '../ui/Field.tsx'
import { Answer, Empty, Page, Panel } from '../ui/Page.tsx'
import { useOfficeWords } from '../words.ts'
import { CampaignFigures, StoreFigures } from './FigureTables.tsx'
import { Trend } from './Trend.tsx'

const FILTERS = ['from', 'until', 'storeId', 'campaignId', 'currency'] as const
type Filters = Readonly<Record<(typeof FILTERS)[number], string>>

/** Local date `days` ago, as an ISO date. */
function daysAgo(days: number): string {
  const at = new Date()
  at.setDate(at.getDate() - days)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}

/** What was issued, taken, redeemed and what it cost: by day, by campaign against its budget, by store. */
export function Reports({ query }: { query: URLSearchParams }) {
  const { t } = useOfficeWords()
  const [filters, setFilters] = useState<Filters>(() => ({
    from: query.get('from') ?? daysAgo(29),
    until: query.get('until') ?? daysAgo(0),
    storeId: query.get('storeId') ?? '',
    campaignId: query.get('campaignId') ?? '',
    currency: query.get('currency') ?? '',
  }))
  const change = (changed: Partial<Filters>) => setFilters((before) => ({ ...before, ...changed }))
  useEffect(() => keepInAddress('reports', filters), [filters])
  const key = JSON.stringify(filters)
  const days = useLoaded(key, () => ask('GET', withQuery('/v1/reports/days', filters), DayReport))
  const campaigns = useLoaded(key, () => ask('GET', withQuery('/v1/reports/campaigns', filters), CampaignReport))
  const stores = useLoaded(key, () => ask('GET', withQuery('/v1/reports/stores', filters), StoreReport))
  const download = (name: string) => (
    <a className="button button--quiet button--normal" href={withQuery(`/v1/reports/${name}.csv`, filters)} download>
      {t('office.exportCsv')}
    </a>
  )
  return (
    <Page title={t('office.reports.title')}>
      <FilterBar filters={filters} currencies={days.value?.currencies ?? []} change={change} />
      <Answer of={days}>
        {(report) => (
          <>
            <Totals total={report.total} currency={report.currency} />
            <Panel title={t('office.reports.byDay')} actions={download('days')}>
              {isNothing(report.total) ? (
                <Empty title={t('office.reports.nothing')} />
              ) : (
                <Trend days={report.days} currency={report.currency} />
              )}
            </Panel>
          </>
        )}
      </Answer>
      <Panel title={t('office.reports.byCampaign')} actions={download('campaigns')}>
        <Answer of={campaigns}>{(report) => <CampaignFigures report={report} />}</Answer>
      </Panel>
      <Panel title={t('office.reports.byStore')} actions={download('stores')}>
        <Answer of={stores}>{(report) => <StoreFigures report={report} />}</Answer>
      </Panel>
    </Page>
  )
}

function isNothing(total: Figures): boolean {
  return Object.values(total).every((value) => value === 0)
}

function FilterBar({
  filters,
  currencies,
  change,
}: {
  filters: Filters
  currencies: readonly string[]
  change: (changed: Partial<Filters>) => void
}) {
  const { t } = useOfficeWords()
  const stores = useLoaded('stores', () => ask('GET', '/v1/stores', StoreList))
  const campaigns = useCampaignChoices()
  const any = { value: '', face: t('office.any') }
  return (
    <search className="filters">
      <TextField
        label={t('office.from')}
        type="date"
        value={filters.from}
        max={filters.until}
        required
        onChange={(from) => from !== '' && change({ from })}
      />
      <TextField
        label={t('office.until')}
        type="date"
        value={filters.until}
        min={filters.from}
        required
        onChange={(until) => until !== '' && change({ until })}
      />
      <Choice
        label={t('office.store')}
        value={filters.storeId}
        choices={[any, ...(stores.value?.stores ?? []).map((one) => ({ value: one.storeId, face: one.name }))]}
        onChange={(storeId) => change({ storeId })}
      />
      <Choice
        label={t('office.campaigns.one')}
        value={filters.campaignId}
        choices={[any, ...campaigns]}
        onChange={(campaignId) => change({ campaignId })}
      />
      {currencies.length > 1 && (
        <Choice
          label={t('office.fields.currency')}
          value={filters.currency || (currencies[0] ?? '')}
          choices={currencies.map((value) => ({ value, face: value }))}
          onChange={(currency) => change({ currency })}
        />
      )}
    </search>
  )
}

function Totals({ total, currency }: { total: Figures; currency: string }) {
  const { t, count, amount } = useOfficeWords()
  const facts = [
    ['issued', count(total.issued)],
    ['acquired', count(total.acquired)],
    ['redeemed', count(total.redeemed)],
    ['expired', count(total.expired)],
    ['discount', amount(currency, total.discount)],
    ['forced', count(total.forced)],
  ] as const
  return (
    <dl className="totals">
      {facts.map(([name, text]) => (
        <div key={name}>
          <dt>{t(`office.figures.${name}`)}</dt>
          <dd className="figure">{text}</dd>
        </div>
      ))}
    </dl>
  )
}
