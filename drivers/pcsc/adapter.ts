import type { NFC } from 'nfc-pcsc'
import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { MediumReader, ReaderEvents } from '../../core/readers/reader.ts'
import { retryDelayMs } from '../backoff.ts'
import { Emission } from '../emission.ts'
import { type Fault, loadFault } from '../nativeFault.ts'
import { CardSlot } from './cardSlot.ts'
import { serviceFault } from './faults.ts'

/** The service itself, reported beside its readers: `ready` while it has any. */
export const PCSC_SERVICE_ID = 'pcsc'

/** Loads the native binding; rejects where its shared library is missing. */
export type LoadNfc = () => Promise<{ readonly NFC: new () => NFC }>

const loadNfcPcsc: LoadNfc = () => import('nfc-pcsc')

/**
 * Contactless cards over PC/SC. Every reader the service knows is used; the service may be missing, stop and come back:
 * a new connection is tried after 0.2 to 1 s for as long as the counter runs.
 */
export class PcscReader implements MediumReader {
  readonly transport = 'pcsc'
  readonly #emission: Emission
  readonly #scheduler: Scheduler
  readonly #load: LoadNfc
  readonly #slots = new Set<CardSlot>()
  #nfc: NFC | null = null
  #failures = 0
  #cancelRetry = () => {}
  #stopped = false

  constructor(clock: Clock, ids: Ids, scheduler: Scheduler, load: LoadNfc = loadNfcPcsc) {
    this.#emission = new Emission(clock, ids)
    this.#scheduler = scheduler
    this.#load = load
  }

  start(events: ReaderEvents): void {
    this.#emission.open(events)
    this.#report({ state: 'opening' })
    void this.#connect()
  }

  setDataEventEnabled(enabled: boolean): void {
    this.#emission.setEnabled(enabled)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancelRetry()
    this.#release()
    this.#emission.close()
  }

  async #connect(): Promise<void> {
    let module: Awaited<ReturnType<LoadNfc>>
    try {
      module = await this.#load()
    } catch (error) {
      this.#report(loadFault(error, 'pcscd libpcsclite1'))
      return
    }
    if (this.#stopped) return
    const nfc = new module.NFC()
    this.#nfc = nfc
    nfc.pcsc.on('started', () => {
      this.#failures = 0
      this.#reportPresence()
    })
    nfc.on('reader', (reader) => {
      const slot = new CardSlot(reader, this.#emission, this.#scheduler)
      this.#slots.add(slot)
      this.#reportPresence()
      reader.on('end', () => {
        slot.end()
        this.#slots.delete(slot)
        this.#reportPresence()
      })
    })
    nfc.on('error', (error) => this.#lost(error))
  }

  /** The connection to the service is gone, or never came about. */
  #lost(error: unknown): void {
    if (this.#stopped) return
    this.#release()
    this.#report(serviceFault(error))
    this.#failures += 1
    this.#cancelRetry = this.#scheduler.after(retryDelayMs(this.#failures), () => void this.#connect())
  }

  #release(): void {
    const nfc = this.#nfc
    this.#nfc = null
    for (const slot of this.#slots) slot.end()
    this.#slots.clear()
    nfc?.close()
  }

  #reportPresence(): void {
    if (this.#nfc) this.#report({ state: this.#slots.size > 0 ? 'ready' : 'absent' })
  }

  #report(fault: Fault): void {
    this.#emission.health({ readerId: PCSC_SERVICE_ID, transport: 'pcsc', name: 'Card readers (PC/SC)', ...fault })
  }
}
