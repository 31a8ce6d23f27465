import { useState } from 'react'
import { type Conflict, ConflictPage } from '../../../core/contract/conflicts.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { ask, withQuery } from '../client/request.ts'
import { usePages } from '../client/usePages.ts'
import { Empty, Page } from '../ui/Page.tsx'
import { PagedAnswer } from '../ui/PagedAnswer.tsx'
import { Table } from '../ui/Table.tsx'
import { useOfficeWords } from '../words.ts'

/** What happened offline and would have been refused online, or could not be settled. */
export function Conflicts() {
  const { t } = useOfficeWords()
  const [state, setState] = useState<'open' | 'resolved'>('open')
  const pages = usePages(state, (cursor) =>
    ask(
      'GET',
      withQuery('/v1/conflicts', { state, cursor, limit: 50 }),
      ConflictPage.transform(({ conflicts, cursor: next }) => ({ items: conflicts, cursor: next })),
    ),
  )
  return (
    <Page title={t('office.conflicts.title')}>
      <p className="page__words">{t('offline.conflicts.words')}</p>
      <Segmented
        label={t('office.state')}
        labelHidden
        value={state}
        choices={[
          { value: 'open', face: t('offline.conflicts.filterOpen') },
          { value: 'resolved', face: t('offline.conflicts.filterResolved') },
        ]}
        onChange={setState}
      />
      <PagedAnswer
        of={pages}
        empty={<Empty title={t(state === 'open' ? 'offline.conflicts.none' : 'offline.conflicts.noneResolved')} />}
      >
        {(conflicts) => <ConflictTable conflicts={conflicts} />}
      </PagedAnswer>
    </Page>
  )
}

function ConflictTable({ conflicts }: { conflicts: readonly Conflict[] }) {
  const words = useOfficeWords()
  const { t, when } = words
  return (
    <Table
      columns={[
        t('office.fields.title'),
        t('office.conflicts.why'),
        t('office.state'),
        t('office.store'),
        t('office.when'),
        { number: t('office.discount') },
      ]}
    >
      {conflicts.map((one) => (
        <tr key={one.conflictId}>
          <th scope="row">
            <a href={`#/conflicts/${one.conflictId}`}>
              <bdi>{words.title(one) || t('offline.conflicts.noTitle')}</bdi>
            </a>
          </th>
          <td>{words.reason({ ...one, params: {} }, one.currency).text}</td>
          <td>
            <span className={`tag tag--${one.resolution ? 'good' : 'bad'}`}>
              {one.resolution
                ? t(`offline.story.actions.${one.resolution.outcome}`)
                : t(`offline.conflicts.kinds.${one.kind}`)}
            </span>
          </td>
          <td>
            <bdi>
              {one.storeName} · {one.stationName}
            </bdi>
          </td>
          <td className="figure">{when(one.happenedAt ?? one.openedAt)}</td>
          <td className="table__number">{one.discount === null ? '–' : words.off(one.currency, one.discount)}</td>
        </tr>
      ))}
    </Table>
  )
}
