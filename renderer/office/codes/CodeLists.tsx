import { useState } from 'react'
import { CampaignResponse } from '../../../core/contract/campaigns.ts'
import { type CodeList, CodeListPage } from '../../../core/contract/codeLists.ts'
import { Button } from '../../ui/Button.tsx'
import { ask } from '../client/request.ts'
import { useMay } from '../client/session.tsx'
import { useLoaded } from '../client/useLoaded.ts'
import { Answer, Empty, Page } from '../ui/Page.tsx'
import { Table } from '../ui/Table.tsx'
import { useOfficeWords } from '../words.ts'
import { ImportCodes } from './ImportCodes.tsx'
import { MakeCodes } from './MakeCodes.tsx'
import { NewCodeList } from './NewCodeList.tsx'

type Filling = { readonly how: 'make' | 'import'; readonly list: CodeList }

/** The unique codes of a campaign: lists of them, made here or elsewhere, and how many have been redeemed. */
export function CodeLists({ campaignId }: { campaignId: string }) {
  const { t, rulesTitle } = useOfficeWords()
  const may = useMay()
  const campaign = useLoaded(campaignId, () => ask('GET', `/v1/campaigns/${campaignId}`, CampaignResponse))
  const lists = useLoaded(campaignId, () => ask('GET', `/v1/campaigns/${campaignId}/code-lists`, CodeListPage))
  const [adding, setAdding] = useState(false)
  const [filling, setFilling] = useState<Filling | null>(null)
  const administers = may('codes.administer')
  const title = campaign.value ? rulesTitle(campaign.value.rules) : t('office.campaigns.one')
  const close = () => {
    setAdding(false)
    setFilling(null)
    lists.reload()
  }
  return (
    <Page
      title={t('office.codes.title')}
      back={{ href: `#/campaigns/${campaignId}`, text: title }}
      actions={
        administers && (
          <Button look="primary" onClick={() => setAdding(true)}>
            {t('office.codes.add')}
          </Button>
        )
      }
    >
      <p className="page__words">{t('office.codes.words')}</p>
      {campaign.value && takenWithoutCode(campaign.value) && (
        <div className="notice notice--warn">
          <p>{t('office.codes.notNeeded')}</p>
        </div>
      )}
      <Answer of={lists}>
        {({ lists: all }) =>
          all.length === 0 ? (
            <Empty title={t('office.codes.none')}>
              <p>{t('office.codes.noneWords')}</p>
            </Empty>
          ) : (
            <ListTable lists={all} onFill={administers ? setFilling : null} />
          )
        }
      </Answer>
      {adding && (
        <NewCodeList
          campaignId={campaignId}
          onMade={(list) => {
            close()
            setFilling({ how: 'make', list })
          }}
          onClose={close}
        />
      )}
      {filling?.how === 'make' && <MakeCodes list={filling.list} onClose={close} />}
      {filling?.how === 'import' && <ImportCodes list={filling.list} onClose={close} />}
    </Page>
  )
}

/** Whether customers get its coupons without one of the codes too. */
function takenWithoutCode({ rules }: CampaignResponse): boolean {
  const { acquire } = rules as { acquire?: { by?: string } }
  return acquire?.by !== undefined && acquire.by !== 'code'
}

function ListTable({ lists, onFill }: { lists: readonly CodeList[]; onFill: ((filling: Filling) => void) | null }) {
  const { t, when, count } = useOfficeWords()
  return (
    <Table
      columns={[
        t('office.codes.name'),
        { number: t('office.codes.codes') },
        { number: t('office.codes.redeemed') },
        { number: t('office.codes.usesPerCode') },
        t('office.codes.until'),
        t('office.codes.made'),
        ...(onFill ? [{ heard: t('office.do') }] : []),
      ]}
    >
      {lists.map((list) => (
        <tr key={list.listId}>
          <th scope="row">
            <bdi>{list.name}</bdi>
          </th>
          <td className="table__number">{count(list.codes)}</td>
          <td className="table__number">{count(list.redeemed)}</td>
          <td className="table__number">{count(list.usesPerCode)}</td>
          <td className="figure">{list.until === null ? t('office.codes.asCampaign') : when(list.until)}</td>
          <td>
            <span className="figure">{when(list.madeAt)}</span>
            {list.madeByName !== null && (
              <p className="soft">
                <bdi>{list.madeByName}</bdi>
              </p>
            )}
          </td>
          {onFill && (
            <td className="table__do">
              <Button
                look="quiet"
                aria-label={t('office.codes.makeFor', { name: list.name })}
                onClick={() => onFill({ how: 'make', list })}
              >
                {t('office.codes.make')}
              </Button>
              <Button
                look="quiet"
                aria-label={t('office.codes.importFor', { name: list.name })}
                onClick={() => onFill({ how: 'import', list })}
              >
                {t('office.codes.import')}
              </Button>
            </td>
          )}
        </tr>
      ))}
    </Table>
  )
}
