import type { RawMedium } from '../core/media/medium.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Ids } from '../core/ports/ids.ts'
import type {
  MediumRead,
  Presenting,
  RawPresentation,
  ReaderEvents,
  ReaderHealth,
  ReadFailure,
} from '../core/readers/reader.ts'
import type { ScanData } from '../core/readers/scan.ts'
import type { ScanOutcome } from './decoding/decodeScan.ts'

/** What a presentation was made of, for support: masked. Only asked for while the reader is under test. */
export type Trace = () => { readonly hex: string; readonly text: string }

const NO_TRACE: Trace = () => ({ hex: '', text: '' })

/** Bounds of the protocol's `RawRead`. */
const MAX_HEX = 8_192
const MAX_TEXT = 1_024

/**
 * What every adapter reports through: gives each read its id and time, holds the `dataEventEnabled` gate, sends what is
 * presented to a reader under test to support instead of to a customer, and drops a health that says nothing new. After
 * `close()` nothing comes out any more.
 */
export class Emission {
  readonly #clock: Clock
  readonly #ids: Ids
  readonly #healths = new Map<string, ReaderHealth>()
  #events: ReaderEvents | null = null
  #enabled = true
  #presenting: Presenting = { to: 'customer' }
  #disabled: ReadonlySet<string> = new Set()

  constructor(clock: Clock, ids: Ids) {
    this.#clock = clock
    this.#ids = ids
  }

  open(events: ReaderEvents): void {
    this.#events = events
  }

  /** Reports every known reader as absent, then falls silent. */
  close(): void {
    for (const { code: _code, fix: _fix, ...health } of this.#healths.values()) {
      this.health({ ...health, state: 'absent' })
    }
    this.#events = null
    this.#healths.clear()
  }

  setEnabled(enabled: boolean): void {
    this.#enabled = enabled
  }

  setPresenting(presenting: Presenting): void {
    this.#presenting = presenting
  }

  setDisabled(readerIds: ReadonlySet<string>): void {
    this.#disabled = readerIds
  }

  isDisabled(readerId: string): boolean {
    return this.#disabled.has(readerId)
  }

  /** Whether anybody wants to know what is presented to this reader now. */
  listensTo(readerId: string): boolean {
    return this.#audience(readerId) !== null
  }

  health(health: ReaderHealth): void {
    if (!this.#events) return
    const known = this.#healths.get(health.readerId)
    if (known && sameHealth(known, health)) return
    this.#healths.set(health.readerId, health)
    this.#events.health(health)
  }

  reading(readerId: string): void {
    if (this.#audience(readerId) === 'customer') this.#events?.reading(readerId)
  }

  read(
    readerId: string,
    medium: RawMedium,
    entry: MediumRead['entry'],
    { scan, trace = NO_TRACE }: { readonly scan?: ScanData; readonly trace?: Trace } = {},
  ): void {
    const symbology = scan ? { symbology: scan.symbology } : {}
    if (this.#diverted(readerId, { mediumType: medium.type, ...symbology }, trace)) return
    const read = { readId: this.#ids.uuid7(), readerId, medium, entry, readAt: this.#clock.now() }
    this.#events?.read(scan ? { ...read, scan } : read)
  }

  failed(readerId: string, reason: ReadFailure['reason'], trace: Trace = NO_TRACE): void {
    if (this.#diverted(readerId, { reason }, trace)) return
    this.#events?.failed({ readId: this.#ids.uuid7(), readerId, reason, readAt: this.#clock.now() })
  }

  /** One scanned symbol, decoded, from its first to its last event. */
  scanned(readerId: string, outcome: ScanOutcome, trace: Trace = NO_TRACE): void {
    this.reading(readerId)
    if (!outcome.ok) this.failed(readerId, outcome.reason, trace)
    else this.read(readerId, outcome.value.medium, 'scan', { scan: outcome.value.scan, trace })
  }

  /** What came from a reader and was no presentation: a configuration reply, a report of another kind. */
  ignored(readerId: string, trace: Trace): void {
    if (this.#audience(readerId) === 'test') this.#raw(readerId, {}, trace)
  }

  #audience(readerId: string): Presenting['to'] | null {
    if (!this.#events || this.#disabled.has(readerId)) return null
    if (this.#presenting.to === 'identify') return 'identify'
    if (this.#presenting.to === 'test' && this.#presenting.readerId === readerId) return 'test'
    return this.#enabled ? 'customer' : null
  }

  /** Whether this presentation is for nobody, or for somebody who is not a customer, and has been told. */
  #diverted(readerId: string, outcome: RawOutcome, trace: Trace): boolean {
    switch (this.#audience(readerId)) {
      case 'customer':
        return false
      case 'test':
        this.#raw(readerId, outcome, trace)
        return true
      case 'identify':
        this.#presenting = { to: 'customer' }
        this.#events?.identified?.(readerId)
        return true
      default:
        return true
    }
  }

  #raw(readerId: string, outcome: RawOutcome, trace: Trace): void {
    const { hex, text } = trace()
    const at = this.#clock.now()
    this.#events?.raw?.({ readerId, at, hex: hex.slice(0, MAX_HEX), text: text.slice(0, MAX_TEXT), ...outcome })
  }
}

type RawOutcome = Pick<RawPresentation, 'symbology' | 'mediumType' | 'reason'>

function sameHealth(a: ReaderHealth, b: ReaderHealth): boolean {
  return TOLD.every((part) => a[part] === b[part])
}

const TOLD = ['state', 'code', 'fix', 'name', 'portPath', 'model', 'programmingCode'] as const
