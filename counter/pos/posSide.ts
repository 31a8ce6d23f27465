import type { CounterState } from '../../core/counter/state.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { PosCounter } from '../../core/pos/counterView.ts'
import type { Cashiers } from '../cashiers.ts'
import type { CorrectedClock } from '../clock/correctedClock.ts'
import type { DevicesLink } from '../devicesLink.ts'
import type { Screens } from '../screens.ts'
import type { EventWriter } from '../session/eventWriter.ts'
import type { Refusal } from '../session/model.ts'
import { visitView } from '../session/visitView.ts'
import type { Enrolment } from '../station/enrolment.ts'
import type { Journal } from '../store/counterStore.ts'
import type { Connectivity } from '../sync/connectivity.ts'
import { PosAccesses } from './accesses.ts'
import type { BridgeProblem, PosApi, PosBridge } from './api.ts'
import { PosDesk, type PosDeskParts } from './posDesk.ts'
import { PosPresence } from './presence.ts'
import { counterOf } from './views.ts'

export interface PosSideParts extends Pick<PosDeskParts, 'till' | 'storageFailed' | 'journaled'> {
  readonly journal: Journal
  readonly events: EventWriter
  readonly ids: Ids
  readonly scheduler: Scheduler
  readonly clock: Pick<CorrectedClock, 'now' | 'system' | 'toSystem'>
  /** null: this counter talks to no POS. */
  readonly bridge: PosBridge | null
  readonly enrolment: Pick<Enrolment, 'state' | 'station'>
  readonly connectivity: Pick<Connectivity, 'mode'>
  readonly cashiers: Pick<Cashiers, 'current'>
  readonly devices: Pick<DevicesLink, 'readers'>
  readonly inTraining: () => boolean
  readonly screens: Pick<Screens, 'changed' | 'watch'>
}

/** A counter's side towards POS software: who may use it, what they do here, and the bridge they come by. */
export class PosSide {
  readonly #parts: PosSideParts
  readonly #accesses: PosAccesses
  readonly #desk: PosDesk
  readonly #presence: PosPresence
  #ended = false

  constructor(parts: PosSideParts) {
    this.#parts = parts
    const { journal, clock, scheduler, screens, enrolment, cashiers, inTraining } = parts
    const changed = () => screens.changed()
    this.#accesses = new PosAccesses({ ...parts, now: () => clock.system() })
    this.#presence = new PosPresence(scheduler, () => clock.system(), changed)
    this.#desk = new PosDesk({
      ...parts,
      journal,
      presence: this.#presence,
      now: () => clock.now(),
      inService: () => enrolment.station() !== null && !inTraining(),
      cashier: () => cashiers.current?.operatorId ?? null,
      nameOf: (posId) => this.#nameOf(posId),
    })
    screens.watch(() => this.#desk.changed())
  }

  /** The station is at work. */
  begin(): void {
    this.#desk.show()
    this.#followAccesses()
  }

  view(): CounterState['pos'] {
    return this.#desk.view()
  }

  /** The sale on the screen is a POS's: nothing is entered by hand. */
  get hasScreen(): boolean {
    return this.#parts.till().session.purchase.sale !== undefined
  }

  leave(): Refusal | null {
    return this.#desk.leave()
  }

  /** Who may use this counter, oldest first. */
  get accesses(): PosAccesses['active'] {
    return this.#accesses.active
  }

  get bridge(): { readonly address: string | null; readonly problem: BridgeProblem | 'off' | null } {
    const { bridge } = this.#parts
    return bridge ? { address: bridge.address, problem: bridge.problem } : { address: null, problem: 'off' }
  }

  isPresent(posId: string): boolean {
    return this.#presence.isPresent(posId)
  }

  letIn(
    name: string,
    origins: readonly string[],
    operatorId: string,
  ): Outcome<{ readonly posId: string; readonly token: string }, { readonly refused: Refusal }> {
    const made = this.#accesses.make(name, origins, operatorId)
    if (made.ok) this.#followAccesses()
    return made
  }

  revoke(posId: string, operatorId: string): Refusal | null {
    const refused = this.#accesses.revoke(posId, operatorId)
    if (refused) return refused
    this.#presence.gone(posId)
    this.#followAccesses()
    return null
  }

  async stop(): Promise<void> {
    this.#ended = true
    this.#presence.stop()
    await this.#parts.bridge?.close()
  }

  /** Nobody listens for a POS that nobody has let in. */
  #followAccesses(): void {
    const { bridge, screens } = this.#parts
    if (!bridge || this.#ended) return
    const changed = () => {
      if (!this.#ended) screens.changed()
    }
    if (this.#accesses.active.length > 0) bridge.open(this.#api(), changed)
    else void bridge.close().then(changed)
    changed()
  }

  #api(): PosApi {
    const { screens } = this.#parts
    return {
      accesses: this.#accesses,
      desk: this.#desk,
      presence: this.#presence,
      counter: (posId) => this.#counter(posId),
      watch: (listener) => screens.watch(listener),
    }
  }

  #counter(posId: string): PosCounter {
    const { enrolment, connectivity, cashiers, devices, till, clock, inTraining } = this.#parts
    const { visit, purchase } = till().session
    return counterOf(
      {
        enrolment: enrolment.state(),
        connection: connectivity,
        cashier: cashiers.current,
        visit: visitView(visit, (at) => clock.toSystem(at)),
        purchase,
        readers: devices.readers(),
        training: inTraining(),
      },
      enrolment.station()?.store.storeId ?? null,
      posId,
    )
  }

  #nameOf(posId: string): string {
    const access = this.#parts.journal.posAccesses().find((one) => one.posId === posId)
    return access?.name ?? posId
  }
}
