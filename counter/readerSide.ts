import type { Entry, RawMedium } from '../core/media/medium.ts'
import type { DevicesConfiguration } from '../core/readers/protocol.ts'
import { type DevicesAnswer, DevicesLink } from './devicesLink.ts'
import { OutcomeLights } from './outcomeLights.ts'
import { Reads, type ReadsParts } from './reads.ts'
import type { VisitModel } from './session/model.ts'

export interface ReaderSideParts extends Omit<ReadsParts, 'lights'> {
  readonly configuration: DevicesConfiguration
  readonly health: () => void
  /** A new devices process has its configuration. */
  readonly attached: () => void
  readonly answered: (answer: DevicesAnswer) => void
}

/** Readers and what comes from them: the devices process, its reads on their way to the till, and the outcome's lights. */
export class ReaderSide {
  readonly devices: DevicesLink
  readonly #lights: OutcomeLights
  readonly #reads: Reads

  constructor(parts: ReaderSideParts) {
    const { configuration, health, attached, answered } = parts
    this.devices = new DevicesLink(configuration, {
      health,
      attached,
      answered,
      reading: (readerId) => this.#reads.reading(readerId),
      read: (read) => this.#reads.read(read),
      failed: (failure) => this.#reads.failed(failure),
    })
    this.#lights = new OutcomeLights(this.devices)
    this.#reads = new Reads({ ...parts, lights: this.#lights })
  }

  /** The keys that media are known by, each 32 bytes in base64url. */
  hashWith(keys: readonly { readonly v: number; readonly key: string }[]): void {
    this.#reads.hashWith(keys)
  }

  /** A medium that no reader read. */
  present(medium: RawMedium, entry: Entry): void {
    this.#reads.present(medium, entry, null)
  }

  /** The visit as it is now; `welcome`: a card may be read. */
  follow(visit: VisitModel, welcome: boolean): void {
    this.#lights.follow(visit)
    this.devices.setDataEventEnabled(welcome)
  }
}
