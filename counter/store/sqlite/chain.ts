import { toBase64Url } from '../../../core/base64url.ts'
import { canonicalJson } from '../../../core/canonicalJson.ts'
import { FIRST_PREV_HASH } from '../../../core/events/chain.ts'
import type { Sealer } from '../../station/sealer.ts'
import type { EventDraft } from '../counterStore.ts'
import type { Db } from './database.ts'

/** Appends to the event table. Runs inside the caller's transaction, so that `seq` has no holes. */
export type Append = (draft: EventDraft) => number

export function eventAppender(db: Db, sealer: Sealer): Append {
  const last = db.prepare<[], { seq: number; hash: Buffer }>('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1')
  const insert = db.prepare(
    `INSERT INTO event (seq, id, type, station_at, corrected_at, prev_hash, salt, body, hash, sig)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return ({ id, type, stationAt, correctedAt, body }) => {
    const previous = last.get()
    const seq = (previous?.seq ?? 0) + 1
    const prevHash = previous ? toBase64Url(previous.hash) : FIRST_PREV_HASH
    // What is hashed is what is stored.
    const json = canonicalJson(body)
    const { salt, hash, sig } = sealer.seal({
      seq,
      prevHash,
      type,
      id,
      stationAt: new Date(stationAt).toISOString(),
      correctedAt: new Date(correctedAt).toISOString(),
      body: json,
    })
    insert.run(seq, id, type, stationAt, correctedAt, prevHash, salt, json, hash, sig)
    return seq
  }
}
