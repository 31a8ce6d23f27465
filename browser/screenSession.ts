import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * Who may open a screen: whoever was given a one-time token, and afterwards the browser that exchanged it. All secrets
 * are 256 random bits, live in memory only and end with the process. There is one screen's browser at a time: a newly
 * issued token ends the one before it, and its exchange ends the session before it.
 */
export class ScreenSession {
  #tokenDigest: Buffer | null = null
  #sessionDigest: Buffer | null = null

  /** Makes a token; it goes into the address's fragment, which browsers never send to a server. */
  issue(): string {
    const token = secret()
    this.#tokenDigest = digest(token)
    return token
  }

  /** Exchanges the token for the session's secret, once; null for a wrong or used token. */
  exchange(token: string): string | null {
    if (this.#tokenDigest === null || !timingSafeEqual(digest(token), this.#tokenDigest)) return null
    this.#tokenDigest = null
    const session = secret()
    this.#sessionDigest = digest(session)
    return session
  }

  /** Whether this is the secret that the exchange gave out. */
  accepts(session: string | undefined): boolean {
    if (session === undefined || this.#sessionDigest === null) return false
    return timingSafeEqual(digest(session), this.#sessionDigest)
  }
}

const secret = (): string => randomBytes(32).toString('base64url')

// Digests are of one length, which timingSafeEqual asks for, and say nothing about the secret's own length.
const digest = (value: string): Buffer => createHash('sha256').update(value).digest()
