import { timingSafeEqual } from 'node:crypto'
import { accepted, type Outcome } from '../../../core/outcome.ts'
import type { Refusal } from '../commands.ts'
import type { NewPhoneCode, PhoneSignIn } from '../registrationCommands.ts'
import type { Activity } from './activity.ts'
import type { Issuing } from './issuing.ts'
import type { Media } from './media.ts'
import type { Unit } from './unit.ts'

interface PhoneCodeRow {
  readonly secretHash: Uint8Array
  /** Of the phone that has used the code, what only it knows, hashed; null: nobody has. */
  readonly usedBy: Uint8Array | null
  readonly holderId: string
  readonly triesLeft: number
  readonly expiresAt: number
}

/** The phone_codes and phone_sessions tables, inside one transaction. */
export interface PhoneRows {
  forgetCodes(holderId: string): void
  forgetUsedCodes(holderId: string): void
  putCode(locator: string, code: PhoneCodeRow): void
  code(locator: string): PhoneCodeRow | null
  spendTry(locator: string): void
  markUsed(locator: string, usedBy: Uint8Array): void
  dropCode(locator: string): void
  putSession(tokenHash: Uint8Array, holderId: string, expiresAt: number): void
  session(tokenHash: Uint8Array): { readonly holderId: string; readonly expiresAt: number } | null
  dropSession(tokenHash: Uint8Array): void
}

export interface Phones {
  putCode(unit: Unit, command: NewPhoneCode): Outcome<null, Refusal>
  signIn(command: PhoneSignIn): { readonly holderId: string } | null
  session(tokenHash: Uint8Array, now: number): { readonly holderId: string } | null
  signOut(tokenHash: Uint8Array): void
}

/** Phones that customers sign in with, by a code that whoever held the medium was shown. */
export function phones(rows: PhoneRows, media: Media, activity: Activity, issuing: Pick<Issuing, 'firstSeen'>): Phones {
  return {
    putCode(unit, { station, medium, requestId, locator, secretHash, tries, expiresAt }) {
      const before = media.findAndRekey(unit, medium)
      if (!before.ok && before.reason !== 'medium_unknown') return before
      const owner = media.findOrRegister(unit, medium)
      if (!owner.ok) return owner
      const { holderId } = owner.value
      activity.atStore(unit, station.store.storeId, holderId)
      if (!before.ok) issuing.firstSeen(unit, holderId, requestId)
      rows.forgetCodes(holderId)
      rows.putCode(locator, { secretHash, usedBy: null, holderId, triesLeft: tries, expiresAt })
      return accepted(null)
    },
    signIn({ locator, secretHash, phoneHash, tokenHash, expiresAt, now }) {
      const code = rows.code(locator)
      if (!code || code.triesLeft <= 0 || now >= code.expiresAt) return null
      const isRight = timingSafeEqual(code.secretHash, secretHash)
      if (!isRight || code.usedBy !== null) rows.spendTry(locator)
      if (!isRight) return null
      // The answer to the phone that used it may have been lost; a code says nothing more to anybody else.
      if (code.usedBy !== null && (phoneHash === null || !timingSafeEqual(code.usedBy, phoneHash))) return null
      if (phoneHash === null) rows.dropCode(locator)
      else if (code.usedBy === null) rows.markUsed(locator, phoneHash)
      rows.putSession(tokenHash, code.holderId, expiresAt)
      return { holderId: code.holderId }
    },
    session(tokenHash, now) {
      const found = rows.session(tokenHash)
      return found && now < found.expiresAt ? { holderId: found.holderId } : null
    },
    signOut(tokenHash) {
      const session = rows.session(tokenHash)
      if (session) rows.forgetUsedCodes(session.holderId)
      rows.dropSession(tokenHash)
    },
  }
}
