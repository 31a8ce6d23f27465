import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { StationClock } from '../../core/ports/clock.ts'

/** A look at both clocks that took longer than this is taken again: the process lost the processor in between. */
const STEADY_LOOK_MS = 5
const LOOKS = 3

/** One decision asks for the time several times: questions this close together are answered by one look. */
const SAME_LOOK_MS = 50

/** Where nothing counts sleep apart: a pulse that stops for this long has slept. */
const PULSE_MS = 2_000
const SLEPT_MS = 15_000

/** What the platform offers, so that a test can stand in for it. */
export interface Platform {
  /** The text of a file, or null. */
  readonly read: (path: string) => string | null
  /** Nanoseconds, monotonic. */
  readonly nanoseconds: () => bigint
  readonly now: () => number
  /** Calls back every `ms` without keeping the process alive. */
  readonly every: (ms: number, task: () => void) => void
}

const NODE: Platform = {
  read(path) {
    try {
      return readFileSync(path, 'latin1')
    } catch {
      return null
    }
  },
  nanoseconds: () => process.hrtime.bigint(),
  now: () => Date.now(),
  every: (ms, task) => void setInterval(task, ms).unref(),
}

/**
 * The machine's clocks.
 *
 * Linux: `process.hrtime` is CLOCK_MONOTONIC, which counts from boot, is the same for every process and stands still while
 * the machine sleeps; `/proc/uptime` counts on (CLOCK_BOOTTIME; `clock_gettime(2)`, `proc_uptime(5)`), so their
 * difference is the sleep. `/proc/sys/kernel/random/boot_id` (`random(4)`) names the boot.
 *
 * Elsewhere `process.hrtime` counts sleep too (macOS: `mach_continuous_time`, as libuv uses it; Windows:
 * QueryPerformanceCounter), but on hardware that need not keep its pace then, so a pulse that stopped is taken for sleep.
 * No file names the boot: every start of the program is taken for another one.
 */
export function machineClock(platform: Platform = NODE): StationClock {
  const { read, nanoseconds, now, every } = platform
  const monotonic = () => Number(nanoseconds()) / 1e6
  const bootId = read('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
  const hasUptime = uptimeMs(read) !== null
  return {
    now,
    monotonic,
    bootId: bootId === '' || !hasUptime ? randomUUID() : bootId,
    suspendedMs: hasUptime ? sleepByUptime(read, monotonic, now) : sleepByPulse(monotonic, every),
  }
}

function uptimeMs(read: Platform['read']): number | null {
  const seconds = Number.parseFloat(read('/proc/uptime') ?? '')
  return Number.isFinite(seconds) ? seconds * 1_000 : null
}

/**
 * Looks at both clocks; not again at once, unless the wall clock has left the monotonic one, as it does in a sleep. So one
 * that nothing else tells of is noticed after `SAME_LOOK_MS` awake.
 */
function sleepByUptime(read: Platform['read'], monotonic: () => number, wall: () => number): () => number {
  let last: number | null = null
  let looked = { at: Number.NEGATIVE_INFINITY, ahead: 0 }
  return () => {
    const began = monotonic()
    const ahead = wall() - began
    if (began - looked.at < SAME_LOOK_MS && Math.abs(ahead - looked.ahead) < SAME_LOOK_MS) return last ?? 0
    let steadiest = Number.POSITIVE_INFINITY
    for (let look = 0; look < LOOKS && steadiest > STEADY_LOOK_MS; look++) {
      const before = monotonic()
      const uptime = uptimeMs(read)
      const tookMs = monotonic() - before
      if (uptime === null || tookMs >= steadiest) continue
      steadiest = tookMs
      if (last === null || tookMs <= STEADY_LOOK_MS) last = uptime - before - tookMs / 2
    }
    // One that was not steady is no answer to the next question.
    if (steadiest <= STEADY_LOOK_MS) looked = { at: began, ahead }
    return last ?? 0
  }
}

function sleepByPulse(monotonic: () => number, every: Platform['every']): () => number {
  let total = 0
  let pulse = monotonic()
  const look = () => {
    const gap = monotonic() - pulse
    if (gap >= SLEPT_MS) total += gap
    if (gap >= PULSE_MS) pulse += gap
    return total
  }
  every(PULSE_MS, look)
  return look
}
