import { randomBytes } from 'node:crypto'
import { V7Generator } from 'uuidv7'
import type { Ids } from '../core/ports/ids.ts'
import type { Scheduler } from '../core/ports/scheduler.ts'
import { machineClock } from './clock/machineClock.ts'

export const systemClock = machineClock()

const generator = new V7Generator()

export const systemIds: Ids = {
  uuid7: (at) => (at === undefined ? generator.generate() : generator.generateOrResetWithTs(Math.trunc(at))).toString(),
  randomBytes: (size) => randomBytes(size),
}

/** Node turns a longer delay into 1 ms (`TimeoutOverflowWarning`). */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The runtime's timers. They do not keep a process alive that has nobody to talk to. */
export const systemScheduler: Scheduler = {
  after(delayMs, task) {
    const timer = setTimeout(task, Math.min(delayMs, LONGEST_TIMER_MS)).unref()
    return () => clearTimeout(timer)
  },
}
