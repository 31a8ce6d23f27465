import { randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import type { Clock } from '../core/ports/clock.ts'
import type { Ids } from '../core/ports/ids.ts'
import type { Scheduler } from '../core/ports/scheduler.ts'

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() }

export const systemIds: Ids = { uuid7: () => uuidv7(), randomBytes: (size) => randomBytes(size) }

/** The runtime's timers. They do not keep a process alive that has nobody to talk to. */
export const systemScheduler: Scheduler = {
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs).unref()
    return () => clearTimeout(timer)
  },
}
