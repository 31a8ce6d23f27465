import { ConflictResolution } from '../../core/contract/conflicts.ts'
import type { OfflineDesk, OfflineDeskAction } from '../../core/counter/offlineDesk.ts'
import { OverrideKind } from '../../core/redemption/overrides.ts'
import { PIN } from './office.ts'
import type { World } from './world.ts'

/** A customer waits: they leave the rest for later. */
const MOST_ACTIONS = 5

/** Who manages, at the desk of one till: one thing after another, each by what the screen shows then. */
export class ManagerAtTill {
  readonly #world: World
  #done = 0

  constructor(world: World) {
    this.#world = world
  }

  /** What they do next; null: they wait for what is asked of the server. */
  next(desk: OfflineDesk): OfflineDeskAction | null {
    const { random } = this.#world
    if (desk.server === 'asking') return null
    this.#done += 1
    if (this.#done > MOST_ACTIONS || random.chance(0.1)) return this.#leave()
    if (random.chance(0.25)) return this.#setAside()
    if (desk.server === 'connected') return this.#settle(desk)
    return random.chance(0.5) ? { do: 'connect', pin: PIN } : this.#leave()
  }

  /** Something is set aside for a minute or two, or no longer. */
  #setAside(): OfflineDeskAction {
    const { random } = this.#world
    const kind = random.pick(OverrideKind.options)
    const minutes = this.#world.between(1, 2)
    const raisePercent = kind === 'force_offline' ? null : random.pick([20, 100])
    return random.chance(0.7)
      ? { do: 'override', kind, minutes, reason: 'a long queue', raisePercent }
      : { do: 'endOverride', kind }
  }

  /** A word about a conflict of the list, or a look around. */
  #settle({ list, story }: OfflineDesk): OfflineDeskAction {
    const { random } = this.#world
    if (story !== null && random.chance(0.3)) return { do: 'look', conflictId: null }
    const { conflictId } = random.pick(list?.conflicts.slice(0, 5) ?? []) ?? {}
    if (conflictId === undefined || random.chance(0.1)) {
      return random.chance(0.5) ? { do: 'leases' } : { do: 'list', state: random.pick(['open', 'resolved'] as const) }
    }
    if (random.chance(0.2)) return { do: 'look', conflictId }
    const resolution = random.pick(ConflictResolution.options)
    return { do: 'resolve', conflictId, resolution, reason: 'looked at, at the till' }
  }

  #leave(): OfflineDeskAction {
    this.#done = 0
    return { do: 'close' }
  }
}
