import type { StationClock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { CounterStore } from '../store/counterStore.ts'
import { CorrectedClock } from './correctedClock.ts'

/**
 * Corrected time with what the store remembers of it, and ids that bear it: the server takes an id that bears a dead
 * battery's year for one it has long forgotten (CONTRACT.md §9). `changed`: the clock is doubted now, or not any more.
 */
export function stationTime(
  clock: StationClock,
  ids: Ids,
  { journal, replica }: CounterStore,
  changed: () => void,
): { readonly clock: CorrectedClock; readonly ids: Ids } {
  const trusted = [replica.position().asOf, journal.lastTrustedAt()].filter((time) => time !== null)
  const corrected = new CorrectedClock(clock, {
    anchor: journal.clockAnchor(),
    past: trusted.length > 0 ? Math.max(...trusted) : null,
    journalLast: () => journal.lastCorrectedAt(),
    // Left unwritten, the next start asks the server again.
    keep: (anchor) => void journal.keepClockAnchor(anchor),
    changed,
  })
  return {
    clock: corrected,
    ids: { uuid7: () => ids.uuid7(corrected.now()), randomBytes: (size) => ids.randomBytes(size) },
  }
}
