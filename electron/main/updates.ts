import { z } from 'zod'
import type { Clock } from '../../core/ports/clock.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'

/** Time of day on the wall of the shop, `HH:MM`. */
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** When an update may be installed; `from` after `until` goes over midnight. */
export const MaintenanceWindow = z.object({ from: TimeOfDay, until: TimeOfDay })
export type MaintenanceWindow = z.infer<typeof MaintenanceWindow>

export const NIGHT: MaintenanceWindow = { from: '02:00', until: '05:00' }

/** Somebody who has just left may come back for what they forgot. */
const QUIET_MS = 10 * 60_000
const CHECK_EVERY_MS = 4 * 3_600_000
const LOOK_EVERY_MS = 60_000

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** Whether a minute of the day (0 to 1,439) lies in the window; its end does not. Equal ends: the whole day. */
export function isInWindow({ from, until }: MaintenanceWindow, minute: number): boolean {
  const [begin, end] = [minutesOf(from), minutesOf(until)]
  if (begin === end) return true
  return begin < end ? minute >= begin && minute < end : minute >= begin || minute < end
}

/**
 * Whether an update may be installed now: it has been fetched, the window is open, and for ten minutes nobody has worked
 * here. `quietMs`: how long nobody has; null: somebody does, or it is not known.
 */
export function mayInstall(now: {
  readonly isFetched: boolean
  readonly window: MaintenanceWindow
  readonly minute: number
  readonly quietMs: number | null
}): boolean {
  return now.isFetched && now.quietMs !== null && now.quietMs >= QUIET_MS && isInWindow(now.window, now.minute)
}

/** What is used of electron-updater's `autoUpdater` (6.x; 7 changes `quitAndInstall`). */
export interface UpdateSource {
  autoDownload: boolean
  autoInstallOnAppQuit: boolean
  allowDowngrade: boolean
  on(event: 'update-downloaded', listener: (update: { version: string }) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  checkForUpdates(): Promise<unknown>
  quitAndInstall(isSilent: boolean, isForceRunAfter: boolean): void
}

export interface Updates {
  /** Whether somebody works at the counter. */
  occupied(occupied: boolean): void
  /** `end` stops everything, and then calls what it is given. */
  begin(end: (install: () => void) => void): void
}

/**
 * Fetches updates as they come and installs them in the maintenance window, never while a shift is open or anybody works
 * here, and never by the way when the program ends: a computer that is being shut down kills installers.
 */
export function keepUpToDate(
  source: UpdateSource,
  parts: {
    readonly window: MaintenanceWindow
    readonly clock: Clock
    readonly scheduler: Scheduler
    /** The minute of the day on the wall, 0 to 1,439. */
    readonly minute: () => number
    readonly say: (line: string) => void
  },
): Updates {
  const { clock, scheduler, say } = parts
  let quietSince: number | null = null
  let isFetched = false
  let installing = false
  source.autoDownload = true
  source.autoInstallOnAppQuit = false
  source.allowDowngrade = false
  source.on('update-downloaded', ({ version }) => {
    isFetched = true
    say(`tapcoupon: version ${version} is here; it is installed between ${parts.window.from} and ${parts.window.until}`)
  })
  // Told by every failed check besides its rejection: without a listener it would end the program.
  source.on('error', () => say('tapcoupon: the update could not be fetched; it is tried again'))

  const every = (ms: number, task: () => void) => {
    scheduler.after(ms, () => {
      if (installing) return
      task()
      every(ms, task)
    })
  }
  const check = () => void source.checkForUpdates().catch(() => {})
  return {
    occupied(occupied) {
      if (occupied) quietSince = null
      else quietSince ??= clock.monotonic()
    },
    begin(end) {
      check()
      every(CHECK_EVERY_MS, check)
      every(LOOK_EVERY_MS, () => {
        const quietMs = quietSince === null ? null : clock.monotonic() - quietSince
        if (!mayInstall({ isFetched, window: parts.window, minute: parts.minute(), quietMs })) return
        installing = true
        say('tapcoupon: installing the update')
        end(() => source.quitAndInstall(true, true))
      })
    },
  }
}
