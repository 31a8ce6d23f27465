import type { TurnedAway } from '../../counter/store/counterStore.ts'
import type { Station } from './station.ts'
import type { World } from './world.ts'

/** Whether one counter knows that it was revoked. */
export class RevocationWatch {
  readonly #world: World
  #onDisk = false
  /** In which incarnation of its program it was told. */
  #incarnation = -1

  constructor(world: World) {
    this.#world = world
  }

  /** A server told it, or not. */
  heard(station: Station, isRevoked: boolean): void {
    const { crashes } = station
    // Whoever dies in this moment did not hear it.
    if (!isRevoked) return
    this.#world.after(1, () => {
      if (station.crashes === crashes) this.#incarnation = crashes
    })
  }

  written(how: TurnedAway | null): void {
    this.#onDisk = how === 'by_name'
  }

  knows({ crashes }: Station): boolean {
    return this.#onDisk || this.#incarnation === crashes
  }
}
