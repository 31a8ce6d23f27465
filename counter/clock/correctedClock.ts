import type { ClockDoubt } from '../../core/counter/state.ts'
import type { StationClock } from '../../core/ports/clock.ts'
import { type Anchor, DRIFT, uncertaintyAt, voided } from './anchor.ts'

/**
 * How far an operating system's clock that nobody has measured may be off without being plainly wrong: a hardware clock
 * kept in local time, or a computer set to another zone, is off by a whole offset, and those lie 26 hours apart at most
 * (UTC−12 to UTC+14).
 */
export const UNMEASURED_MS = 26 * 3_600_000

/** An anchor is written down again when it is this old, or twice as exact as the one on disk: not at every answer. */
const KEEP_EVERY_MS = 10 * 60_000

/** A server whose clock was set is followed: its time is the time. Within this, it is only measured less exactly. */
const SERVER_SET_MS = 1_000

/** RFC 3339 has years of four digits. */
const LATEST_WRITABLE = Date.UTC(9999, 11, 31)

export interface ClockMemory {
  /** As it was kept last; null: never. */
  readonly anchor: Anchor | null
  /** A time that is certainly past, epoch milliseconds: of the server's clock, or of ours while it was anchored. */
  readonly past: number | null
  /** The corrected time of the journal's last event, whatever it was worth. */
  readonly journalLast: () => number | null
  readonly keep: (anchor: Anchor) => void
  /** The clock cannot be trusted any more, or again. */
  readonly changed: () => void
}

export const NO_MEMORY: ClockMemory = {
  anchor: null,
  past: null,
  journalLast: () => null,
  keep: () => {},
  changed: () => {},
}

/** What the clock says of now, epoch milliseconds. */
export interface ClockReading {
  readonly now: number
  /** Now is certainly not before. */
  readonly earliest: number
  /** Now is not after, as far as can be known; null: nothing tells. */
  readonly latest: number | null
  /** null: time is the server's. */
  readonly doubt: ClockDoubt | null
  /** The operating system's clock shows a time that is certainly past: its battery is dead, or it was set wrong. */
  readonly wrong: boolean
}

/**
 * The server's time, carried on by a clock that never jumps (CONTRACT.md §8). Without an anchor, after a restart of the
 * machine or a suspend, it is the operating system's, never before the journal's last, and doubted.
 */
export class CorrectedClock {
  readonly #clock: StationClock
  readonly #memory: ClockMemory
  #anchor: Anchor | null = null
  #kept: Anchor | null
  #doubt: ClockDoubt | null
  /** Certainly past, and when on the monotonic clock that was known. */
  #past: { readonly time: number; readonly monotonic: number } | null
  /** A question that was asked before has slept: its answer says nothing of now. */
  #awakeSince = Number.NEGATIVE_INFINITY

  constructor(clock: StationClock, memory: ClockMemory = NO_MEMORY) {
    this.#clock = clock
    this.#memory = memory
    const { anchor, past } = memory
    this.#kept = anchor
    const known = Math.max(past ?? Number.NEGATIVE_INFINITY, anchor?.serverTime ?? Number.NEGATIVE_INFINITY)
    this.#past = Number.isFinite(known) ? { time: known, monotonic: clock.monotonic() } : null
    this.#doubt = 'not_measured'
    if (!anchor) return
    const why = voided(anchor, this.#machine())
    this.#doubt = why
    if (why === 'suspended') this.#knowPast(anchor)
    if (why === null) this.#anchor = anchor
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.reading().now
  }

  reading(): ClockReading {
    this.#notice()
    const monotonic = this.#clock.monotonic()
    const anchor = this.#anchor
    if (anchor) {
      const now = Math.round(anchor.serverTime + monotonic - anchor.monotonic)
      const margin = Math.ceil(uncertaintyAt(anchor, monotonic, this.#clock.suspendedMs()))
      return { now, earliest: now - margin, latest: now + margin, doubt: null, wrong: false }
    }
    const system = this.system()
    const past = this.#past ? Math.round(this.#past.time + (monotonic - this.#past.monotonic) * (1 - DRIFT)) : null
    const wrong = past !== null && system < past - UNMEASURED_MS
    const now = Math.max(system, past ?? system, this.#memory.journalLast() ?? system)
    return {
      now,
      earliest: past ?? now - UNMEASURED_MS,
      latest: wrong ? null : now + UNMEASURED_MS,
      doubt: this.#doubt,
      wrong,
    }
  }

  /** The operating system's own, for the record and for screens, which have no other. */
  system(): number {
    return Math.min(LATEST_WRITABLE, Math.max(0, Math.round(this.#clock.now())))
  }

  /** A corrected time as the operating system's clock will show it. */
  toSystem(correctedAt: number): number {
    return correctedAt - this.now() + this.system()
  }

  monotonic(): number {
    return this.#clock.monotonic()
  }

  /** An answer says it was made at `asOf` (RFC 3339); it was asked for at `sentAt` on the monotonic clock. */
  observe(asOf: string, sentAt: number): void {
    this.#notice()
    if (sentAt < this.#awakeSince) return
    const { bootId, monotonic, suspendedMs } = this.#machine()
    const uncertaintyMs = Math.max(0, monotonic - sentAt) / 2
    const measured = { serverTime: Date.parse(asOf) + uncertaintyMs, monotonic, uncertaintyMs, bootId, suspendedMs }
    const current = this.#anchor
    if (current) {
      const margin = uncertaintyAt(current, monotonic, suspendedMs)
      const carried = current.serverTime + monotonic - current.monotonic
      const wasSet = Math.abs(measured.serverTime - carried) > margin + uncertaintyMs + SERVER_SET_MS
      if (uncertaintyMs > margin && !wasSet) return
      // A clock that was set is no measurement of the old one: what is on disk is of a time that never was.
      if (wasSet) this.#kept = null
    }
    this.#anchor = measured
    this.#doubt = null
    this.#keep(measured)
    if (!current) this.#memory.changed()
  }

  #machine(): { bootId: string; monotonic: number; suspendedMs: number } {
    const { bootId } = this.#clock
    return { bootId, monotonic: this.#clock.monotonic(), suspendedMs: this.#clock.suspendedMs() }
  }

  /** Whether the machine has slept since the anchor was measured. */
  #notice(): void {
    const anchor = this.#anchor
    if (!anchor) return
    const why = voided(anchor, this.#machine())
    if (why === null) return
    this.#knowPast(anchor)
    this.#anchor = null
    this.#doubt = why
    this.#awakeSince = this.#clock.monotonic()
    this.#memory.changed()
  }

  /** What the anchor still tells: at least as much time has passed since as the monotonic clock has counted. */
  #knowPast(anchor: Anchor): void {
    const monotonic = this.#clock.monotonic()
    const elapsedMs = Math.max(0, monotonic - anchor.monotonic)
    const time = anchor.serverTime + elapsedMs - uncertaintyAt(anchor, monotonic, anchor.suspendedMs)
    if (!this.#past || time > this.#past.time) this.#past = { time, monotonic }
  }

  #keep(anchor: Anchor): void {
    const kept = this.#kept
    const still = kept !== null && voided(kept, anchor) === null
    const due = !still || anchor.monotonic - kept.monotonic >= KEEP_EVERY_MS
    if (!due && anchor.uncertaintyMs > kept.uncertaintyMs / 2) return
    this.#kept = anchor
    this.#memory.keep(anchor)
  }
}
