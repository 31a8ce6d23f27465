import type { RecallNews } from '../../core/ports/couponGateway.ts'
import { Backoff } from './backoff.ts'
import type { ExchangeParts } from './exchangeParts.ts'
import { Loop } from './loop.ts'

/** Nobody to listen to now: the puller will find the server again. */
const LOOK_AGAIN_MS = 5_000

export interface NewsListenerParts extends Omit<ExchangeParts, 'gateway'> {
  readonly recallNews: RecallNews
  /** The server calls a lease of ours back: look at the changes at once. */
  readonly recalled: () => void
}

/**
 * Listens for what cannot wait for the next look at the changes: that a lease is called back, because somewhere a cashier
 * waits for it. Everything else that changes, changes for every station, and is not asked for at once by all of them.
 */
export class NewsListener {
  readonly #parts: NewsListenerParts
  readonly #loop: Loop
  readonly #backoff: Backoff
  readonly #ended = new AbortController()

  constructor(parts: NewsListenerParts) {
    this.#parts = parts
    this.#loop = new Loop(parts.scheduler, () => this.#round())
    this.#backoff = new Backoff({ firstMs: 2_000, maxMs: 60_000, ids: parts.ids })
  }

  wake(): void {
    this.#loop.wake()
  }

  stop(): Promise<void> {
    this.#ended.abort()
    return this.#loop.stop()
  }

  async #round(): Promise<number | null> {
    const { recallNews, connectivity, recalled } = this.#parts
    if (connectivity.mode !== 'online') return LOOK_AGAIN_MS
    const heard = await recallNews(recalled, this.#ended.signal)
    if (heard) this.#backoff.reset()
    return this.#backoff.next()
  }
}
