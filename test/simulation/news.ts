import type { RecallNews } from '../../core/ports/couponGateway.ts'
import type { CouponStore } from '../../server/store/couponStore.ts'
import type { Station } from './station.ts'
import type { World } from './world.ts'

/** What the server tells those who listen (`GET /v1/events`): that a lease of theirs is called back. */
export class News {
  readonly #world: World
  readonly #store: () => Pick<CouponStore, 'changePosition' | 'recalledSince'>
  readonly #listeners = new Map<Station, () => void>()
  #position = 0
  #looking = false

  constructor(world: World, store: () => Pick<CouponStore, 'changePosition' | 'recalledSince'>) {
    this.#world = world
    this.#store = store
    world.watch(() => this.#looking)
  }

  /** One station's stream; it ends when its line breaks while something is said. */
  streamOf(station: Station): RecallNews {
    return (recalled, signal) =>
      new Promise((resolve) => {
        const end = () => {
          this.#listeners.delete(station)
          resolve(true)
        }
        signal.addEventListener('abort', end)
        this.#listeners.set(station, () => {
          if (station.link.state === 'cut' || station.machine.asleep) end()
          else recalled()
        })
      })
  }

  /** Something was committed that may have called leases back. */
  async changed(): Promise<void> {
    if (this.#looking) return
    this.#looking = true
    try {
      const since = this.#position
      this.#position = await this.#store().changePosition()
      const recalled = await this.#store().recalledSince(since)
      for (const [station, tell] of this.#listeners) {
        if (!recalled.includes(station.stationId ?? '')) continue
        this.#world.after(this.#world.between(30, 300), () => {
          if (this.#listeners.get(station) === tell) tell()
        })
      }
    } finally {
      this.#looking = false
    }
  }
}
