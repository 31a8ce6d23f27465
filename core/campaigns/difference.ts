import { canonicalJson } from '../canonicalJson.ts'
import type { WireRules } from './rules.ts'

/**
 * One place where two documents differ. `path` is slash-separated names; an element of a list of kinds is named by its kind
 * (`/conditions/min_spend/amount`; a second of a kind `/conditions/hours#2`). Without `before` it was added, without
 * `after` taken away. A list of plain values (stores, article numbers) is one place.
 */
export interface Difference {
  readonly path: string
  readonly before?: unknown
  readonly after?: unknown
}

/**
 * What changes when rules take the place of others, in the order of their names. `before` null: everything is new. The order
 * of conditions and of plain values in a list means nothing, so it makes no difference.
 */
export function rulesDifference(before: WireRules | null, after: WireRules): Difference[] {
  return compare('', before ?? {}, after)
}

function compare(path: string, before: unknown, after: unknown): Difference[] {
  if (isObject(before) && isObject(after)) return members(path, before, after)
  if (isKindList(before) && isKindList(after)) {
    return members(path, byKind(without(before, after)), byKind(without(after, before)))
  }
  return same(before, after) ? [] : [{ path, before, after }]
}

function members(
  path: string,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name) => {
    const at = `${path}/${name}`
    const [was, is] = [before[name], after[name]]
    if (was === undefined && is === undefined) return []
    if (was === undefined) return [{ path: at, after: is }]
    if (is === undefined) return [{ path: at, before: was }]
    // Another kind of benefit is another thing: its parts are not compared one by one.
    return isObject(was) && isObject(is) && was.kind !== is.kind
      ? [{ path: at, before: was, after: is }]
      : compare(at, was, is)
  })
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

type Kind = Readonly<Record<string, unknown>>

/** Conditions are told apart by `kind`, issue rules by `on`. */
const kindOf = ({ kind, on }: Kind): unknown => kind ?? on

function isKindList(value: unknown): value is readonly Kind[] {
  return Array.isArray(value) && value.every((item) => isObject(item) && typeof kindOf(item) === 'string')
}

/** The elements that have no equal in `others`: only what differs is paired. */
function without(items: readonly Kind[], others: readonly Kind[]): readonly Kind[] {
  const left = others.map(canonicalJson)
  return items.filter((item) => {
    const at = left.indexOf(canonicalJson(item))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

function byKind(items: readonly Kind[]): Record<string, Kind> {
  const named: Record<string, Kind> = {}
  const seen = new Map<string, number>()
  for (const item of items) {
    const kind = String(kindOf(item))
    const number = (seen.get(kind) ?? 0) + 1
    seen.set(kind, number)
    named[number === 1 ? kind : `${kind}#${number}`] = item
  }
  return named
}

function same(before: unknown, after: unknown): boolean {
  return canonicalJson(sorted(before)) === canonicalJson(sorted(after))
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object')
    ? value.toSorted((a, b) => (String(a) < String(b) ? -1 : 1))
    : value
}
