import type { Database } from 'better-sqlite3'

export interface ReadOnce<Value> {
  /** What `read` gave for this key, as long as it cannot have changed; nothing that is not there is remembered. */
  of(key: Uint8Array, read: () => Value | null): Value | null
  /** Call inside the transaction that changes any of it on this connection. */
  forget(): void
}

/**
 * Remembers what every request asks for, outside of transactions only: in one, what is read may be undone. Another
 * connection's commit is noticed at the next question (`data_version`); whether it changed anything of this kind is seen by
 * a position (`positions`) that rises then.
 */
export function readOnce<Value>(db: Database, positionName: string): ReadOnce<Value> {
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck()
  const readPosition = db.prepare<[string], number>('SELECT value FROM positions WHERE name = ?').pluck()
  const known = new Map<string, Value>()
  let version: number | undefined
  let position: number | undefined

  return {
    of(key, read) {
      if (db.inTransaction) return read()
      const now = dataVersion.get()
      if (now !== version) {
        const reached = readPosition.get(positionName)
        if (reached !== position) known.clear()
        position = reached
        version = now
      }
      const name = Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1')
      const found = known.get(name)
      if (found !== undefined) return found
      const value = read()
      if (value !== null) known.set(name, value)
      return value
    },
    forget: () => known.clear(),
  }
}
