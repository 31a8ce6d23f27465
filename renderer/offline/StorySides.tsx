import type { ReactNode } from 'react'
import type { ConflictStory as Story } from '../../core/contract/conflicts.ts'
import { useWords } from '../words/useWords.ts'

/** What the counter said: when, who, how the customer identified themselves, and what was given. */
export function StationSide({ story }: { story: Story }) {
  const words = useWords()
  const { t } = words
  const { station, operator } = story
  const happened = story.happenedAt ?? station.correctedAt
  return (
    <section className="setupPanel story__side" aria-labelledby="station-side">
      <h3 id="station-side">{t('offline.story.stationSide')}</h3>
      <dl className="storyFacts">
        {happened !== null && <Fact name={t('offline.story.happened')}>{words.moment(Date.parse(happened))}</Fact>}
        <Fact name={t('offline.story.received')}>{words.moment(Date.parse(station.receivedAt))}</Fact>
        <Fact name={t('offline.story.where')}>
          <bdi>
            {story.storeName} · {story.stationName}
          </bdi>
        </Fact>
        {operator && (
          <Fact name={t('offline.story.cashier')}>
            <bdi>{operator.name}</bdi>
          </Fact>
        )}
        {(station.entry !== null || station.mediumType !== null) && (
          <Fact name={t('offline.story.medium')}>
            {[
              station.mediumType === null ? '' : t(`simulator.types.${station.mediumType}`),
              station.entry === null ? '' : t(`offline.story.entries.${station.entry}`),
            ]
              .filter((part) => part !== '')
              .join(' · ')}
          </Fact>
        )}
        {station.lines.length > 0 && (
          <Fact name={t('offline.story.lines')}>
            <ul>
              {station.lines.map(({ acquisitionId, title, discount }) => (
                <li key={acquisitionId} className={acquisitionId === story.acquisitionId ? 'story__this' : undefined}>
                  <bdi>{title || t('offline.conflicts.noTitle')}</bdi> {words.discount(discount)}
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </dl>
      {station.lines.length === 0 && <p>{t('offline.story.unreadable')}</p>}
    </section>
  )
}

/** What the server holds: the coupon, its campaign, and where and when else it was used. */
export function ServerSide({ story }: { story: Story }) {
  const words = useWords()
  const { t } = words
  const { coupon, campaign, uses } = story.server
  return (
    <section className="setupPanel story__side" aria-labelledby="server-side">
      <h3 id="server-side">{t('offline.story.serverSide')}</h3>
      <dl className="storyFacts">
        <Fact name={t('offline.story.coupon')}>
          {coupon === null
            ? t('offline.story.noCoupon')
            : [
                t('offline.story.usesLeft', { count: coupon.usesLeft }),
                coupon.revoked ? t('offline.story.revoked') : '',
              ]
                .filter((part) => part !== '')
                .join(' · ')}
        </Fact>
        {campaign && (
          <>
            <Fact name={t('offline.story.campaign')}>
              {t('offline.story.used', {
                uses: campaign.uses,
                value: words.money(campaign.value),
                forced: campaign.forcedUses,
                forcedValue: words.money(campaign.forcedValue),
              })}
            </Fact>
            <Limits limits={campaign.limits} />
          </>
        )}
      </dl>
      <h4>{t('offline.story.uses')}</h4>
      {uses.length === 0 && <p>{t('offline.story.noUses')}</p>}
      <ul className="story__uses">
        {uses.map((use) => (
          <li key={`${use.redemptionId}-${use.acquisitionId}`}>
            <strong>{words.moment(Date.parse(use.at))}</strong> · <bdi>{use.stationName || use.stationId}</bdi> ·{' '}
            {t(`offline.story.${use.origin}`)} · {words.discount(use.discount)} ·{' '}
            {t(`offline.story.states.${use.state}`)}
            {use.sameCoupon && (
              <>
                {' '}
                <span className="badge badge--bad">{t('offline.story.sameCoupon')}</span>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const LIMITS = ['campaignUses', 'campaignValue', 'holderUses', 'holderPeriodUses', 'acquisitionUses'] as const

function Limits({ limits }: { limits: NonNullable<Story['server']['campaign']>['limits'] }) {
  const words = useWords()
  const { t } = words
  const known = LIMITS.filter((name) => typeof limits[name] === 'number')
  if (known.length === 0) return null
  return (
    <Fact name={t('offline.story.limit')}>
      {known
        .map((name) => {
          const value = Number(limits[name])
          return t(`offline.story.limits.${name}`, { value, money: words.money(value) })
        })
        .join(' · ')}
    </Fact>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="storyFact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
