import { createHash, timingSafeEqual } from 'node:crypto'
import { accepted, type Outcome, refused } from '../../core/outcome.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { EventWriter } from '../session/eventWriter.ts'
import { type Refusal, refusal, STORAGE_FAILED } from '../session/model.ts'
import type { Journal } from '../store/counterStore.ts'
import type { PosAccess } from '../store/posBook.ts'

/** Tokens say what they are: in a file they are found by those who look for leaked ones. */
const TOKEN_PREFIX = 'tcpos_'
const TOKEN_BYTES = 32
/** A counter stands beside one till or two. */
const MOST = 16

export interface AccessParts {
  readonly journal: Pick<Journal, 'posAccesses' | 'keepPosAccess' | 'revokePosAccess'>
  readonly events: Pick<EventWriter, 'policy'>
  readonly ids: Ids
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly storageFailed: () => void
}

/** The POS software that may use this counter, each by a token of its own. */
export class PosAccesses {
  readonly #parts: AccessParts
  #active: readonly PosAccess[]

  constructor(parts: AccessParts) {
    this.#parts = parts
    this.#active = parts.journal.posAccesses().filter(({ revokedAt }) => revokedAt === null)
  }

  /** Those that may, oldest first. */
  get active(): readonly PosAccess[] {
    return this.#active
  }

  /** Lets one more in. Its token is in the answer and nowhere else. */
  make(
    name: string,
    origins: readonly string[],
    operatorId: string,
  ): Outcome<{ readonly posId: string; readonly token: string }, { readonly refused: Refusal }> {
    const { journal, events, ids, now } = this.#parts
    if (this.#active.length >= MOST || this.#active.some((access) => access.name === name)) {
      return refused({ refused: refusal('invalid_request') })
    }
    const posId = ids.uuid7()
    const token = TOKEN_PREFIX + Buffer.from(ids.randomBytes(TOKEN_BYTES)).toString('base64url')
    const access = {
      posId,
      name,
      origins,
      tokenHash: digest(token),
      madeAt: now(),
      madeBy: operatorId,
      revokedAt: null,
    }
    const event = events.policy({ action: 'pos_let_in', operatorId, posId, name, origins })
    if (!journal.keepPosAccess(access, event).ok) return this.#notStored()
    this.#active = [...this.#active, access]
    return accepted({ posId, token })
  }

  /** null: its token is worth nothing from now on. */
  revoke(posId: string, operatorId: string): Refusal | null {
    const { journal, events, now } = this.#parts
    const access = this.#active.find((one) => one.posId === posId)
    if (!access) return refusal('invalid_request')
    const event = events.policy({ action: 'pos_revoked', operatorId, posId, name: access.name })
    if (!journal.revokePosAccess(posId, now(), event).ok) return this.#notStored().refused
    this.#active = this.#active.filter((one) => one !== access)
    return null
  }

  /** Whose token this is; null: nobody's. Every one is compared, each in constant time. */
  of(token: string): PosAccess | null {
    const given = digest(token)
    let found: PosAccess | null = null
    for (const access of this.#active) if (timingSafeEqual(given, access.tokenHash)) found = access
    return found
  }

  /** Whether pages of this origin may ask at all, whoever's they are. */
  knowsOrigin(origin: string): boolean {
    return this.#active.some(({ origins }) => origins.includes(origin))
  }

  #notStored(): { readonly ok: false; readonly refused: Refusal } {
    this.#parts.storageFailed()
    return refused({ refused: STORAGE_FAILED })
  }
}

const digest = (token: string): Buffer => createHash('sha256').update(token).digest()
