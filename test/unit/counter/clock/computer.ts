import type { StationClock } from '../../../../core/ports/clock.ts'
import { NOW } from '../counterParts.ts'

/** A computer: its crystal, its hardware clock, its sleep. `true` is what only the server knows. */
export class Computer {
  time: number
  #os = 0
  #running = 1_000
  #asleep = 0
  #boot = 1

  constructor(time: number = NOW) {
    this.time = time
  }

  readonly clock: StationClock = (() => {
    const computer = this
    return {
      now: () => computer.time + computer.#os,
      monotonic: () => computer.#running,
      get bootId() {
        return `boot-${computer.#boot}`
      },
      suspendedMs: () => computer.#asleep,
    }
  })()

  pass(ms: number, rate = 1) {
    this.time += ms
    this.#running += ms * rate
  }
  /** Somebody sets the operating system's clock. */
  set(byMs: number) {
    this.#os += byMs
  }
  turnTo(to: number) {
    this.#os = to - this.time
  }
  sleep(ms: number) {
    this.time += ms
    this.#asleep += ms
  }
  /** Switched off for so long. `battery` false: the hardware clock begins again in 2000. */
  reboot(offMs: number, battery = true) {
    this.time += offMs
    this.#running = 0
    this.#asleep = 0
    this.#boot += 1
    if (!battery) this.#os = Date.UTC(2000, 0, 1) - this.time
  }
}
