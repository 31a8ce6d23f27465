import type { CounterState } from '../core/counter/state.ts'
import type { Scheduler } from '../core/ports/scheduler.ts'
import type { Cashiers } from './cashiers.ts'
import { EVENTS_WAITING, type Refusal, refusal, STORAGE_FAILED } from './session/model.ts'
import { isClear, type RetiredBecause, type StationKeeping } from './station/enrolment.ts'
import type { CounterStore } from './store/counterStore.ts'
import type { Connectivity } from './sync/connectivity.ts'

/** How long a machine that is taken out of service may take to send its last events. */
const LAST_EVENTS_MS = 10_000
const LOOK_AGAIN_MS = 100
const PURGE_AGAIN_MS = 1_000

export interface ServiceParts {
  readonly store: CounterStore
  readonly cashiers: Pick<Cashiers, 'admitManager' | 'signOut'>
  readonly scheduler: Scheduler
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly isBusy: () => boolean
  readonly changed: () => void
  readonly station: StationKeeping
  readonly connectivity: Pick<Connectivity, 'toldRevoked'>
  /** true: everything that is lent goes back, and nothing more is borrowed. */
  readonly giveUpLeases: (gaveUp: boolean) => void
  /** This machine is no station any more: the program ends, and begins anew without keys and copy. */
  readonly ended: () => void
}

/** What a manager does with the machine itself: saves what waits to a file, takes it out of service. */
export class Service {
  readonly #parts: ServiceParts
  #queueExport: CounterState['queueExport'] = null
  #purging = false

  constructor(parts: ServiceParts) {
    this.#parts = parts
  }

  get queueExport(): CounterState['queueExport'] {
    return this.#queueExport
  }

  /** Writes what waits to a file; null: written. The file names nobody: media are in it by key. */
  exportQueue(): Refusal | null {
    const at = this.#parts.now()
    const written = this.#parts.store.exportQueue(at)
    if (!written.ok) return STORAGE_FAILED
    const { path, events } = written.value
    this.#queueExport = { path, events, at }
    this.#parts.changed()
    return null
  }

  /** Takes this machine out of service, for a manager; null: done. Refused while the server has not taken everything. */
  async unenrol(operatorId: string, pin: string): Promise<Refusal | null> {
    const { cashiers, isBusy, store, giveUpLeases } = this.#parts
    const admitted = await cashiers.admitManager(operatorId, pin)
    if (!admitted.ok) return admitted.refused
    if (isBusy()) return refusal('in_progress')
    giveUpLeases(true)
    const isSent = () => isClear(store.journal.backlog())
    // Until then nobody is sent away: a counter that cannot be given up goes on as it was.
    if (!(await this.#waitFor(isSent))) {
      giveUpLeases(false)
      return EVENTS_WAITING
    }
    if (isBusy()) {
      giveUpLeases(false)
      return refusal('in_progress')
    }
    // The sign-out is an event too, and must be sent like any other.
    cashiers.signOut()
    await this.#waitFor(() => isSent() && store.journal.leases().length === 0)
    // A lease that cannot go back is a manager's to write off; nothing that happened here is lost with it.
    if (isClear(store.journal.backlog()) && this.#forget('unenrolled')) return null
    giveUpLeases(false)
    return isClear(store.journal.backlog()) ? STORAGE_FAILED : EVENTS_WAITING
  }

  /** Head office has revoked this station: once the server has everything, the keys and the copy go; the journal stays. */
  purgeWhenClear(): void {
    if (this.#purging) return
    this.#purging = true
    void this.#purge()
  }

  async #purge(): Promise<void> {
    const { store, isBusy, connectivity } = this.#parts
    while (connectivity.toldRevoked) {
      if (!isBusy() && isClear(store.journal.backlog()) && this.#forget('station_revoked')) return
      await this.#pause(PURGE_AGAIN_MS)
    }
    this.#purging = false
  }

  /** The keys first: if the power fails in between, the next start throws the copy away. */
  #forget(reason: RetiredBecause): boolean {
    const { station, store, ended } = this.#parts
    if (!station.forget(reason)) return false
    store.replica.reset()
    ended()
    return true
  }

  /** What is under way with the server comes to its end, or not in time; leases are given back meanwhile. */
  async #waitFor(isDone: () => boolean): Promise<boolean> {
    for (let waited = 0; !isDone() && waited < LAST_EVENTS_MS; waited += LOOK_AGAIN_MS) {
      await this.#pause(LOOK_AGAIN_MS)
      this.#parts.giveUpLeases(true)
    }
    return isDone()
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#parts.scheduler.after(ms, resolve)
    })
  }
}
