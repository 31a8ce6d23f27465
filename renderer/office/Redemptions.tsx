import { useEffect, useState } from 'react'
import {
  REDEMPTION_OUTCOMES,
  type RedemptionEntry,
  type RedemptionOutcome,
  RedemptionPage,
} from '../../core/contract/redemptionList.ts'
import { StationList, StoreList } from '../../core/contract/stationList.ts'
import { useCampaignChoices } from './campaigns/useCampaignChoices.ts'
import { ask, withQuery } from './client/request.ts'
import { keepInAddress } from './client/route.ts'
import { useLoaded } from './client/useLoaded.ts'
import { usePages } from './client/usePages.ts'
import { Choice, TextField } from './ui/Field.tsx'
import { Empty, Page } from './ui/Page.tsx'
import { PagedAnswer } from './ui/PagedAnswer.tsx'
import { Table } from './ui/Table.tsx'
import { useOfficeWords } from './words.ts'

const FILTERS = ['from', 'until', 'storeId', 'stationId', 'campaignId', 'outcome'] as const
type Filters = Readonly<Record<(typeof FILTERS)[number], string>>

/** Every redemption, by day, store, station, campaign and what became of it; never who the customer was. */
export function Redemptions({ query }: { query: URLSearchParams }) {
  const { t } = useOfficeWords()
  const [filters, setFilters] = useState<Filters>(
    () => Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? ''])) as Filters,
  )
  const change = (changed: Partial<Filters>) => setFilters((before) => ({ ...before, ...changed }))
  useEffect(() => keepInAddress('redemptions', filters), [filters])
  const pages = usePages(JSON.stringify(filters), (cursor) =>
    ask(
      'GET',
      withQuery('/v1/redemptions', { ...filters, cursor, limit: 50 }),
      RedemptionPage.transform(({ redemptions, cursor: next }) => ({ items: redemptions, cursor: next })),
    ),
  )
  return (
    <Page
      title={t('office.redemptions.title')}
      actions={
        <a
          className="button button--secondary button--normal"
          href={withQuery('/v1/redemptions.csv', filters)}
          download
        >
          {t('office.exportCsv')}
        </a>
      }
    >
      <FilterBar filters={filters} change={change} />
      <PagedAnswer
        of={pages}
        empty={
          <Empty title={t(Object.values(filters).some(Boolean) ? 'office.nothingFits' : 'office.redemptions.none')} />
        }
      >
        {(redemptions) => <RedemptionTable redemptions={redemptions} />}
      </PagedAnswer>
    </Page>
  )
}

function FilterBar({ filters, change }: { filters: Filters; change: (changed: Partial<Filters>) => void }) {
  const { t } = useOfficeWords()
  const stores = useLoaded('stores', () => ask('GET', '/v1/stores', StoreList))
  const stations = useLoaded('stations', () => ask('GET', '/v1/stations', StationList))
  const campaigns = useCampaignChoices()
  const any = { value: '', face: t('office.any') }
  return (
    <search className="filters">
      <TextField label={t('office.from')} type="date" value={filters.from} onChange={(from) => change({ from })} />
      <TextField label={t('office.until')} type="date" value={filters.until} onChange={(until) => change({ until })} />
      <Choice
        label={t('office.store')}
        value={filters.storeId}
        choices={[any, ...(stores.value?.stores ?? []).map((one) => ({ value: one.storeId, face: one.name }))]}
        onChange={(storeId) => change({ storeId, stationId: '' })}
      />
      <Choice
        label={t('office.station')}
        value={filters.stationId}
        choices={[
          any,
          ...(stations.value?.stations ?? [])
            .filter((one) => filters.storeId === '' || one.storeId === filters.storeId)
            .map((one) => ({ value: one.stationId, face: `${one.storeName} · ${one.name}` })),
        ]}
        onChange={(stationId) => change({ stationId })}
      />
      <Choice
        label={t('office.campaigns.one')}
        value={filters.campaignId}
        choices={[any, ...campaigns]}
        onChange={(campaignId) => change({ campaignId })}
      />
      <Choice<RedemptionOutcome | ''>
        label={t('office.state')}
        value={REDEMPTION_OUTCOMES.find((one) => one === filters.outcome) ?? ''}
        choices={[
          { value: '', face: t('office.any') },
          ...REDEMPTION_OUTCOMES.map((value) => ({ value, face: t(`office.outcomes.${value}`) })),
        ]}
        onChange={(outcome) => change({ outcome })}
      />
    </search>
  )
}

const TONES = { approved: 'good', forced: 'warn', rolled_back: 'neutral', refused: 'bad' } as const

function RedemptionTable({ redemptions }: { redemptions: readonly RedemptionEntry[] }) {
  const words = useOfficeWords()
  const { t, when } = words
  return (
    <Table
      columns={[
        t('office.when'),
        t('office.store'),
        t('office.redemptions.coupons'),
        t('office.state'),
        t('office.redemptions.how'),
        t('office.redemptions.cashier'),
        { number: t('office.discount') },
      ]}
    >
      {redemptions.map((one) => (
        <tr key={one.redemptionId}>
          <th scope="row" className="figure">
            {when(one.at)}
          </th>
          <td className="table__place">
            <bdi>{one.storeName}</bdi>
            <br />
            <bdi className="soft">{one.stationName}</bdi>
          </td>
          <td>
            {one.lines.length === 0 && one.reason !== null && one.reasonGroup !== null
              ? words.reason({ reason: one.reason, reasonGroup: one.reasonGroup, params: {} }, one.currency).text
              : one.lines.map((line, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id here
                  <p key={index}>
                    <bdi>{words.title(line) || t('offline.conflicts.noTitle')}</bdi>{' '}
                    <span className="soft figure">{words.off(one.currency, line.discount)}</span>
                  </p>
                ))}
          </td>
          <td>
            <span className={`tag tag--${TONES[one.outcome]}`}>{t(`office.outcomes.${one.outcome}`)}</span>
          </td>
          <td>
            {[t(`office.values.${one.origin}`), one.entry === null ? '' : t(`office.values.${one.entry}`)]
              .filter((part) => part !== '')
              .join(' · ')}
          </td>
          <td>
            <bdi>{one.operatorName ?? '–'}</bdi>
          </td>
          <td className="table__number">{words.amount(one.currency, one.totalDiscount)}</td>
        </tr>
      ))}
    </Table>
  )
}
