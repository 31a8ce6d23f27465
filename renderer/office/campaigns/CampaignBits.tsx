import type { CampaignStatus } from '../../../core/campaigns/lifecycle.ts'
import type { CampaignDecision, CampaignUse } from '../../../core/contract/campaigns.ts'
import { useOfficeWords } from '../words.ts'
import { ruleFacts } from './ruleWords.ts'

const TONES: Readonly<Record<CampaignStatus, string>> = {
  draft: 'neutral',
  submitted: 'accent',
  changes_requested: 'warn',
  rejected: 'bad',
  scheduled: 'accent',
  active: 'good',
  suspended: 'warn',
  ended: 'neutral',
}

/** A state in words, on a ground of its own. */
export function StateTag({ state }: { state: CampaignStatus }) {
  const { t } = useOfficeWords()
  return <span className={`tag tag--${TONES[state]}`}>{t(`office.states.${state}`)}</span>
}

export const currencyOf = (rules: Readonly<Record<string, unknown>>): string =>
  typeof rules.currency === 'string' ? rules.currency : 'JPY'

/** What rules say, as facts. */
export function RuleFacts({ rules }: { rules: Readonly<Record<string, unknown>> }) {
  const words = useOfficeWords()
  return (
    <dl className="facts">
      {ruleFacts(rules, currencyOf(rules), words).map(({ name, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: facts have no other order than this one
        <div key={index}>
          <dt>{name}</dt>
          <dd>
            <bdi>{text}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** What was given against what may be given, each as a bar with its numbers. */
export function Budget({ use, rules }: { use: CampaignUse; rules: Readonly<Record<string, unknown>> }) {
  const { t, amount, count } = useOfficeWords()
  const currency = currencyOf(rules)
  const limits = (rules.limits ?? {}) as Readonly<Record<string, unknown>>
  const of = (name: string) => (typeof limits[name] === 'number' ? (limits[name] as number) : null)
  return (
    <div className="budgets">
      <Bar
        name={t('office.budget.cost')}
        used={use.value + use.forcedValue}
        lent={use.lentValue}
        limit={of('campaignValue')}
        write={(value) => amount(currency, value)}
      />
      <Bar
        name={t('office.budget.uses')}
        used={use.uses + use.forcedUses}
        lent={use.lentUses}
        limit={of('campaignUses')}
        write={count}
      />
      <Bar name={t('office.budget.issued')} used={use.issued} lent={0} limit={of('circulation')} write={count} />
    </div>
  )
}

export function Bar({
  name,
  used,
  lent,
  limit,
  write,
}: {
  name: string
  used: number
  lent: number
  limit: number | null
  write: (value: number) => string
}) {
  const { t } = useOfficeWords()
  const text =
    limit === null
      ? t('office.budget.unlimited', { used: write(used) })
      : t('office.budget.of', { used: write(used), limit: write(limit) })
  return (
    <div className="budget">
      <span className="budget__name">{name}</span>
      <span className="budget__text figure">
        {text}
        {lent > 0 && ` ${t('office.budget.lent', { lent: write(lent) })}`}
      </span>
      {limit !== null && (
        <meter
          className="budget__bar"
          min={0}
          max={Math.max(limit, 1)}
          high={limit * 0.9}
          value={Math.min(used, limit)}
        >
          {text}
        </meter>
      )}
    </div>
  )
}

/** Who did what to which content, when and why; newest first. */
export function History({ decisions }: { decisions: readonly CampaignDecision[] }) {
  const { t, when } = useOfficeWords()
  return (
    <ol className="history">
      {decisions.map((one) => (
        <li key={one.position}>
          <p>
            <strong>{t(`office.actions.${one.action}`)}</strong>{' '}
            <span className="tag">{t('office.version', { version: one.version })}</span>
          </p>
          <p className="soft">
            {when(one.at)} · <bdi>{one.operatorName || one.operatorId}</bdi> ·{' '}
            <code title={one.contentHash}>{one.contentHash.slice(0, 8)}</code>
          </p>
          {one.reason && (
            <blockquote>
              <bdi>{one.reason}</bdi>
            </blockquote>
          )}
        </li>
      ))}
    </ol>
  )
}
