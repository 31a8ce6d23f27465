import type { Database } from 'better-sqlite3'

export interface Epochs {
  /** Whose a position is; '' for the beginning, which all databases share. */
  of(position: number): string
  /** From now on positions are of a new epoch. */
  begin(epoch: string): void
}

/**
 * Who wrote which positions. A process begins an epoch when it opens the database, so that what follows a restored backup
 * never looks like what followed before.
 */
export function epochs(db: Database): Epochs {
  const of = db
    .prepare<[number], string>(
      'SELECT epoch FROM feed_epochs WHERE from_position < ? ORDER BY from_position DESC LIMIT 1',
    )
    .pluck()
  // One that wrote nothing is nobody's.
  const begin = db.prepare<[string]>("REPLACE INTO feed_epochs SELECT value, ? FROM positions WHERE name = 'change'")
  return { of: (position) => of.get(position) ?? '', begin: (epoch) => void begin.run(epoch) }
}
