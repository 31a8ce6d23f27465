import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { WedgeKey } from '../../core/readers/protocol.ts'
import type { MediumReader, ReaderEvents } from '../../core/readers/reader.ts'
import { Emission } from '../emission.ts'
import { decodeWedgeBurst } from './codec.ts'

export const WEDGE_READER_ID = 'wedge'

/** Keyboard-wedge scanners: the operating system owns them as keyboards, so a shell captures their keys and hands them in. */
export class WedgeReader implements MediumReader {
  readonly transport = 'wedge'
  readonly #emission: Emission

  constructor(clock: Clock, ids: Ids) {
    this.#emission = new Emission(clock, ids)
  }

  start(events: ReaderEvents): void {
    this.#emission.open(events)
    this.#emission.health({ readerId: WEDGE_READER_ID, transport: 'wedge', name: 'Keyboard scanner', state: 'ready' })
  }

  setDataEventEnabled(enabled: boolean): void {
    this.#emission.setEnabled(enabled)
  }

  /** One burst, complete: the shell has seen its end. */
  receive(keys: readonly WedgeKey[]): void {
    for (const outcome of decodeWedgeBurst(keys)) {
      this.#emission.reading(WEDGE_READER_ID)
      if (outcome.ok) this.#emission.read(WEDGE_READER_ID, outcome.value, 'scan')
      else this.#emission.failed(WEDGE_READER_ID, outcome.reason)
    }
  }

  async stop(): Promise<void> {
    this.#emission.close()
  }
}
