import type { Database } from 'better-sqlite3'
import { MediumType } from '../../../core/media/medium.ts'
import { accepted, type Outcome, refused } from '../../../core/outcome.ts'
import type { Ids } from '../../../core/ports/ids.ts'
import type { PresentedMedium, Refusal } from '../commands.ts'
import type { Unit } from './unit.ts'

/** A medium that is registered to somebody and may be used. */
export interface KnownMedium {
  readonly holderId: string
  readonly type: MediumType
}

export interface Media {
  /** Who a medium belongs to. Refusals: the medium's own, `medium_unknown`, `medium_blocked`. */
  find(medium: PresentedMedium): Outcome<KnownMedium, Refusal>
  /** The same, and stores the medium under its newest key when it was known by an older one. */
  findAndRekey(unit: Unit, medium: PresentedMedium): Outcome<KnownMedium, Refusal>
  /** The same, and makes a holder and the medium when nobody has it. */
  findOrRegister(unit: Unit, medium: PresentedMedium): Outcome<KnownMedium, Refusal>
  /** Registers a medium to a holder that exists; nothing when the medium is there already. */
  register(unit: Unit, holderId: string, medium: PresentedMedium, blocked: boolean): void
  makeHolder(unit: Unit, holderId: string): void
}

interface Row {
  readonly medium_id: string
  readonly key_version: number
  readonly type: string
  readonly holder_id: string
  readonly blocked: number
}

/** A medium whose station never said what it is counts as the weakest kind: a code that anybody can copy. */
const TYPE_NOT_SAID: MediumType = 'barcode'

/** Media by key, and their holders. */
export function media(db: Database, ids: Ids): Media {
  const byKey = db.prepare<[Uint8Array, number], Row>(
    'SELECT medium_id, key_version, type, holder_id, blocked FROM media WHERE key = ? AND key_version = ?',
  )
  const rekey = db.prepare<[Uint8Array, number, number, string]>(
    'UPDATE media SET key = ?, key_version = ?, change_seq = ? WHERE medium_id = ?',
  )
  const insertHolder = db.prepare<[string, number]>(
    'INSERT INTO holders (holder_id, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING',
  )
  const insertMedium = db.prepare<[string, number, Uint8Array, string, string, number, number]>(
    `INSERT INTO media (medium_id, key_version, key, type, holder_id, blocked, change_seq) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )

  const rowOf = (medium: PresentedMedium): Row | null => {
    if (!medium.ok) return null
    for (const { v, key } of medium.value.keys) {
      const row = byKey.get(Buffer.from(key, 'hex'), v)
      if (row) return row
    }
    return null
  }

  const known = (medium: PresentedMedium, row: Row | null): Outcome<KnownMedium, Refusal> => {
    if (!medium.ok) return medium
    if (!row) return refused({ reason: 'medium_unknown', params: {} })
    if (row.blocked) return refused({ reason: 'medium_blocked', params: {} })
    return accepted({ holderId: row.holder_id, type: MediumType.parse(row.type) })
  }

  const rekeyIfOlder = (unit: Unit, medium: PresentedMedium, row: Row | null): void => {
    const newest = medium.ok ? medium.value.keys[0] : undefined
    if (!row || !newest || newest.v <= row.key_version) return
    rekey.run(Buffer.from(newest.key, 'hex'), newest.v, unit.nextChange(), row.medium_id)
  }

  const register: Media['register'] = (unit, holderId, medium, blocked) => {
    const newest = medium.ok ? medium.value.keys[0] : undefined
    if (!medium.ok || !newest || rowOf(medium)) return
    const key = Buffer.from(newest.key, 'hex')
    const type = medium.value.type ?? TYPE_NOT_SAID
    insertMedium.run(ids.uuid7(), newest.v, key, type, holderId, Number(blocked), unit.nextChange())
  }

  const makeHolder: Media['makeHolder'] = (unit, holderId) => void insertHolder.run(holderId, unit.now)

  const findAndRekey: Media['findAndRekey'] = (unit, medium) => {
    const row = rowOf(medium)
    rekeyIfOlder(unit, medium, row)
    return known(medium, row)
  }

  return {
    find: (medium) => known(medium, rowOf(medium)),
    findAndRekey,
    findOrRegister(unit, medium) {
      const found = findAndRekey(unit, medium)
      if (found.ok || found.reason !== 'medium_unknown') return found
      const holderId = ids.uuid7()
      makeHolder(unit, holderId)
      register(unit, holderId, medium, false)
      return known(medium, rowOf(medium))
    },
    register,
    makeHolder,
  }
}
