import type { Journal } from '../counterStore.ts'
import { type Db, onUndone } from './database.ts'

type Waiting = ReturnType<Journal['waiting']>

/**
 * What waits for the server, and what came back as forced, counted: every approval without the server asks. Approvals are
 * added as they come; after anything else it is counted anew.
 */
export interface Tally {
  read(): Waiting
  /** An approval given offline has been put into the outbox, in the open transaction. */
  came(value: number): void
  /** Something else about the outbox or about settlements is being changed. */
  changed(): void
}

const tallies = new WeakMap<Db, Tally>()

/** The tally of an open journal: one for all that write to it. */
export function tallyOf(db: Db): Tally {
  const known = tallies.get(db)
  if (known) return known
  const count = db.prepare<[], { count: number; value: number; quarantined: number; forced: number }>(
    `SELECT count(*) FILTER (WHERE state = 'stored' AND stored_value IS NOT NULL) AS count,
            coalesce(sum(stored_value) FILTER (WHERE state = 'stored'), 0) AS value,
            count(*) FILTER (WHERE state = 'quarantined') AS quarantined,
            (SELECT count(*) FROM settlement WHERE status = 'forced') AS forced
     FROM outbox`,
  )
  let waiting: Waiting | null = null
  const tally: Tally = {
    read() {
      waiting ??= count.get() ?? { count: 0, value: 0, quarantined: 0, forced: 0 }
      return waiting
    },
    came(value) {
      if (waiting) waiting = { ...waiting, count: waiting.count + 1, value: waiting.value + value }
    },
    changed() {
      waiting = null
    },
  }
  onUndone(db, tally.changed)
  tallies.set(db, tally)
  return tally
}
