import { PROBE_DEADLINE_MS } from '../deadlines.ts'
import { type AskParts, askServer } from '../session/askWithin.ts'
import { Backoff } from './backoff.ts'
import type { ExchangeParts } from './exchangeParts.ts'
import { Loop } from './loop.ts'

/** Between probes that were answered. */
const AGAIN_MS = 500

/**
 * While nobody asks the server, finds out whether somebody may again: it is asked, as quickly as a cashier would need the
 * answer, for a redemption that nobody ever made. That goes the way a customer's request goes (token, database) and
 * changes nothing; a customer's own request is never the probe.
 */
export class Prober {
  readonly #parts: ExchangeParts & AskParts
  readonly #loop: Loop
  readonly #backoff: Backoff

  constructor(parts: ExchangeParts & AskParts) {
    this.#parts = parts
    this.#loop = new Loop(parts.scheduler, () => this.#round())
    this.#backoff = new Backoff({ firstMs: AGAIN_MS, maxMs: 5_000, ids: parts.ids })
  }

  /** The server was lost, or there is a sign of it. */
  wake(): void {
    this.#loop.wake()
  }

  stop(): Promise<void> {
    return this.#loop.stop()
  }

  async #round(): Promise<number | null> {
    const { connectivity, gateway, ids } = this.#parts
    if (!connectivity.wantsProbe) return null
    if (connectivity.pauseMs > 0) return connectivity.pauseMs
    const result = await askServer(this.#parts, PROBE_DEADLINE_MS, () => gateway.redemption(ids.uuid7()))
    if (!connectivity.wantsProbe) {
      this.#backoff.reset()
      return null
    }
    if (result.kind === 'answered' || result.kind === 'rejected') {
      this.#backoff.reset()
      return AGAIN_MS
    }
    return this.#backoff.after(result)
  }
}
