import type { RawMedium } from '../core/media/medium.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Ids } from '../core/ports/ids.ts'
import type { MediumRead, ReaderEvents, ReaderHealth, ReadFailure } from '../core/readers/reader.ts'
import type { ScanData } from '../core/readers/scan.ts'

/**
 * What every adapter reports through: gives each read its id and time, holds the `dataEventEnabled` gate, and drops a
 * health that says nothing new. After `close()` nothing comes out any more.
 */
export class Emission {
  readonly #clock: Clock
  readonly #ids: Ids
  readonly #healths = new Map<string, ReaderHealth>()
  #events: ReaderEvents | null = null
  #enabled = true

  constructor(clock: Clock, ids: Ids) {
    this.#clock = clock
    this.#ids = ids
  }

  open(events: ReaderEvents): void {
    this.#events = events
  }

  /** Reports every known reader as absent, then falls silent. */
  close(): void {
    for (const { readerId, transport, name } of this.#healths.values()) {
      this.health({ readerId, transport, name, state: 'absent' })
    }
    this.#events = null
    this.#healths.clear()
  }

  setEnabled(enabled: boolean): void {
    this.#enabled = enabled
  }

  get enabled(): boolean {
    return this.#enabled && this.#events !== null
  }

  health(health: ReaderHealth): void {
    if (!this.#events) return
    const known = this.#healths.get(health.readerId)
    if (known && known.state === health.state && known.code === health.code && known.fix === health.fix) return
    this.#healths.set(health.readerId, health)
    this.#events.health(health)
  }

  reading(readerId: string): void {
    if (this.enabled) this.#events?.reading(readerId)
  }

  /** `scan`: what a bar code scanner's read is beside its medium. */
  read(readerId: string, medium: RawMedium, entry: MediumRead['entry'], scan?: ScanData): void {
    if (!this.enabled) return
    const read = { readId: this.#ids.uuid7(), readerId, medium, entry, readAt: this.#clock.now() }
    this.#events?.read(scan === undefined ? read : { ...read, scan })
  }

  failed(readerId: string, reason: ReadFailure['reason']): void {
    if (!this.enabled) return
    this.#events?.failed({ readId: this.#ids.uuid7(), readerId, reason, readAt: this.#clock.now() })
  }
}
