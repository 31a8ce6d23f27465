import { type ReactNode, useState } from 'react'
import type { CampaignAction } from '../../../core/campaigns/campaign.ts'
import { CampaignDecisionPage, CampaignResponse } from '../../../core/contract/campaigns.ts'
import { Button } from '../../ui/Button.tsx'
import { ask, withQuery } from '../client/request.ts'
import { useMay } from '../client/session.tsx'
import { useLoaded } from '../client/useLoaded.ts'
import { usePages } from '../client/usePages.ts'
import { Answer, Page, Panel } from '../ui/Page.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { type OfficeWords, useOfficeWords } from '../words.ts'
import { Budget, History, RuleFacts, StateTag } from './CampaignBits.tsx'

/** One campaign: what is in force, what is proposed, what it has given, and who decided what. */
export function CampaignPage({ campaignId }: { campaignId: string }) {
  const words = useOfficeWords()
  const { t } = words
  const path = `/v1/campaigns/${campaignId}`
  const campaign = useLoaded(campaignId, () => ask('GET', path, CampaignResponse))
  const back = { href: '#/campaigns', text: t('office.campaigns.title') }
  return campaign.value === null ? (
    <Page title={t('office.campaigns.one')} back={back}>
      <Answer of={campaign}>{() => null}</Answer>
    </Page>
  ) : (
    <Known campaign={campaign.value} back={back} onChanged={campaign.put} />
  )
}

type RunAction = Extract<CampaignAction, 'suspend' | 'resume' | 'end' | 'submit'>

function Known({
  campaign,
  back,
  onChanged,
}: {
  campaign: CampaignResponse
  back: { href: string; text: string }
  onChanged: (campaign: CampaignResponse) => void
}) {
  const words = useOfficeWords()
  const { t } = words
  const [acting, setActing] = useState<RunAction | null>(null)
  const { campaignId, inForce, proposal, rules, status, version } = campaign
  const latest = `${campaign.decisions.at(-1)?.position ?? 0}`
  return (
    <Page title={words.rulesTitle(rules)} back={back} actions={<Actions campaign={campaign} onAct={setActing} />}>
      <p className="page__state">
        <StateTag state={status} />
        {inForce && <span className="soft">{t('office.version', { version })}</span>}
        {proposal && inForce && proposal.state !== 'approved' && (
          <span>
            {t('office.campaigns.alsoProposed', { version: proposal.version })} <StateTag state={proposal.state} />
          </span>
        )}
      </p>
      <div className="columns">
        <Panel title={t(inForce ? 'office.campaigns.rulesInForce' : 'office.campaigns.rules')}>
          <RuleFacts rules={rules} />
        </Panel>
        <div className="stack">
          <Panel title={t('office.campaigns.given')}>
            <Budget use={campaign.use} rules={rules} />
          </Panel>
          {proposal && inForce && (
            <Panel title={t('office.campaigns.proposed', { version: proposal.version })}>
              <RuleFacts rules={proposal.rules} />
            </Panel>
          )}
          <Panel title={t('office.campaigns.history')}>
            <Decisions campaignId={campaignId} version={latest} />
          </Panel>
        </div>
      </div>
      {acting && <ActDialog campaign={campaign} action={acting} onDone={onChanged} onClose={() => setActing(null)} />}
    </Page>
  )
}

function Decisions({ campaignId, version }: { campaignId: string; version: string }) {
  const { t } = useOfficeWords()
  const pages = usePages(`${campaignId} ${version}`, (cursor) =>
    ask(
      'GET',
      withQuery(`/v1/campaigns/${campaignId}/decisions`, { cursor, limit: 20 }),
      CampaignDecisionPage.transform(({ decisions, cursor: next }) => ({ items: decisions, cursor: next })),
    ),
  )
  return (
    <Answer of={pages}>
      {(decisions) => (
        <>
          <History decisions={decisions} />
          {pages.more && <Button onClick={pages.loadMore}>{t('office.more')}</Button>}
        </>
      )}
    </Answer>
  )
}

function Actions({ campaign, onAct }: { campaign: CampaignResponse; onAct: (action: RunAction) => void }): ReactNode {
  const { t } = useOfficeWords()
  const may = useMay()
  const { campaignId, inForce, proposal } = campaign
  const approves = may('campaigns.judge')
  const drafts = may('campaigns.draft') && inForce !== 'ended' && proposal?.state !== 'submitted'
  const submits = may('campaigns.draft') && (proposal?.state === 'draft' || proposal?.state === 'changes_requested')
  return (
    <>
      {may('codes.read') && takesCodes(campaign) && (
        <a className="button button--secondary button--normal" href={`#/campaigns/${campaignId}/codes`}>
          {t('office.codes.title')}
        </a>
      )}
      {drafts && (
        <a className="button button--secondary button--normal" href={`#/campaigns/${campaignId}/edit`}>
          {t(proposal?.state === 'draft' ? 'office.campaigns.edit' : 'office.campaigns.change')}
        </a>
      )}
      {submits && (
        <Button look="primary" onClick={() => onAct('submit')}>
          {t('office.act.submit')}
        </Button>
      )}
      {approves && proposal?.state === 'submitted' && (
        <a className="button button--primary button--normal" href={`#/inbox/${campaignId}`}>
          {t('office.campaigns.review')}
        </a>
      )}
      {approves && inForce === 'approved' && (
        <Button onClick={() => onAct('suspend')}>{t('office.act.suspend')}</Button>
      )}
      {approves && inForce === 'suspended' && <Button onClick={() => onAct('resume')}>{t('office.act.resume')}</Button>}
      {approves && (inForce === 'approved' || inForce === 'suspended') && (
        <Button look="danger" onClick={() => onAct('end')}>
          {t('office.act.end')}
        </Button>
      )}
    </>
  )
}

/** Whether customers come by it with a code, by what is in force or what is proposed. */
function takesCodes({ rules, proposal }: CampaignResponse): boolean {
  return [rules, proposal?.rules].some(
    (one) => (one as { acquire?: { by?: string } } | undefined)?.acquire?.by === 'code',
  )
}

function ActDialog({
  campaign,
  action,
  onDone,
  onClose,
}: {
  campaign: CampaignResponse
  action: RunAction
  onDone: (campaign: CampaignResponse) => void
  onClose: () => void
}) {
  const { t }: OfficeWords = useOfficeWords()
  const about = action === 'submit' ? campaign.proposal : campaign
  return (
    <ReasonDialog
      title={t(`office.act.${action}`)}
      words={t(`office.actWords.${action}`)}
      submit={t(`office.act.${action}`)}
      danger={action === 'end'}
      reason="optional"
      act={(reason) =>
        ask('POST', `/v1/campaigns/${campaign.campaignId}/${action}`, CampaignResponse, {
          ...(reason === '' ? {} : { reason }),
          // What was on the screen: another content by now is not what was meant.
          ...(about ? { contentHash: about.contentHash } : {}),
        })
      }
      onDone={onDone}
      onClose={onClose}
    />
  )
}
