import type { Ids } from '../../core/ports/ids.ts'
import type { Sealing } from './sealing.ts'
import { newSecret } from './secrets.ts'

/** How long a station's token is good: a day. What it is renewed with, its key, never leaves the machine. */
export const TOKEN_LASTS_MS = 24 * 60 * 60_000
/** How long a station may take to sign what it was asked with. */
const CHALLENGE_LASTS_MS = 60_000

const PREFIX = 'tapcoupon_until_'
const CONTEXT = 'station-challenge'

/** A token with its end in it: only whoever made it can have written that, because it is looked up as a whole. */
export const newStationToken = (ids: Ids, until: number): string => `${PREFIX}${until.toString(36)}_${newSecret(ids)}`

/** When a token ends, epoch milliseconds; null: not by itself (an enrolment's, until it is renewed). */
export function tokenEnd(token: string): number | null {
  const text = token.startsWith(PREFIX) ? token.slice(PREFIX.length).split('_')[0] : undefined
  const end = text === undefined ? Number.NaN : Number.parseInt(text, 36)
  return Number.isNaN(end) ? null : end
}

/** What a station is asked with: sealed, so that nothing has to be remembered, and any server of the deployment knows it. */
export function newChallenge(sealing: Sealing, ids: Ids, now: number): string {
  const text = Buffer.alloc(24)
  text.writeDoubleBE(now + CHALLENGE_LASTS_MS)
  text.set(ids.randomBytes(16), 8)
  return Buffer.from(sealing.seal(text, CONTEXT)).toString('base64url')
}

/** Whether we asked with this just now. */
export function isOpenChallenge(challenge: string, sealing: Sealing, now: number): boolean {
  try {
    const text = Buffer.from(sealing.open(Buffer.from(challenge, 'base64url'), CONTEXT))
    return now < text.readDoubleBE()
  } catch {
    // It was made up, or sealed with a key that has been taken away.
    return false
  }
}
