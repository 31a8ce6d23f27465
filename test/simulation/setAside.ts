import type { StationSettings } from '../../core/contract/stations.ts'
import type { Journal } from '../../counter/store/counterStore.ts'
import { CLOCK_SLACK_MS, clockOf, type KnownTime } from './knownTime.ts'
import type { Station } from './station.ts'
import type { World } from './world.ts'

type Override = Parameters<Journal['keepOverride']>[0]
type Policy = StationSettings['offline']

/** What managers have set aside at one counter, by what was written down of it. */
export class SetAside {
  readonly #world: World
  readonly #time: KnownTime
  readonly #kept = new Map<Override['kind'], Override & { readonly at: number; readonly clock: string }>()
  /** Overrides that began. */
  begun = 0

  constructor(world: World, time: KnownTime) {
    this.#world = world
    this.#time = time
  }

  keep(station: Station, override: Override, { override: bounds }: Policy): void {
    const { kind, since, until, raisePercent } = override
    const tooLong = until - since > bounds.maxMinutes * 60_000
    if (tooLong || (raisePercent ?? 0) > bounds.raisePercent || (kind === 'force_offline' && !bounds.forceOffline)) {
      this.#world.violated(`rule 4: ${station.name} set ${kind} aside beyond what head office allows`)
    }
    this.#kept.set(kind, { ...override, at: this.#world.now, clock: clockOf(station) })
    this.begun += 1
  }

  drop(kind: Override['kind']): void {
    this.#kept.delete(kind)
  }

  /** The most that a cap may be now. */
  raised(station: Station, kind: Exclude<Override['kind'], 'force_offline'>, limit: number): number {
    const override = this.#kept.get(kind)
    const isOver = !override || this.#time.earliest(station) > override.until + CLOCK_SLACK_MS
    return isOver ? limit : limit + Math.floor((limit * (override.raisePercent ?? 0)) / 100)
  }

  /** Whether the counter works offline by a manager's word, beyond any doubt about its clock. */
  isForcedOffline(station: Station): boolean {
    const override = this.#kept.get('force_offline')
    if (!override || override.clock !== clockOf(station) || !this.#time.isAnchored(station)) return false
    const { at, since, until } = override
    const lasted = this.#world.now - at
    return lasted > CLOCK_SLACK_MS && lasted < until - since - CLOCK_SLACK_MS
  }
}
