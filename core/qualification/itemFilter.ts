import type { ItemFilter } from '../campaigns/rules.ts'
import { toGtin14 } from '../media/gtin.ts'
import type { BasketLine } from './basket.ts'

interface CompiledFilter {
  readonly everything: boolean
  readonly gtins: ReadonlySet<string>
  readonly categories: ReadonlySet<string>
}

/** Rules live as long as their campaign's version; so does what is derived from them. */
const compiled = new WeakMap<ItemFilter, CompiledFilter>()

/** Whether a filter speaks of a line: by GTIN (any length, compared as GTIN-14) or by category; empty means every line. */
export function matches(filter: ItemFilter, line: BasketLine): boolean {
  const { everything, gtins, categories } = compile(filter)
  return (
    everything ||
    (line.gtin !== null && gtins.has(line.gtin)) ||
    (line.category !== null && categories.has(line.category))
  )
}

function compile(filter: ItemFilter): CompiledFilter {
  const known = compiled.get(filter)
  if (known) return known
  const made = {
    everything: filter.gtins.length === 0 && filter.categories.length === 0,
    gtins: new Set(filter.gtins.map(toGtin14)),
    categories: new Set(filter.categories),
  }
  compiled.set(filter, made)
  return made
}
