import { toBase64Url } from '../../../core/base64url.ts'
import { canonicalJson } from '../../../core/canonicalJson.ts'
import { FIRST_PREV_HASH } from '../../../core/events/chain.ts'
import type { Seal, Sealer } from '../../station/sealer.ts'
import type { EventDraft } from '../counterStore.ts'
import type { Db } from './database.ts'

/** Both run on the events as they stand; `append` inside the caller's transaction, so that `seq` has no holes. */
export interface Appender {
  /** Hashes and signs a draft as the next event, so that the transaction that appends it has less to do. */
  prepare(draft: EventDraft): void
  append(draft: EventDraft): number
}

interface Prepared {
  readonly draft: EventDraft
  readonly seq: number
  readonly prevHash: string
  /** Canonical JSON of the body: what is hashed is what is stored. */
  readonly json: string
  readonly seal: Seal
}

export function eventAppender(db: Db, sealer: Sealer): Appender {
  const last = db.prepare<[], { seq: number; hash: Buffer }>('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1')
  const insert = db.prepare(
    `INSERT INTO event (seq, id, type, station_at, corrected_at, prev_hash, salt, body, hash, sig)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  let ahead: Prepared | null = null

  const sealed = (draft: EventDraft): Prepared => {
    const previous = last.get()
    const seq = (previous?.seq ?? 0) + 1
    const prevHash = previous ? toBase64Url(previous.hash) : FIRST_PREV_HASH
    // Another event may have taken the place that it was sealed for.
    if (ahead?.draft === draft && ahead.seq === seq && ahead.prevHash === prevHash) return ahead
    const { id, type, stationAt, correctedAt, body } = draft
    const json = canonicalJson(body)
    const seal = sealer.seal({
      seq,
      prevHash,
      type,
      id,
      stationAt: new Date(stationAt).toISOString(),
      correctedAt: new Date(correctedAt).toISOString(),
      body: json,
    })
    return { draft, seq, prevHash, json, seal }
  }

  return {
    prepare(draft) {
      ahead = sealed(draft)
    },
    append(draft) {
      const { seq, prevHash, json, seal } = sealed(draft)
      ahead = null
      const { id, type, stationAt, correctedAt } = draft
      insert.run(seq, id, type, stationAt, correctedAt, prevHash, seal.salt, json, seal.hash, seal.sig)
      return seq
    },
  }
}
