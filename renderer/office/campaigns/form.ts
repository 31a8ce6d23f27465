import { CampaignRules, type IssueRule, type ItemFilter } from '../../../core/campaigns/rules.ts'
import type { Entry, MediumType } from '../../../core/media/medium.ts'
import { type IssueForm, issueFormOf, rawIssue } from './issueForm.ts'
import { amountOf, typedAmount } from './ruleWords.ts'

/** The rules as they stand in the form's fields: text as it is typed. What the form has no field for stays in `base`. */
export interface CampaignForm extends IssueForm {
  readonly base: Readonly<Record<string, unknown>>
  readonly title: string
  readonly titleEn: string
  readonly titleJa: string
  readonly description: string
  readonly currency: string
  readonly benefit: BenefitKind
  readonly amount: string
  readonly percent: string
  readonly cap: string
  readonly price: string
  readonly pieces: string
  readonly buy: string
  readonly get: string
  readonly items: string
  readonly minSpend: string
  readonly needed: string
  readonly neededPieces: string
  readonly excluded: string
  readonly storeIds: readonly string[]
  readonly weekdays: readonly number[]
  readonly hoursFrom: string
  readonly hoursUntil: string
  readonly mediumTypes: readonly MediumType[]
  readonly entries: readonly Entry[]
  readonly campaignUses: string
  readonly campaignValue: string
  readonly circulation: string
  readonly holderUses: string
  readonly period: 'none' | 'day' | 'week' | 'month'
  readonly periodUses: string
  readonly acquisitionUses: string
  readonly holderAcquisitions: string
  readonly stacking: 'stackable' | 'exclusive'
  readonly group: string
  readonly priority: string
  readonly validFrom: string
  readonly validUntil: string
  readonly offline: 'prefer_online' | 'require_online'
  readonly offlineMax: string
  readonly acquireBy: 'anyone' | 'code' | 'given'
  readonly acquireFrom: string
  readonly acquireUntil: string
  readonly lastsDays: string
}

export const BENEFIT_KINDS = ['amount_off', 'percent_off', 'fixed_price', 'free_item', 'buy_x_get_y'] as const
export type BenefitKind = (typeof BENEFIT_KINDS)[number]

type Plain = Readonly<Record<string, unknown>>

/** The form of rules that are there; of none, one for a new campaign from `now` on for a month. */
export function formOf(rules: CampaignRules | null, currency: string, now: number): CampaignForm {
  const of = rules ?? fresh(currency, now)
  const money = (amount: number | undefined) => typedAmount(of.currency, amount)
  const text = (value: number | undefined) => (value === undefined ? '' : String(value))
  const { benefit, limits, stacking, offline, acquire } = of
  const condition = <Kind extends CampaignRules['conditions'][number]['kind']>(kind: Kind) =>
    of.conditions.find((one): one is Extract<CampaignRules['conditions'][number], { kind: Kind }> => one.kind === kind)
  const hours = condition('hours')
  const media = condition('media')
  return {
    base: of,
    title: of.title,
    titleEn: of.titles.en ?? '',
    titleJa: of.titles.ja ?? '',
    description: of.description ?? '',
    currency: of.currency,
    benefit: benefit.kind,
    amount: benefit.kind === 'amount_off' ? money(benefit.amount) : '',
    percent: benefit.kind === 'percent_off' || benefit.kind === 'buy_x_get_y' ? String(benefit.basisPoints / 100) : '',
    cap: benefit.kind === 'percent_off' ? money(benefit.cap) : '',
    price: benefit.kind === 'fixed_price' ? money(benefit.price) : '',
    pieces: text(
      benefit.kind === 'fixed_price'
        ? benefit.maxPieces
        : benefit.kind === 'free_item'
          ? benefit.pieces
          : benefit.kind === 'buy_x_get_y'
            ? benefit.maxSets
            : 1,
    ),
    buy: benefit.kind === 'buy_x_get_y' ? String(benefit.buy) : '2',
    get: benefit.kind === 'buy_x_get_y' ? String(benefit.get) : '1',
    items: 'items' in benefit ? typedItems(benefit.items) : '',
    minSpend: money(condition('min_spend')?.amount),
    needed: typedItems(condition('items')?.items),
    neededPieces: text(condition('items')?.minPieces ?? 1),
    excluded: typedItems(condition('excluded_items')?.items),
    storeIds: condition('stores')?.storeIds ?? [],
    weekdays: condition('weekdays')?.weekdays ?? [],
    hoursFrom: hours?.from ?? '',
    hoursUntil: hours?.until ?? '',
    mediumTypes: media?.types ?? [],
    entries: media?.entries ?? [],
    campaignUses: text(limits.campaignUses),
    campaignValue: money(limits.campaignValue),
    circulation: text(limits.circulation),
    holderUses: text(limits.holderUses),
    period: limits.holderPeriod?.period ?? 'none',
    periodUses: text(limits.holderPeriod?.uses ?? 1),
    acquisitionUses: text(limits.acquisitionUses),
    holderAcquisitions: text(limits.holderAcquisitions),
    stacking: stacking.mode,
    group: stacking.group ?? '',
    priority: text(of.priority),
    validFrom: localTime(of.validFrom),
    validUntil: localTime(of.validUntil),
    offline: offline.mode,
    offlineMax: money(offline.maxValue),
    acquireBy: acquire.by,
    acquireFrom: acquire.from === undefined ? '' : localTime(acquire.from),
    acquireUntil: acquire.until === undefined ? '' : localTime(acquire.until),
    ...issueFormOf(of),
    lastsDays: text(acquire.lastsDays),
  }
}

/** The rules that a form means, by the schema of the server; or the fields that are not right, by their names in it. */
export function rulesOf(
  form: CampaignForm,
): { readonly ok: true; readonly rules: CampaignRules } | { readonly ok: false; readonly wrong: ReadonlySet<string> } {
  const raw = rawRules(form)
  const parsed = CampaignRules.safeParse(raw)
  if (parsed.success) {
    const ordered = Date.parse(parsed.data.validFrom) < Date.parse(parsed.data.validUntil)
    return ordered ? { ok: true, rules: parsed.data } : { ok: false, wrong: new Set(['validUntil']) }
  }
  const wrong = new Set<string>()
  for (const { path } of parsed.error.issues) {
    const [section, index, ...rest] = path.map(String)
    // Each kind stands there once.
    if (section === 'issue') {
      wrong.add(['issue', ...rest.slice(0, 1)].join('/'))
      continue
    }
    const kind = section === 'conditions' ? raw.conditions[Number(index)]?.kind : undefined
    wrong.add(
      [kind ?? section, ...(kind === undefined && index !== undefined ? [index] : []), ...rest.slice(0, 1)].join('/'),
    )
  }
  return { ok: false, wrong }
}

/** What is typed that is no number stays what it is, so that the schema refuses it where it stands. */
function rawRules(form: CampaignForm): Plain & { readonly conditions: readonly Plain[] } {
  const { base, currency } = form
  const money = (typed: string) => (typed.trim() === '' ? undefined : (amountOf(currency, typed) ?? typed))
  const titles = { ...(base.titles as Plain | undefined), en: form.titleEn.trim(), ja: form.titleJa.trim() }
  const limits = {
    campaignUses: whole(form.campaignUses),
    campaignValue: money(form.campaignValue),
    circulation: whole(form.circulation),
    holderUses: whole(form.holderUses),
    holderPeriod: form.period === 'none' ? undefined : { period: form.period, uses: whole(form.periodUses) },
    acquisitionUses: whole(form.acquisitionUses),
    holderAcquisitions: whole(form.holderAcquisitions),
  }
  return {
    ...base,
    title: form.title,
    titles: Object.fromEntries(Object.entries(titles).filter(([, title]) => title !== '')),
    description: form.description.trim() || undefined,
    currency,
    benefit: rawBenefit(form, money),
    conditions: rawConditions(form, money),
    limits,
    stacking: { mode: form.stacking, group: form.group.trim() || undefined },
    priority: whole(form.priority) ?? 0,
    validFrom: instant(form.validFrom),
    validUntil: instant(form.validUntil),
    offline: { ...(base.offline as Plain), mode: form.offline, maxValue: money(form.offlineMax) },
    acquire: {
      ...(base.acquire as Plain),
      by: form.acquireBy,
      from: form.acquireFrom === '' ? undefined : instant(form.acquireFrom),
      until: form.acquireUntil === '' ? undefined : instant(form.acquireUntil),
      lastsDays: whole(form.lastsDays),
    },
    issue: rawIssue(form, (base.issue ?? []) as readonly IssueRule[], money),
  }
}

type Money = (typed: string) => number | string | undefined

function rawBenefit(form: CampaignForm, money: Money): Plain {
  const items = itemsOf(form.items)
  const filter = items ?? { gtins: [], categories: [] }
  switch (form.benefit) {
    case 'amount_off':
      return { kind: 'amount_off', amount: money(form.amount), items }
    case 'percent_off':
      return { kind: 'percent_off', basisPoints: basisPoints(form.percent), cap: money(form.cap), items }
    case 'fixed_price':
      return { kind: 'fixed_price', price: money(form.price), items: filter, maxPieces: whole(form.pieces) }
    case 'free_item':
      return { kind: 'free_item', items: filter, pieces: whole(form.pieces) }
    case 'buy_x_get_y':
      return {
        kind: 'buy_x_get_y',
        buy: whole(form.buy),
        get: whole(form.get),
        basisPoints: form.percent.trim() === '' ? undefined : basisPoints(form.percent),
        items: filter,
        maxSets: whole(form.pieces),
      }
  }
}

/** One of each kind has fields; what else there is stays as it is. */
function rawConditions(form: CampaignForm, money: Money): readonly Plain[] {
  const before = (form.base.conditions ?? []) as readonly Plain[]
  const others = before.filter((one, index) => before.findIndex(({ kind }) => kind === one.kind) < index)
  const needed = itemsOf(form.needed)
  const excluded = itemsOf(form.excluded)
  const made: readonly (Plain | null)[] = [
    needed ? { kind: 'items', items: needed, minPieces: whole(form.neededPieces) } : null,
    excluded ? { kind: 'excluded_items', items: excluded } : null,
    form.minSpend.trim() === '' ? null : { kind: 'min_spend', amount: money(form.minSpend) },
    form.storeIds.length === 0 ? null : { kind: 'stores', storeIds: form.storeIds },
    form.weekdays.length === 0 ? null : { kind: 'weekdays', weekdays: form.weekdays },
    form.hoursFrom === '' && form.hoursUntil === ''
      ? null
      : { kind: 'hours', from: form.hoursFrom, until: form.hoursUntil },
    form.mediumTypes.length + form.entries.length === 0
      ? null
      : { kind: 'media', types: form.mediumTypes, entries: form.entries },
  ]
  return [...made.filter((one) => one !== null), ...others]
}

const whole = (typed: string): number | string | undefined => {
  const text = typed.trim().normalize('NFKC').replaceAll(',', '')
  return text === '' ? undefined : /^-?\d{1,12}$/.test(text) ? Number(text) : text
}

const basisPoints = (typed: string): number | string =>
  /^\d{1,3}(\.\d{1,2})?$/.test(typed.trim().normalize('NFKC'))
    ? Math.round(Number(typed.normalize('NFKC')) * 100)
    : typed

/** Article numbers and categories, apart by commas or lines; null: none. */
function itemsOf(typed: string): ItemFilter | undefined {
  const tokens = typed
    .split(/[,、\n]/)
    .map((token) => token.trim().normalize('NFKC'))
    .filter((token) => token !== '')
  if (tokens.length === 0) return undefined
  const isGtin = (token: string) => /^\d{8,14}$/.test(token)
  return { gtins: tokens.filter(isGtin), categories: tokens.filter((token) => !isGtin(token)) }
}

const typedItems = (items: ItemFilter | undefined): string =>
  items === undefined ? '' : [...items.categories, ...items.gtins].join(', ')

/** An instant as `datetime-local` has it, on this computer's clock, and back. */
function localTime(iso: string): string {
  const at = new Date(iso)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
function instant(local: string): string {
  const at = new Date(local)
  return Number.isNaN(at.getTime()) ? local : at.toISOString()
}

function fresh(currency: string, now: number): CampaignRules {
  const begin = new Date(now)
  begin.setHours(24, 0, 0, 0)
  const end = new Date(begin)
  end.setMonth(end.getMonth() + 1)
  const blank = CampaignRules.parse({
    title: '-',
    currency,
    benefit: { kind: 'amount_off', amount: 1 },
    validFrom: begin.toISOString(),
    validUntil: end.toISOString(),
  })
  return { ...blank, title: '', benefit: { kind: 'amount_off', amount: 100 } }
}
