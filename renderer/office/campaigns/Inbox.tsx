import { CampaignListResponse } from '../../../core/contract/campaigns.ts'
import { ask, withQuery } from '../client/request.ts'
import { usePages } from '../client/usePages.ts'
import { Empty, Page } from '../ui/Page.tsx'
import { PagedAnswer } from '../ui/PagedAnswer.tsx'
import { useOfficeWords } from '../words.ts'

/** What waits for a judgement, with who wrote it and whether something is in force already. */
export function Inbox() {
  const { t, when, rulesTitle } = useOfficeWords()
  const pages = usePages('inbox', (cursor) =>
    ask(
      'GET',
      withQuery('/v1/campaigns', { waiting: true, cursor, limit: 50 }),
      CampaignListResponse.transform(({ campaigns, cursor: next }) => ({ items: campaigns, cursor: next })),
    ),
  )
  return (
    <Page title={t('office.inbox.title')}>
      <PagedAnswer
        of={pages}
        empty={
          <Empty title={t('office.inbox.none')}>
            <p>{t('office.inbox.noneWords')}</p>
          </Empty>
        }
      >
        {(campaigns) => (
          <ul className="cards">
            {campaigns.map(({ campaignId, inForce, proposal }) =>
              proposal === null ? null : (
                <li key={campaignId}>
                  <a className="card" href={`#/inbox/${campaignId}`}>
                    <bdi className="card__title">{rulesTitle(proposal.rules)}</bdi>
                    <span className="tag tag--accent">
                      {inForce ? t('office.inbox.change', { version: proposal.version }) : t('office.inbox.first')}
                    </span>
                    <span className="soft">
                      {t('office.inbox.by', { name: proposal.author.name, at: when(proposal.createdAt) })}
                    </span>
                  </a>
                </li>
              ),
            )}
          </ul>
        )}
      </PagedAnswer>
    </Page>
  )
}
