import crypto from 'node:crypto'
import { normalPassword } from '../../core/contract/passwords.ts'
import type { Ids } from '../../core/ports/ids.ts'

/** What one hash costs: `memory` in KiB, `passes` over it, `parallelism` lanes. */
export interface PasswordCost {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

/** RFC 9106 §4, the second recommended option (64 MiB); above OWASP's minimum for Argon2id. A fifth of a second. */
export const PASSWORD_COST: PasswordCost = { memory: 65_536, passes: 3, parallelism: 4 }

const SALT_BYTES = 16
const TAG_BYTES = 32

/** What is stored: `$argon2id$v=19$m=…,t=…,p=…$salt$tag`, the form that other systems read as well. */
const PHC = /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,4}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '')

/** Hashes and checks passwords with Argon2id (RFC 9106), off the event loop. */
export interface PasswordHasher {
  hash(password: string): Promise<string>
  /**
   * Whether `password` is the one behind `stored`, compared in constant time; `null`, for nobody's, takes as long and is
   * never right.
   */
  matches(password: string, stored: string | null): Promise<boolean>
  /** Whether `stored` was made with another cost than today's: worth hashing again at the next sign-in. */
  isOutdated(stored: string): boolean
}

/** Node has Argon2 from 24.7 on, and not when it is built on BoringSSL. */
export const canHashPasswords = (): boolean => typeof crypto.argon2 === 'function'

export function passwordHasher(ids: Ids, cost: PasswordCost = PASSWORD_COST): PasswordHasher {
  const prefix = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$`
  const nobody = { cost, salt: Buffer.from(ids.randomBytes(SALT_BYTES)), tag: Buffer.alloc(TAG_BYTES) }
  return {
    async hash(password) {
      const salt = Buffer.from(ids.randomBytes(SALT_BYTES))
      return `${prefix}${text(salt)}$${text(await derive(password, salt, cost, TAG_BYTES))}`
    },
    async matches(password, stored) {
      const known = stored === null ? null : parsed(stored)
      const { salt, tag, cost: itsCost } = known ?? nobody
      const derived = await derive(password, salt, itsCost, tag.length)
      return crypto.timingSafeEqual(derived, tag) && known !== null
    },
    isOutdated: (stored) => !stored.startsWith(prefix),
  }
}

function parsed(stored: string): { cost: PasswordCost; salt: Buffer; tag: Buffer } {
  const [, memory, passes, parallelism, salt = '', tag = ''] = PHC.exec(stored) ?? []
  if (memory === undefined) throw new Error('a stored password is not in the form of Argon2id')
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  return { cost, salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') }
}

function derive(password: string, nonce: Buffer, cost: PasswordCost, tagLength: number): Promise<Buffer> {
  if (!canHashPasswords()) throw new Error('this Node has no Argon2: run the server with Node 24.7 or newer')
  const message = Buffer.from(normalPassword(password), 'utf8')
  return new Promise((resolve, reject) => {
    crypto.argon2('argon2id', { message, nonce, tagLength, ...cost }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
