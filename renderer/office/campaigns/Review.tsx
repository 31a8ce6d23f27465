import { useState } from 'react'
import type { CampaignAction } from '../../../core/campaigns/campaign.ts'
import { CampaignRules } from '../../../core/campaigns/rules.ts'
import { CampaignDifference, CampaignResponse, type CampaignVersion } from '../../../core/contract/campaigns.ts'
import { Button } from '../../ui/Button.tsx'
import { ask } from '../client/request.ts'
import { go } from '../client/route.ts'
import { useMe } from '../client/session.tsx'
import { useLoaded } from '../client/useLoaded.ts'
import { Answer, Empty, Page, Panel } from '../ui/Page.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { useOfficeWords } from '../words.ts'
import { currencyOf, History, RuleFacts } from './CampaignBits.tsx'
import { Differences } from './Differences.tsx'
import { Preview } from './Preview.tsx'

type Judgement = Extract<CampaignAction, 'approve' | 'request-changes' | 'reject'>
const JUDGEMENTS: readonly Judgement[] = ['approve', 'request-changes', 'reject']

/** A submitted version beside what is in force: what would change, what it would give, and the approver's word. */
export function Review({ campaignId }: { campaignId: string }) {
  const { t } = useOfficeWords()
  const campaign = useLoaded(campaignId, () => ask('GET', `/v1/campaigns/${campaignId}`, CampaignResponse))
  const back = { href: '#/inbox', text: t('office.inbox.title') }
  const proposal = campaign.value?.proposal
  if (!campaign.value || proposal?.state !== 'submitted') {
    return (
      <Page title={t('office.campaigns.review')} back={back}>
        <Answer of={campaign}>{() => <Empty title={t('office.review.nothing')} />}</Answer>
      </Page>
    )
  }
  return <Submitted campaign={campaign.value} proposal={proposal} back={back} />
}

function Submitted({
  campaign,
  proposal,
  back,
}: {
  campaign: CampaignResponse
  proposal: CampaignVersion
  back: { href: string; text: string }
}) {
  const words = useOfficeWords()
  const { t } = words
  const { operator } = useMe()
  const [acting, setActing] = useState<Judgement | null>(null)
  const { campaignId } = campaign
  const { version, rules, author } = proposal
  const difference = useLoaded(`${campaignId} ${version}`, () =>
    ask('GET', `/v1/campaigns/${campaignId}/versions/${version}/difference`, CampaignDifference),
  )
  const judges = operator.role === 'approver' || operator.role === 'admin'
  const hadAHand = campaign.decisions.some(
    (one) =>
      one.operatorId === operator.operatorId &&
      (one.action === 'draft' || one.action === 'submit') &&
      (campaign.inForce === null || one.version > campaign.version),
  )
  const parsed = CampaignRules.safeParse(rules)
  // What was compared is what is judged, even if somebody writes something else meanwhile.
  const seen = difference.value?.to.contentHash
  return (
    <Page title={words.rulesTitle(rules)} back={back}>
      <p className="page__state">
        <span className="tag tag--accent">{t('office.version', { version })}</span>
        <span className="soft">{t('office.review.by', { name: author.name })}</span>
      </p>
      <Panel title={t(campaign.inForce ? 'office.review.changes' : 'office.review.allNew')}>
        <Answer of={difference}>
          {({ from, changes }) =>
            from === null ? (
              <RuleFacts rules={rules} />
            ) : (
              <Differences changes={changes} currency={currencyOf(rules)} from={from.version} to={version} />
            )
          }
        </Answer>
      </Panel>
      {parsed.success && (
        <Panel title={t('office.preview.title')}>
          <Preview rules={parsed.data} />
        </Panel>
      )}
      <Panel title={t('office.campaigns.history')}>
        <History decisions={campaign.decisions.toReversed()} />
      </Panel>
      {judges && (
        <div className="judgement">
          {hadAHand && <p className="notice notice--warn">{t('office.problems.fourEyes')}</p>}
          <div className="judgement__buttons">
            {JUDGEMENTS.map((judgement) => (
              <Button
                key={judgement}
                look={judgement === 'approve' ? 'primary' : judgement === 'reject' ? 'danger' : 'secondary'}
                unavailable={seen === undefined || hadAHand}
                onClick={() => setActing(judgement)}
              >
                {t(`office.act.${judgement}`)}
              </Button>
            ))}
          </div>
        </div>
      )}
      {acting && seen !== undefined && (
        <ReasonDialog
          title={t(`office.act.${acting}`)}
          words={t(`office.actWords.${acting}`)}
          submit={t(`office.act.${acting}`)}
          danger={acting === 'reject'}
          reason={acting === 'approve' ? 'optional' : 'required'}
          act={(reason) =>
            ask('POST', `/v1/campaigns/${campaignId}/${acting}`, CampaignResponse, {
              contentHash: seen,
              ...(reason === '' ? {} : { reason }),
            })
          }
          onDone={() => go(`campaigns/${campaignId}`)}
          onClose={() => setActing(null)}
        >
          <p className="soft">
            {t('office.review.seen')} <code>{seen.slice(0, 8)}</code>
          </p>
        </ReasonDialog>
      )}
    </Page>
  )
}
