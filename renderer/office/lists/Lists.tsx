import { ImportPage, type ImportProgress } from '../../../core/contract/acquisitionImports.ts'
import { useCampaignChoices } from '../campaigns/useCampaignChoices.ts'
import { ask } from '../client/request.ts'
import { useMay } from '../client/session.tsx'
import { useLoaded } from '../client/useLoaded.ts'
import { Answer, Empty, Page } from '../ui/Page.tsx'
import { Table } from '../ui/Table.tsx'
import { useOfficeWords } from '../words.ts'
import { ListState } from './ListState.tsx'

/** Files by which many customers got, or would get, a coupon at once. */
export function Lists() {
  const { t } = useOfficeWords()
  const may = useMay()
  const lists = useLoaded('lists', () => ask('GET', '/v1/acquisition-imports', ImportPage))
  return (
    <Page
      title={t('office.lists.title')}
      actions={
        may('imports.administer') && (
          <a className="button button--primary button--normal" href="#/lists/new">
            {t('office.lists.new')}
          </a>
        )
      }
    >
      <p className="page__words">{t('office.lists.words')}</p>
      <Answer of={lists}>
        {({ imports }) =>
          imports.length === 0 ? (
            <Empty title={t('office.lists.none')}>
              <p>{t('office.lists.noneWords')}</p>
            </Empty>
          ) : (
            <ListTable lists={imports} />
          )
        }
      </Answer>
    </Page>
  )
}

function ListTable({ lists }: { lists: readonly ImportProgress[] }) {
  const { t, when, count } = useOfficeWords()
  const campaigns = useCampaignChoices()
  const titleOf = (campaignId: string | null): string =>
    campaignId === null
      ? t('office.lists.campaignsInFile')
      : (campaigns.find(({ value }) => value === campaignId)?.face ?? t('office.campaigns.one'))
  return (
    <Table
      columns={[
        t('office.lists.started'),
        t('office.campaigns.one'),
        t('office.lists.by'),
        t('office.state'),
        { number: t('office.lists.rows') },
        { number: t('office.lists.given') },
        { number: t('office.lists.bad') },
      ]}
    >
      {lists.map((list) => (
        <tr key={list.importId}>
          <th scope="row" className="figure">
            <a href={`#/lists/${list.importId}`}>{when(list.startedAt)}</a>
          </th>
          <td>
            <bdi>{titleOf(list.campaignId)}</bdi>
          </td>
          <td>
            <bdi>{list.startedByName ?? '–'}</bdi>
          </td>
          <td>
            <ListState list={list} />
          </td>
          <td className="table__number">{count(list.nextRow - 1)}</td>
          <td className="table__number">{count(list.acquired)}</td>
          <td className="table__number">{count(list.bad)}</td>
        </tr>
      ))}
    </Table>
  )
}
