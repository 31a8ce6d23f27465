import type { Clock } from '../../core/ports/clock.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { OfficeReads, StationSeen } from '../store/officeReads.ts'

const EVERY_MS = 60_000
const LONGEST_PROGRAM = 80

export interface StationsSeen {
  /** A station asked something just now. `program`: what it says it runs; `settings`: the version of them that it goes by. */
  saw(stationId: string, program: string | undefined, settings?: string): void
  /** Writes down what has not been yet. */
  flush(): Promise<void>
}

/** When stations were last heard of: kept in memory and written once a minute, not with every request. */
export function stationsSeen(store: Pick<OfficeReads, 'noteStationsSeen'>, clock: Pick<Clock, 'now'>): StationsSeen {
  let unwritten = new Map<string, StationSeen>()
  return {
    saw(stationId, program, settings) {
      const known = unwritten.get(stationId)
      const at = Math.floor(clock.now() / EVERY_MS) * EVERY_MS
      if (known?.at === at && program === undefined && settings === undefined) return
      const said = program?.replace(/[^ -~]/g, '').slice(0, LONGEST_PROGRAM) || known?.program || null
      const version = /^[\d.]{1,24}$/.exec(settings ?? '')?.[0] ?? known?.settings ?? null
      unwritten.set(stationId, { stationId, at, program: said, settings: version })
    },
    async flush() {
      const seen = [...unwritten.values()]
      if (seen.length === 0) return
      unwritten = new Map()
      await store.noteStationsSeen(seen, clock.now())
    },
  }
}

/** Flushes at once and every minute; a minute that could not be written is lost, and the next one says as much. Answers how to stop. */
export function keepNoted(
  { flush }: Pick<StationsSeen, 'flush'>,
  scheduler: Scheduler,
  onFailure: (error: unknown) => void,
): () => void {
  let stop = (): void => undefined
  const again = (): void => {
    void flush().catch(onFailure)
    stop = scheduler.after(EVERY_MS, again)
  }
  again()
  return () => stop()
}
