import { useEffect, useState } from 'react'
import { CAMPAIGN_STATUSES, type CampaignStatus } from '../../../core/campaigns/lifecycle.ts'
import { CampaignRules } from '../../../core/campaigns/rules.ts'
import { CampaignListResponse, type CampaignSummary } from '../../../core/contract/campaigns.ts'
import { ask, withQuery } from '../client/request.ts'
import { keepInAddress } from '../client/route.ts'
import { useMay } from '../client/session.tsx'
import { usePages } from '../client/usePages.ts'
import { Choice, TextField } from '../ui/Field.tsx'
import { Empty, Page } from '../ui/Page.tsx'
import { PagedAnswer } from '../ui/PagedAnswer.tsx'
import { Table } from '../ui/Table.tsx'
import { useOfficeWords } from '../words.ts'
import { StateTag } from './CampaignBits.tsx'

type Filter = CampaignStatus | ''

/** Every campaign, by its state and title. */
export function CampaignList({ query }: { query: URLSearchParams }) {
  const { t } = useOfficeWords()
  const may = useMay()
  const [status, setStatus] = useState<Filter>(CAMPAIGN_STATUSES.find((one) => one === query.get('status')) ?? '')
  const [text, setText] = useState(query.get('text') ?? '')
  const [sought, setSought] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSought(text), 250)
    return () => clearTimeout(timer)
  }, [text])
  useEffect(() => keepInAddress('campaigns', { status, text: sought }), [status, sought])
  const pages = usePages(`${status} ${sought}`, (cursor) =>
    ask(
      'GET',
      withQuery('/v1/campaigns', { status, text: sought, cursor, limit: 50 }),
      CampaignListResponse.transform(({ campaigns, cursor: next }) => ({ items: campaigns, cursor: next })),
    ),
  )
  const filtered = status !== '' || sought !== ''
  return (
    <Page
      title={t('office.campaigns.title')}
      actions={
        may('campaigns.draft') && (
          <a className="button button--primary button--normal" href="#/campaigns/new">
            {t('office.campaigns.new')}
          </a>
        )
      }
    >
      <search className="filters">
        <TextField
          label={t('office.campaigns.search')}
          type="search"
          value={text}
          maxLength={200}
          autoComplete="off"
          onChange={setText}
        />
        <Choice<Filter>
          label={t('office.state')}
          value={status}
          choices={[
            { value: '', face: t('office.any') },
            ...CAMPAIGN_STATUSES.map((value) => ({ value, face: t(`office.states.${value}`) })),
          ]}
          onChange={setStatus}
        />
      </search>
      <PagedAnswer
        of={pages}
        empty={
          <Empty title={t(filtered ? 'office.nothingFits' : 'office.campaigns.none')}>
            {!filtered && <p>{t('office.campaigns.noneWords')}</p>}
          </Empty>
        }
      >
        {(campaigns) => <Campaigns campaigns={campaigns} />}
      </PagedAnswer>
    </Page>
  )
}

function Campaigns({ campaigns }: { campaigns: readonly CampaignSummary[] }) {
  const words = useOfficeWords()
  const { t, when } = words
  return (
    <Table
      columns={[
        t('office.fields.title'),
        t('office.state'),
        t('office.campaigns.proposal'),
        t('office.fields.validFrom'),
        t('office.fields.validUntil'),
      ]}
    >
      {campaigns.map((campaign) => {
        const known = CampaignRules.safeParse(campaign.rules)
        const titled = known.success ? known.data : { title: campaign.rules.title, titles: {} }
        return (
          <tr key={campaign.campaignId}>
            <th scope="row">
              <a href={`#/campaigns/${campaign.campaignId}`}>
                <bdi>{words.title(titled)}</bdi>
              </a>
            </th>
            <td>
              <StateTag state={campaign.status} />
            </td>
            <td>
              {campaign.inForce && campaign.proposal && campaign.proposal.state !== 'approved' && (
                <>
                  {t('office.version', { version: campaign.proposal.version })}{' '}
                  <StateTag state={campaign.proposal.state} />
                </>
              )}
            </td>
            <td className="figure">{known.success && when(known.data.validFrom)}</td>
            <td className="figure">{known.success && when(known.data.validUntil)}</td>
          </tr>
        )
      })}
    </Table>
  )
}
