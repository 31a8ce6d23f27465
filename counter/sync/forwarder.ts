import { MAX_EVENTS } from '../../core/events/event.ts'
import { unreachable } from '../../core/outcome.ts'
import type { CorrectedClock } from '../clock/correctedClock.ts'
import type { Journal, SettledBatch } from '../store/counterStore.ts'
import { Backoff } from './backoff.ts'
import type { ExchangeParts } from './exchangeParts.ts'
import { Loop } from './loop.ts'

/** Well below the size at which a server refuses a body. */
const MAX_BATCH_BYTES = 512 * 1024
/** An event the server asks to send again is left alone this long. */
const RETRY_MS = 5_000
const DISK_RETRY_MS = 10_000
/** Malformed, too large, not to be processed: what a server says of a batch and not of itself. */
const ABOUT_THE_EVENTS: readonly number[] = [400, 413, 422]

export interface ForwarderParts extends ExchangeParts {
  readonly journal: Journal
  readonly clock: CorrectedClock
  /** Something settled: what waits has changed, and some of it a person should see. */
  readonly settled: (batch: SettledBatch) => void
}

/**
 * Takes the outbox to the server, oldest first. A row leaves when the server has answered for it; one that the server
 * will not even look at is put aside and shown, and the others go on.
 */
export class Forwarder {
  readonly #parts: ForwarderParts
  readonly #loop: Loop
  readonly #backoff: Backoff
  /** For events that the server asks to send again; the journal lets it grow with every attempt. */
  readonly #again: Backoff
  #limit = MAX_EVENTS

  constructor(parts: ForwarderParts) {
    this.#parts = parts
    this.#loop = new Loop(parts.scheduler, () => this.#round())
    this.#backoff = new Backoff({ firstMs: 500, maxMs: 30_000, ids: parts.ids })
    this.#again = new Backoff({ firstMs: RETRY_MS, maxMs: RETRY_MS, ids: parts.ids })
  }

  /** Something was journaled, or the server is back. */
  wake(): void {
    this.#loop.wake()
  }

  stop(): Promise<void> {
    return this.#loop.stop()
  }

  async #round(): Promise<number | null> {
    const { journal, gateway, connectivity, clock } = this.#parts
    const events = journal.due(clock.system(), this.#limit, MAX_BATCH_BYTES)
    if (events.length === 0) return this.#untilDue()
    const result = await gateway.settle(events)
    const revoked = result.kind === 'answered' && result.answer.station === 'revoked'
    connectivity.heard(revoked ? { kind: 'revoked', reason: 'station_revoked' } : result)
    switch (result.kind) {
      case 'answered': {
        const { results, changeSeq } = result.answer
        const now = clock.system()
        const settled = journal.settle(events, results, changeSeq, now, now + this.#again.next())
        if (!settled.ok) return DISK_RETRY_MS
        this.#backoff.reset()
        this.#limit = MAX_EVENTS
        this.#parts.settled(settled.value)
        return this.#untilDue()
      }
      case 'rejected': {
        const [first] = events
        // A route that is not there, or another version of the contract, says nothing about the event.
        if (!ABOUT_THE_EVENTS.includes(result.problem.status)) return this.#backoff.next()
        if (events.length > 1 || !first) {
          this.#limit = Math.ceil(events.length / 2)
          return 0
        }
        const reason = result.problem.reason ?? 'invalid_request'
        if (!journal.quarantine(first.seq, reason).ok) return DISK_RETRY_MS
        this.#limit = MAX_EVENTS
        this.#parts.settled({ forced: [], quarantined: [{ eventId: first.id, reason }] })
        return 0
      }
      case 'throttled':
      case 'revoked':
      case 'unreachable':
        return this.#backoff.after(result)
      default:
        return unreachable(result)
    }
  }

  #untilDue(): number | null {
    const due = this.#parts.journal.nextDue()
    // Not longer than a row is put off for: the clock may be set while we wait.
    return due === null ? null : Math.min(RETRY_MS, Math.max(0, due - this.#parts.clock.system()))
  }
}
