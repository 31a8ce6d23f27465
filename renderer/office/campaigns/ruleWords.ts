import { minorDigits } from '../../words/amounts.ts'
import { weekday } from '../../words/times.ts'
import type { OfficeWords } from '../words.ts'

const MONEY = ['amount', 'cap', 'price', 'campaignValue', 'maxValue', 'minSpend']
const TIMES = ['validFrom', 'validUntil']
/** What a program needs and no reader. */
const UNSAID = ['rulesVersion', 'kind', 'on']
/** Fields that are what their object is about: said without their name. */
const PLAIN = ['mode', 'by', 'items', 'amount', 'basisPoints', 'types', 'entries', 'storeIds', 'weekdays', 'categories']

/** A place in rules as people call it: `/conditions/min_spend/amount` → "Conditions › Minimum spend › Amount". */
export function placeWords(path: string, words: OfficeWords): string {
  return path
    .split('/')
    .slice(1)
    .map((name) => nameWords(name, words))
    .join(' › ')
}

/** A field, a kind of condition (`hours#2`: the second of them) or, of what this program does not know, its own name. */
function nameWords(name: string, { t, language }: OfficeWords): string {
  const [own = name, number] = name.split('#')
  const known = t(`office.fields.${own}`, { defaultValue: t(`office.kinds.${own}`, { defaultValue: '' }) })
  const language2 = /^[a-z]{2,3}(-|$)/.test(own) ? new Intl.DisplayNames(language, { type: 'language' }).of(own) : own
  const text = known === '' ? (language2 ?? own) : known
  return number === undefined ? text : `${text} ${number}`
}

/** A value in rules as people read it; `name`: the last part of its place. */
export function valueWords(name: string, value: unknown, currency: string, words: OfficeWords): string {
  const { t } = words
  if (value === undefined || value === null) return t('office.rules.none')
  if (typeof value === 'boolean') return t(value ? 'office.yes' : 'office.no')
  if (typeof value === 'number') {
    if (MONEY.includes(name)) return words.amount(currency, value)
    return name === 'basisPoints' ? percentWords(value, words) : words.count(value)
  }
  if (typeof value === 'string') {
    if (TIMES.includes(name) || /^\d{4}-\d{2}-\d{2}T/.test(value)) return words.when(value)
    return t(`office.values.${value}`, { defaultValue: value })
  }
  if (Array.isArray(value)) return listWords(name, value, currency, words)
  return objectWords(value, currency, words)
}

/** 1,250 basis points → 12.5%. */
export function percentWords(basisPoints: number, { language }: Pick<OfficeWords, 'language'>): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000)
}

function listWords(name: string, values: readonly unknown[], currency: string, words: OfficeWords): string {
  if (values.length === 0) return words.t('office.rules.none')
  const texts = values.map((value) =>
    name === 'weekdays' && typeof value === 'number'
      ? weekday(words.language, value)
      : valueWords('', value, currency, words),
  )
  return words.list(texts)
}

function objectWords(value: object, currency: string, words: OfficeWords): string {
  const kind = 'kind' in value ? String(value.kind) : 'on' in value ? String(value.on) : null
  const parts = Object.entries(value)
    .filter(([name, inner]) => !UNSAID.includes(name) && !isEmpty(inner))
    .map(([name, inner]) => {
      const text = valueWords(name, inner, currency, words)
      return PLAIN.includes(name) ? text : `${nameWords(name, words)}: ${text}`
    })
  const own = kind === null ? [] : [nameWords(kind, words)]
  return [...own, ...parts].join(' · ') || words.t('office.rules.none')
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0)
}

/** The rules of a campaign as facts, in the order in which one asks for them; without what says nothing. */
export function ruleFacts(
  rules: Readonly<Record<string, unknown>>,
  currency: string,
  words: OfficeWords,
): readonly { readonly name: string; readonly text: string }[] {
  const facts: { name: string; text: string }[] = []
  const add = (name: string, value: unknown) => {
    if (!isEmpty(value)) facts.push({ name: nameWords(name, words), text: valueWords(name, value, currency, words) })
  }
  add('benefit', rules.benefit)
  for (const condition of asList(rules.conditions)) facts.push(factOf(condition, currency, words))
  for (const [name, value] of Object.entries(asObject(rules.limits))) add(name, value)
  for (const name of [
    'validFrom',
    'validUntil',
    'stacking',
    'offline',
    'acquire',
    'priority',
    'titles',
    'description',
  ]) {
    const value = rules[name]
    if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) continue
    if (value !== '' && value !== 0) add(name, value)
  }
  for (const rule of asList(rules.issue)) {
    facts.push({ name: nameWords('issue', words), text: objectWords(asObject(rule), currency, words) })
  }
  return facts
}

function factOf(condition: unknown, currency: string, words: OfficeWords) {
  const { kind, ...rest } = asObject(condition)
  return { name: nameWords(String(kind), words), text: objectWords(rest, currency, words) }
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}

/** An amount as it is typed, major units with a point, and back; null: it is none. */
export const typedAmount = (currency: string, amount: number | undefined): string =>
  amount === undefined ? '' : (amount / 10 ** minorDigits(currency)).toFixed(minorDigits(currency))
export function amountOf(currency: string, typed: string): number | null {
  const digits = minorDigits(currency)
  const text = typed.trim().normalize('NFKC').replaceAll(',', '')
  const pattern = digits === 0 ? /^\d{1,12}$/ : new RegExp(`^\\d{1,12}(\\.\\d{1,${digits}})?$`)
  return pattern.test(text) ? Math.round(Number(text) * 10 ** digits) : null
}
