import { MAX_EVENTS, type StationEvent, type SyncEventsResponse } from '../../core/events/event.ts'
import { unreachable } from '../../core/outcome.ts'
import type { GatewayResult } from '../../core/ports/couponGateway.ts'
import type { CorrectedClock } from '../clock/correctedClock.ts'
import type { Journal, SettledBatch } from '../store/counterStore.ts'
import { Backoff } from './backoff.ts'
import type { ExchangeParts } from './exchangeParts.ts'
import { Loop } from './loop.ts'

/** Five hundred approvals of a few lines, well below the size at which a server refuses a body. */
const MAX_BATCH_BYTES = 768 * 1024
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

/** Events on their way to the server. */
interface Batch {
  readonly events: readonly StationEvent[]
  readonly result: Promise<GatewayResult<SyncEventsResponse>>
}

/**
 * Takes the outbox to the server, oldest first. A row leaves when the server has answered for it; one that the server
 * will not even look at is put aside and shown, and the others go on. After a good answer the next events are on their way
 * before the answer is written down, so that neither side waits for the other's disk.
 */
export class Forwarder {
  readonly #parts: ForwarderParts
  readonly #loop: Loop
  readonly #backoff: Backoff
  /** For events that the server asks to send again; the journal lets it grow with every attempt. */
  readonly #again: Backoff
  #limit = MAX_EVENTS
  #ahead: Batch | null = null
  /** Goes on at once where it is waited that a request leaves. */
  #hurry: () => void = () => {}
  #stopping = false

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

  async stop(): Promise<void> {
    this.#stopping = true
    const stopped = this.#loop.stop()
    this.#hurry()
    await stopped
    // What the server says of these is said again when they are sent again.
    await this.#ahead?.result
    this.#ahead = null
  }

  async #round(): Promise<number | null> {
    const { journal, connectivity, clock } = this.#parts
    const batch = this.#ahead ?? this.#send(0)
    this.#ahead = null
    if (!batch) return this.#untilDue()
    const { events } = batch
    const result = await batch.result
    const revoked = result.kind === 'answered' && result.answer.station === 'revoked'
    connectivity.heard(revoked ? { kind: 'revoked', reason: 'station_revoked' } : result)
    switch (result.kind) {
      case 'answered': {
        const { results, changeSeq } = result.answer
        this.#limit = MAX_EVENTS
        if (!revoked && !this.#stopping) await this.#sendAhead(events)
        const now = clock.system()
        const settled = journal.settle(events, results, changeSeq, now, now + this.#again.next())
        if (!settled.ok) return DISK_RETRY_MS
        this.#backoff.reset()
        this.#parts.settled(settled.value)
        return this.#ahead ? 0 : this.#untilDue()
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

  /** Sends the oldest events that are due after the number `after`; null: there are none. */
  #send(after: number): Batch | null {
    const { journal, gateway, clock } = this.#parts
    const events = journal.due(clock.system(), this.#limit, MAX_BATCH_BYTES, after)
    return events.length === 0 ? null : { events, result: gateway.settle(events) }
  }

  /** Sends what comes after `sent`, and resolves when it has left. */
  async #sendAhead(sent: readonly StationEvent[]): Promise<void> {
    this.#ahead = this.#send(sent.at(-1)?.seq ?? 0)
    if (!this.#ahead) return
    await new Promise<void>((resolve) => {
      this.#hurry = resolve
      this.#parts.scheduler.after(0, resolve)
    })
  }

  #untilDue(): number | null {
    const due = this.#parts.journal.nextDue()
    // Not longer than a row is put off for: the clock may be set while we wait.
    return due === null ? null : Math.min(RETRY_MS, Math.max(0, due - this.#parts.clock.system()))
  }
}
