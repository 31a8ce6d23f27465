import type { OfflineDesk } from '../../core/counter/offlineDesk.ts'
import type { Conditions } from './conditions.ts'
import { ManagerAtTill } from './managerAtTill.ts'
import type { Office } from './office.ts'
import { PIN } from './office.ts'
import type { Station } from './station.ts'
import type { World } from './world.ts'

type Habits = Pick<Conditions, 'callsManager'>

/** Who works at a till: looks at the screen, does the next thing, and looks again. */
export class Cashier {
  readonly #world: World
  readonly #station: Station
  readonly #office: Office
  readonly #tapped: () => void
  readonly #manager: ManagerAtTill
  readonly #habits: Habits
  #open = true
  #wait = 0
  #planned: { readonly at: number; readonly cancel: () => void } | null = null

  constructor(
    world: World,
    station: Station,
    office: Office,
    { tapped, conditions }: { readonly tapped: () => void; readonly conditions: Habits },
  ) {
    this.#habits = conditions
    this.#world = world
    this.#station = station
    this.#office = office
    this.#tapped = tapped
    this.#manager = new ManagerAtTill(world)
    this.#look(world.between(0, 2_000))
  }

  /** The screen shows something else. A refusal has to be explained to the customer. */
  notice(): void {
    if (!this.#open || this.#world.now < this.#wait) return
    const isRefused = this.#station.state?.visit.phase === 'refused'
    this.#look(isRefused ? this.#world.between(1_500, 3_500) : this.#world.between(80, 400))
  }

  /** Serves nobody any more. */
  close(): void {
    this.#open = false
  }

  /** The shop is shut for so long. */
  pause(ms: number): void {
    this.#wait = this.#world.now + ms
  }

  /** Looks at the screen then, and every few seconds; one look is planned at any time. */
  #look(afterMs: number): void {
    const at = this.#world.now + afterMs
    if (this.#planned && this.#planned.at <= at) return
    this.#planned?.cancel()
    const cancel = this.#world.after(afterMs, () => {
      this.#planned = null
      if (!this.#open) return
      this.#look(Math.max(this.#world.between(2_000, 4_000), this.#wait - this.#world.now))
      if (this.#world.now >= this.#wait) this.#act()
    })
    this.#planned = { at, cancel }
  }

  #act(): void {
    const { state } = this.#station
    const { random } = this.#world
    if (state?.enrolment.status !== 'enrolled') return
    if (!state.cashier) {
      const cashier = state.operators.find(({ manages }) => !manages)
      if (cashier) this.#station.send({ type: 'signIn', operatorId: cashier.operatorId, pin: PIN })
      return
    }
    if (state.offlineDesk) {
      this.#manage(state.offlineDesk)
      return
    }
    const { visit } = state
    switch (visit.phase) {
      case 'reading':
      case 'searching':
      case 'approving':
      case 'undoing':
        return
      case 'idle':
        if (random.chance(this.#habits.callsManager)) this.#callManager()
        else this.#serve()
        return
      case 'offers': {
        const [best] = visit.best
        if (!best || best.lines.length === 0 || random.chance(0.05)) {
          this.#next()
          return
        }
        const { totalDiscount } = best
        if (random.chance(0.6)) {
          this.#station.send({ type: 'approve', select: 'best' })
          return
        }
        const lines = random.chance(0.5) ? best.lines : best.lines.slice(0, 1)
        const acquisitionIds = lines.map(({ acquisitionId }) => acquisitionId)
        const expected = lines.length === best.lines.length ? { expectedTotalDiscount: totalDiscount } : {}
        this.#station.send({ type: 'approve', select: { acquisitionIds }, ...expected })
        return
      }
      case 'approved':
        if (visit.undoUntil !== null && random.chance(0.12)) {
          const { redemptionId } = visit
          this.#station.send({ type: 'undo', redemptionId, reason: 'changed their mind' })
          return
        }
        this.#next()
        return
      case 'refused':
      case 'undone':
        this.#next()
        return
    }
  }

  #callManager(): void {
    const manager = this.#station.state?.operators.find(({ manages }) => manages)
    if (!manager) return
    const { operatorId } = manager
    this.#station.send({ type: 'offlineDesk', action: { do: 'open', operatorId, pin: PIN } })
  }

  /** The cashier waits until the manager has left. */
  #manage(desk: OfflineDesk): void {
    const action = this.#manager.next(desk)
    if (action) this.#station.send({ type: 'offlineDesk', action })
  }

  #next(): void {
    this.#station.send({ type: 'nextCustomer' })
  }

  #serve(): void {
    const { random } = this.#world
    if (random.chance(0.03)) this.#station.send({ type: 'setOneTap', oneTap: random.chance(0.5) })
    const price = 200 + random.int(1_500)
    const line = { lineId: '1', label: 'Goods', category: 'drinks', quantity: { value: 1, scale: 0 } }
    this.#station.send({ type: 'setPurchase', lines: [{ ...line, unitPrice: price, lineTotal: price }] })
    this.#station.tap(this.#office.customer().medium)
    this.#tapped()
  }
}
