import type { RawMedium } from '../../core/media/medium.ts'
import { unreachable } from '../../core/outcome.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { MediumReader, Presenting, ReaderEvents } from '../../core/readers/reader.ts'
import { DISABLED } from '../deviceSource.ts'
import { Emission } from '../emission.ts'
import { simulatedOutcome } from './codec.ts'

export const SIMULATED_READER_ID = 'simulated'

/** How long a `slow` medium stays in the field before it has answered. */
const SLOW_MS = 1_500

export type SimulatedFault = 'unstable' | 'unreadable' | 'slow'

/** A reader for demonstrations and training: `present` holds a medium to it, or plays a bad tap. */
export class SimulatedReader implements MediumReader {
  readonly transport = 'simulated'
  readonly #emission: Emission
  readonly #scheduler: Scheduler
  readonly #pending = new Set<() => void>()

  constructor(clock: Clock, ids: Ids, scheduler: Scheduler) {
    this.#emission = new Emission(clock, ids)
    this.#scheduler = scheduler
  }

  start(events: ReaderEvents): void {
    this.#emission.open(events)
    this.#report()
  }

  setDataEventEnabled(enabled: boolean): void {
    this.#emission.setEnabled(enabled)
  }

  setPresenting(presenting: Presenting): void {
    this.#emission.setPresenting(presenting)
  }

  setDisabled(readerIds: ReadonlySet<string>): void {
    this.#emission.setDisabled(readerIds)
    this.#report()
  }

  present(medium: RawMedium, fault?: SimulatedFault): void {
    this.#emission.reading(SIMULATED_READER_ID)
    switch (fault) {
      case 'unstable':
        this.#emission.failed(SIMULATED_READER_ID, 'medium_unstable')
        break
      case 'unreadable':
        this.#emission.failed(SIMULATED_READER_ID, 'medium_unreadable')
        break
      case 'slow': {
        const cancel = this.#scheduler.after(SLOW_MS, () => {
          this.#pending.delete(cancel)
          this.#deliver(medium)
        })
        this.#pending.add(cancel)
        break
      }
      case undefined:
        this.#deliver(medium)
        break
      default:
        unreachable(fault)
    }
  }

  async stop(): Promise<void> {
    for (const cancel of this.#pending) cancel()
    this.#pending.clear()
    this.#emission.close()
  }

  #report(): void {
    const state = this.#emission.isDisabled(SIMULATED_READER_ID) ? DISABLED : ({ state: 'ready' } as const)
    this.#emission.health({
      readerId: SIMULATED_READER_ID,
      transport: 'simulated',
      name: 'Simulated reader',
      ...state,
    })
  }

  #deliver(medium: RawMedium): void {
    const outcome = simulatedOutcome(medium)
    if (!outcome.ok) {
      this.#emission.failed(SIMULATED_READER_ID, outcome.reason)
      return
    }
    const entry = medium.type === 'barcode' || medium.type === 'qr' ? 'scan' : 'tap'
    this.#emission.read(SIMULATED_READER_ID, outcome.value, entry)
  }
}
