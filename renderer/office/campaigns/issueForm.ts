import type { CampaignRules, IssueRule } from '../../../core/campaigns/rules.ts'
import { typedAmount } from './ruleWords.ts'

/** On which occasions a coupon comes to a customer by itself, as it stands in the form's fields. */
export interface IssueForm {
  readonly occasions: readonly IssueRule['on'][]
  /** The campaign whose redemption counts; empty: any. `several`: those that were named before. */
  readonly issueAfter: string
  readonly issueMinSpend: string
}

export const SEVERAL = 'several'

type Of<On extends IssueRule['on']> = Extract<IssueRule, { on: On }>
const ruleOf = <On extends IssueRule['on']>(issue: readonly IssueRule[], on: On): Of<On> | undefined =>
  issue.find((rule): rule is Of<On> => rule.on === on)

/** The fields of rules that are there. */
export function issueFormOf({ issue, currency }: Pick<CampaignRules, 'issue' | 'currency'>): IssueForm {
  const after = ruleOf(issue, 'redemption')
  const [first = '', ...more] = after?.campaignIds ?? []
  return {
    occasions: issue.map(({ on }) => on).filter((on, index, all) => all.indexOf(on) === index),
    issueAfter: more.length > 0 ? SEVERAL : first,
    issueMinSpend: typedAmount(currency, after?.minSpend),
  }
}

/** What the fields mean; a second rule of the same kind, which has no fields, stays as it is. */
export function rawIssue(
  form: IssueForm,
  before: readonly IssueRule[],
  money: (typed: string) => number | string | undefined,
): readonly object[] {
  const named = form.issueAfter === SEVERAL ? (ruleOf(before, 'redemption')?.campaignIds ?? []) : [form.issueAfter]
  const others = before.filter((rule, index) => before.findIndex(({ on }) => on === rule.on) < index)
  return [
    ...(form.occasions.includes('first_visit') ? [{ on: 'first_visit' }] : []),
    ...(form.occasions.includes('redemption')
      ? [{ on: 'redemption', campaignIds: named.filter((id) => id !== ''), minSpend: money(form.issueMinSpend) }]
      : []),
    ...others.filter(({ on }) => form.occasions.includes(on)),
  ]
}
