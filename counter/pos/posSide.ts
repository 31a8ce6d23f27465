import type { CounterState } from '../../core/counter/state.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { EventWriter } from '../session/eventWriter.ts'
import type { Refusal } from '../session/model.ts'
import type { Journal } from '../store/counterStore.ts'
import { PosAccesses } from './accesses.ts'
import type { BridgeProblem, PosApi, PosBridge } from './api.ts'
import { PosDesk, type PosDeskParts } from './posDesk.ts'
import { PosPresence } from './presence.ts'
import { counterOf } from './views.ts'

export interface PosSideParts
  extends Pick<PosDeskParts, 'till' | 'inService' | 'cashier' | 'storageFailed' | 'journaled'> {
  readonly journal: Journal
  readonly events: EventWriter
  readonly ids: Ids
  readonly scheduler: Scheduler
  readonly clock: { now(): number; system(): number }
  /** null: this counter talks to no POS. */
  readonly bridge: PosBridge | null
  readonly state: () => CounterState
  readonly storeId: () => string | null
  /** Calls the listener after every change of the counter's state. */
  readonly watch: (listener: () => void) => () => void
  /** The counter's state is another one. */
  readonly changed: () => void
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
    const { journal, clock, scheduler, changed } = parts
    this.#accesses = new PosAccesses({ ...parts, now: () => clock.system() })
    this.#presence = new PosPresence(scheduler, () => clock.system(), changed)
    this.#desk = new PosDesk({
      ...parts,
      journal,
      presence: this.#presence,
      now: () => clock.now(),
      nameOf: (posId) => this.#nameOf(posId),
    })
    parts.watch(() => this.#desk.changed())
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

  get access(): Pick<PosAccesses, 'active'> {
    return this.#accesses
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
    const { bridge, changed, journaled } = this.#parts
    if (!bridge || this.#ended) return
    journaled()
    if (this.#accesses.active.length > 0) bridge.open(this.#api(), changed)
    else void bridge.close().then(changed)
    changed()
  }

  #api(): PosApi {
    const { state, storeId, watch } = this.#parts
    return {
      accesses: this.#accesses,
      desk: this.#desk,
      presence: this.#presence,
      counter: (posId) => counterOf(state(), storeId(), posId),
      watch,
    }
  }

  #nameOf(posId: string): string {
    const access = this.#parts.journal.posAccesses().find((one) => one.posId === posId)
    return access?.name ?? posId
  }
}
