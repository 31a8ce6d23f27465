import type { MediumType } from '../../../core/media/medium.ts'
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
  hasHolder(holderId: string): boolean
  /** The medium as it is kept, blocked or not; null: nobody has it. */
  rowOf(medium: PresentedMedium): MediumRow | null
}

/** A key of a medium and its version; `key` is 64 hexadecimal digits. */
export interface MediumKeyOf {
  readonly v: number
  readonly key: string
}

export interface MediumRow extends KnownMedium {
  readonly mediumId: string
  readonly keyVersion: number
  readonly blocked: boolean
}

/** The media and holders tables, inside one transaction. */
export interface MediaRows {
  byKey(key: MediumKeyOf): MediumRow | null
  rekey(medium: MediumRow, key: MediumKeyOf, changeSeq: number): void
  insert(medium: MediumRow, key: MediumKeyOf, changeSeq: number): void
  /** Nothing when the holder is there already. */
  insertHolder(holderId: string, createdAt: number): void
  hasHolder(holderId: string): boolean
}

/** A medium whose station never said what it is counts as the weakest kind: a code that anybody can copy. */
const TYPE_NOT_SAID: MediumType = 'barcode'

/** Media by key, and their holders. */
export function media(rows: MediaRows, ids: Ids): Media {
  const rowOf = (medium: PresentedMedium): MediumRow | null => {
    if (!medium.ok) return null
    for (const key of medium.value.keys) {
      const row = rows.byKey(key)
      if (row) return row
    }
    return null
  }

  const known = (medium: PresentedMedium, row: MediumRow | null): Outcome<KnownMedium, Refusal> => {
    if (!medium.ok) return medium
    if (!row) return refused({ reason: 'medium_unknown', params: {} })
    if (row.blocked) return refused({ reason: 'medium_blocked', params: {} })
    return accepted({ holderId: row.holderId, type: row.type })
  }

  const rekeyIfOlder = (unit: Unit, medium: PresentedMedium, row: MediumRow | null): void => {
    const newest = medium.ok ? medium.value.keys[0] : undefined
    if (row && newest && newest.v > row.keyVersion) rows.rekey(row, newest, unit.nextChange())
  }

  const register: Media['register'] = (unit, holderId, medium, blocked) => {
    const newest = medium.ok ? medium.value.keys[0] : undefined
    if (!medium.ok || !newest || rowOf(medium)) return
    const type = medium.value.type ?? TYPE_NOT_SAID
    rows.insert({ mediumId: ids.uuid7(), keyVersion: newest.v, type, holderId, blocked }, newest, unit.nextChange())
  }

  const makeHolder: Media['makeHolder'] = (unit, holderId) => rows.insertHolder(holderId, unit.now)

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
    hasHolder: rows.hasHolder,
    rowOf,
  }
}
