import { offlineStanding } from '../../../counter/offline/standing.ts'
import { toObjective } from '../../../counter/session/objective.ts'
import { decideOffline } from '../../../counter/session/offlineDecision.ts'
import type { SessionParts } from '../../../counter/session/parts.ts'
import { search } from '../../../counter/session/search.ts'
import type { Report } from '../report.ts'
import { quantile } from './holders.ts'
import { PURCHASE, presented } from './station.ts'

const TAPS = 5_000
const WARM = 500

/** Searching for and deciding on holders anywhere in the copy. The row is the slower of the two. */
export async function decisions(report: Report, parts: SessionParts, holders: number): Promise<void> {
  const times = { search: [] as number[], decide: [] as number[] }
  for (let tap = 0; tap < TAPS + WARM; tap++) {
    const holder = (tap * 7_919) % holders
    const ask = {
      type: 'search' as const,
      question: tap,
      presented: presented(holder),
      purchase: PURCHASE,
      select: null,
    }
    const redemptionId = parts.ids.uuid7()
    let started = performance.now()
    const found = await search(parts, ask)
    const searched = performance.now() - started
    if (found.kind !== 'offers' || found.response.usable.length === 0) throw new Error('a tap found nothing')
    started = performance.now()
    const reading = parts.clock.reading()
    const { store: place, settings } = parts.station()
    const { type, keys, entry } = ask.presented
    const decided = decideOffline(parts.store, keys, {
      redemptionId,
      objective: { ...toObjective(PURCHASE), store: place, medium: { type, entry } },
      select: 'best',
      expectedTotalDiscount: undefined,
      standing: offlineStanding(parts.store, settings.offline, [], reading.now),
      clock: reading,
    })
    const took = performance.now() - started
    if (!decided.ok) throw new Error(`a tap was refused: ${decided.refused.reason}`)
    if (tap < WARM) continue
    times.search.push(searched)
    times.decide.push(took)
  }
  const p99 = { search: quantile(times.search, 0.99), decide: quantile(times.decide, 0.99) }
  const p50 = { search: quantile(times.search, 0.5), decide: quantile(times.decide, 0.5) }
  report({
    row: 'decide_p99_ms',
    value: Math.max(p99.search, p99.decide),
    unit: 'ms',
    detail: { taps: TAPS, p99, p50 },
  })
}
