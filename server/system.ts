import { createHmac, hash, randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import type { Clock } from '../core/ports/clock.ts'
import type { HmacSha256, Sha256 } from '../core/ports/crypto.ts'
import type { Ids } from '../core/ports/ids.ts'
import type { Scheduler } from '../core/ports/scheduler.ts'

/** The operating system's clock. */
export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() }

/** UUIDv7s in rising order and the operating system's random bytes. */
export const systemIds: Ids = { uuid7: uuidv7, randomBytes: (size) => randomBytes(size) }

export const hmacSha256: HmacSha256 = (key, message) => createHmac('sha256', key).update(message).digest()

export const sha256: Sha256 = (message) => hash('sha256', message, 'buffer')

/** The runtime's timers. They do not keep a process alive that has nobody to talk to. */
export const systemScheduler: Scheduler = {
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs).unref()
    return () => clearTimeout(timer)
  },
}
