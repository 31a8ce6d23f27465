import type { Station } from './station.ts'
import type { World } from './world.ts'

/** Clocks here are at most this far from each other while they can be trusted. */
export const CLOCK_SLACK_MS = 15_000

/** Of which times a counter can know, by what a server told it and whether its machine has slept or started since. */
export class KnownTime {
  readonly #world: World
  /** In which incarnation, and by which boot and sleep its machine's clock ran, when its copy was last complete. */
  #completeIn = ''
  /** By which boot and sleep, when it last wrote down what the server's time was. */
  #anchoredIn = ''

  constructor(world: World) {
    this.#world = world
  }

  copyComplete(station: Station): void {
    this.#completeIn = `${station.crashes} ${clockOf(station)}`
  }

  anchored(station: Station): void {
    this.#anchoredIn = clockOf(station)
  }

  /** Whether it wrote the server's time down and neither slept nor started again since. */
  isAnchored(station: Station): boolean {
    return this.#anchoredIn === clockOf(station)
  }

  /**
   * The earliest that it may take for now, apart from the slack. After a restart of the machine or a sleep, until a server is
   * heard, nothing but the operating system's clock says what time it is. Heard while the disk was full, the time is known
   * as long as the program runs.
   */
  earliest(station: Station): number {
    const wasComplete = this.#completeIn === `${station.crashes} ${clockOf(station)}`
    const isKnown = wasComplete || this.isAnchored(station)
    return isKnown ? this.#world.now : Math.min(this.#world.now, station.machine.now())
  }
}

export const clockOf = ({ machine }: Station): string => `${machine.bootId} ${machine.suspendedMs()}`
