import type { Clock } from '../core/ports/clock.ts'
import type { Ids } from '../core/ports/ids.ts'
import type { Scheduler } from '../core/ports/scheduler.ts'
import type { Indication, MediumReader, Presenting, ReaderEvents, Transport } from '../core/readers/reader.ts'
import type { DeviceSource } from './deviceSource.ts'
import { Emission } from './emission.ts'
import type { HotPlug } from './hotplug.ts'
import { Supervisor } from './supervisor.ts'

/** A transport whose devices come and go: its source under a supervisor, behind the port that the counter knows. */
export abstract class SupervisedReader implements MediumReader {
  readonly transport: Transport
  readonly #emission: Emission
  readonly #supervisor: Supervisor

  constructor(
    clock: Clock,
    ids: Ids,
    scheduler: Scheduler,
    makeSource: (emission: Emission) => DeviceSource,
    hotPlug?: HotPlug,
  ) {
    this.#emission = new Emission(clock, ids)
    const source = makeSource(this.#emission)
    this.transport = source.transport
    this.#supervisor = new Supervisor(source, this.#emission, scheduler, hotPlug)
  }

  start(events: ReaderEvents): void {
    this.#emission.open(events)
    this.#supervisor.start()
  }

  setDataEventEnabled(enabled: boolean): void {
    this.#emission.setEnabled(enabled)
  }

  setPresenting(presenting: Presenting): void {
    this.#emission.setPresenting(presenting)
  }

  setDisabled(readerIds: ReadonlySet<string>): void {
    this.#emission.setDisabled(readerIds)
    this.#supervisor.reconsider()
  }

  indicate(readerId: string, outcome: Indication): Promise<boolean> {
    return this.#supervisor.indicate(readerId, outcome)
  }

  async stop(): Promise<void> {
    await this.#supervisor.stop()
    this.#emission.close()
  }
}
