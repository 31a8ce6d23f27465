import { generateKeyPairSync } from 'node:crypto'
import { rmSync } from 'node:fs'
import type { Operator } from '../../core/contract/sessions.ts'
import type { Channel } from '../../core/ports/channel.ts'
import { DevicesMessage } from '../../core/readers/protocol.ts'
import type { Training } from '../cashier/cashierDesk.ts'
import type { Counter, CounterOptions } from '../counter.ts'
import { ed25519Sealer } from '../station/sealer.ts'
import type { CounterStore } from '../store/counterStore.ts'
import { openCounterStore } from '../store/sqlite/openCounterStore.ts'
import { practiceServer } from './practiceServer.ts'
import { SwitchedChannel } from './switchedChannel.ts'

export interface TrainableParts {
  /** Makes a counter: the real one, and one for each training. */
  readonly create: (options: CounterOptions) => Counter
  /** Of a training alone: made when one begins, and thrown away with everything in it when it ends. */
  readonly folder: string
  /** Does something once what is being answered now has been answered. */
  readonly soon: (task: () => void) => void
}

/**
 * A counter that its cashier may turn into a training and back. A training is another counter in its place, over files
 * and a server of its own: the real one keeps its visitor, its journal and its outbox, goes on sending, and sees neither
 * screen nor reader until the training ends. A program that dies in a training begins as the real counter.
 */
export function trainableCounter(options: CounterOptions, parts: TrainableParts): Counter {
  rmSync(parts.folder, { recursive: true, force: true })
  return new TrainableCounter(options, parts)
}

class TrainableCounter implements Counter {
  readonly #options: CounterOptions
  readonly #parts: TrainableParts
  readonly #real: Counter
  readonly #screens = new Set<SwitchedChannel>()
  readonly #displays = new Set<SwitchedChannel>()
  readonly #keys = generateKeyPairSync('ed25519')
  #devices: SwitchedChannel | null = null
  #practice: Counter | null = null

  constructor(options: CounterOptions, parts: TrainableParts) {
    this.#options = options
    this.#parts = parts
    this.#real = parts.create({ ...options, training: this.#training(false) })
  }

  attach(client: Channel): void {
    this.#add(this.#screens, client, (channel) => this.#current.attach(channel))
  }

  attachDisplay(client: Channel): void {
    this.#add(this.#displays, client, (channel) => this.#current.attachDisplay(channel))
  }

  attachDevices(devices: Channel): void {
    const ended = () => {
      if (this.#devices === line) this.#devices = null
    }
    const line: SwitchedChannel = new SwitchedChannel(devices, ended, readerOf)
    this.#devices = line
    line.handTo((channel) => this.#current.attachDevices(channel))
  }

  async stop(): Promise<void> {
    await this.#end()
    await this.#real.stop()
  }

  get #current(): Counter {
    return this.#practice ?? this.#real
  }

  #add(lines: Set<SwitchedChannel>, client: Channel, attach: (channel: Channel) => void): void {
    const line: SwitchedChannel = new SwitchedChannel(client, () => lines.delete(line))
    lines.add(line)
    line.handTo(attach)
  }

  #training(isTraining: boolean): Training {
    const underWay = () => this.#practice !== null
    return {
      isTraining,
      get isUnderWay() {
        return underWay()
      },
      begin: (cashier) => this.#begin(cashier),
      end: () => this.#parts.soon(() => void this.#end()),
    }
  }

  #begin(cashier: Operator): boolean {
    if (this.#practice) return false
    const store = this.#open()
    if (!store) return false
    const { ids, clock, sample, scheduler, categories, devicesConfiguration } = this.#options
    const { publicKey } = this.#keys
    this.#practice = this.#parts.create({
      store,
      station: {
        publicKey: () => publicKey.export({ format: 'jwk' }).x ?? '',
        sign: () => new Uint8Array(),
        enrolment: () => this.#station(),
        enrolled: () => false,
        forget: () => false,
        retired: () => null,
      },
      gateway: practiceServer({ ids, now: () => clock.now(), store: () => this.#store() }),
      clock,
      ids,
      scheduler,
      devicesConfiguration,
      categories,
      sample,
      training: this.#training(true),
      cashier,
    })
    this.#parts.soon(() => this.#hand())
    return true
  }

  async #end(): Promise<void> {
    const practice = this.#practice
    if (!practice) return
    this.#practice = null
    this.#hand()
    await practice.stop()
    rmSync(this.#parts.folder, { recursive: true, force: true })
  }

  #hand(): void {
    const counter = this.#current
    for (const screen of this.#screens) screen.handTo((channel) => counter.attach(channel))
    for (const display of this.#displays) display.handTo((channel) => counter.attachDisplay(channel))
    this.#devices?.handTo((channel) => counter.attachDevices(channel))
  }

  /** This station as it is set now, without what it signs in to the server with. */
  #station() {
    const enrolment = this.#options.station.enrolment()
    const recorded = this.#options.store.journal.station()
    return enrolment && { ...enrolment, ...recorded, token: '' }
  }

  #store() {
    const station = this.#station()
    if (!station) throw new Error('a training of a station that is not enrolled')
    return station.store
  }

  /** Files of their own, with the people and the readers of the real ones; null: the disk does not let us. */
  #open(): CounterStore | null {
    const { folder } = this.#parts
    const { store: real, clock, ids } = this.#options
    const opened = openCounterStore(
      folder,
      ed25519Sealer(() => this.#keys.privateKey),
    )
    if (!opened.ok) return null
    const { value: store } = opened
    const now = clock.now()
    const people = store.replica.apply(real.replica.operators(), { cursor: 'practice', changeSeq: 1, asOf: now })
    const readers = real.journal.readerSettings()
    const event = {
      type: 'policy',
      id: ids.uuid7(),
      stationAt: now,
      correctedAt: now,
      body: { action: 'practice' },
    } as const
    const kept = readers ? store.journal.keepReaderSettings(readers, event) : people
    if (people.ok && kept.ok) return store
    store.close()
    return null
  }
}

/** Readers are reported when something about them changes: the one that a report is about. */
function readerOf(message: unknown): string | null {
  const parsed = DevicesMessage.safeParse(message)
  return parsed.success && parsed.data.type === 'health' ? parsed.data.health.readerId : null
}
