import { randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import type { Clock } from '../core/ports/clock.ts'
import type { Ids } from '../core/ports/ids.ts'
import type { Scheduler } from '../core/ports/scheduler.ts'

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() }

export const systemIds: Ids = { uuid7: () => uuidv7(), randomBytes: (size) => randomBytes(size) }

/** Node turns a longer delay into 1 ms (`TimeoutOverflowWarning`). */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The runtime's timers. They do not keep a process alive that has nobody to talk to. */
export const systemScheduler: Scheduler = {
  after(delayMs, task) {
    const timer = setTimeout(task, Math.min(delayMs, LONGEST_TIMER_MS)).unref()
    return () => clearTimeout(timer)
  },
}
