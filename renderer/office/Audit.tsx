import { useEffect, useState } from 'react'
import { type AuditEntry, AuditPage } from '../../core/contract/audit.ts'
import { ask, withQuery } from './client/request.ts'
import { keepInAddress } from './client/route.ts'
import { usePages } from './client/usePages.ts'
import { Choice, TextField } from './ui/Field.tsx'
import { Empty, Page } from './ui/Page.tsx'
import { PagedAnswer } from './ui/PagedAnswer.tsx'
import { Table } from './ui/Table.tsx'
import { type OfficeWords, useOfficeWords } from './words.ts'

const AREAS = [
  'campaign',
  'redemption',
  'acquisition',
  'acquisition-import',
  'code-list',
  'medium',
  'holder',
  'conflict',
  'lease',
  'station',
  'store',
  'operator',
  'session',
  'api-key',
  'webhook',
  'settings',
] as const
type Area = (typeof AREAS)[number] | ''

/** Everything that was changed, by whom and why, newest first; each row is chained to the one before. */
export function Audit({ query }: { query: URLSearchParams }) {
  const { t } = useOfficeWords()
  const [area, setArea] = useState<Area>(AREAS.find((one) => one === query.get('action')) ?? '')
  const [from, setFrom] = useState(query.get('from') ?? '')
  useEffect(() => keepInAddress('audit', { action: area, from }), [area, from])
  const pages = usePages(`${area} ${from}`, (cursor) =>
    ask(
      'GET',
      withQuery('/v1/audit', {
        action: area,
        from: from === '' ? undefined : new Date(`${from}T00:00`).toISOString(),
        cursor,
        limit: 50,
      }),
      AuditPage.transform(({ entries, cursor: next }) => ({ items: entries, cursor: next })),
    ),
  )
  return (
    <Page title={t('office.audit.title')}>
      <search className="filters">
        <Choice<Area>
          label={t('office.audit.area')}
          value={area}
          choices={[
            { value: '', face: t('office.any') },
            ...AREAS.map((value) => ({ value, face: areaWords(value, t) })),
          ]}
          onChange={setArea}
        />
        <TextField label={t('office.from')} type="date" value={from} onChange={setFrom} />
      </search>
      <PagedAnswer
        of={pages}
        empty={<Empty title={t(area === '' && from === '' ? 'office.audit.none' : 'office.nothingFits')} />}
      >
        {(entries) => <AuditTable entries={entries} />}
      </PagedAnswer>
    </Page>
  )
}

function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const { t, when } = useOfficeWords()
  return (
    <Table
      columns={[
        { number: t('office.audit.number') },
        t('office.when'),
        t('office.audit.who'),
        t('office.audit.what'),
        t('office.reason'),
        t('office.audit.hash'),
      ]}
    >
      {entries.map((entry) => (
        <tr key={entry.position}>
          <td className="table__number">{entry.position}</td>
          <td className="figure">{when(entry.at)}</td>
          <th scope="row">
            <bdi>{entry.actor.name ?? (entry.actor.id || t(`office.audit.kinds.${entry.actor.kind}`))}</bdi>
          </th>
          <td>
            {t(`office.audit.actions.${entry.action.replaceAll(/[.-]/g, '_')}`, { defaultValue: entry.action })}
            <br />
            <span className="soft">
              {areaWords(entry.subject.kind, t)} <code>{entry.subject.id.slice(-12)}</code>
            </span>
          </td>
          <td>
            <bdi>{entry.reason ?? ''}</bdi>
          </td>
          <td>
            <code title={entry.hash}>{entry.hash.slice(0, 8)}</code>
          </td>
        </tr>
      ))}
    </Table>
  )
}

/** What something was done to; of what this program does not know, its own name. */
const areaWords = (area: string, t: OfficeWords['t']): string =>
  t(`office.audit.areas.${area.replaceAll('-', '_')}`, { defaultValue: area })
