import type { Clock } from '../core/ports/clock.ts'
import type { Scheduler } from '../core/ports/scheduler.ts'
import { DEFAULT_RESTART_POLICY, NO_FAILURES, nextRestart } from '../counter/supervisor/restartBackoff.ts'
import { SilenceWatch } from '../counter/supervisor/silenceWatch.ts'
import type { BrowserEnd } from './kioskBrowser.ts'

/** A browser that was asked to end and has not is killed after this long. */
const KILL_AFTER_MS = 3_000

export interface KeptBrowserParts {
  /** Opens one with a new token; `ended` is told once. */
  readonly open: (ended: (how: BrowserEnd) => void) => { kill(signal: 'SIGTERM' | 'SIGKILL'): unknown }
  /** A person may not close it: what they close is opened again. */
  readonly kiosk: boolean
  /** While the counter is away no page can be heard. */
  readonly counterAnswers: () => boolean
  readonly clock: Clock
  readonly scheduler: Scheduler
  /** One line for the log. */
  readonly note: (line: string) => void
}

/** A browser that is there as long as the program: `alive` whenever its page is heard, `stop` ends it for good. */
export interface KeptBrowser {
  alive(): void
  stop(): void
}

/**
 * Opens the screen's browser and keeps it open: again with growing pauses when it crashes, and after it has been ended
 * because its page hangs, has crashed inside it, or is somewhere else. `closed`: a person closed a window that they may.
 */
export function keepBrowserOpen(parts: KeptBrowserParts, closed: () => void): KeptBrowser {
  const { clock, kiosk, note, scheduler } = parts
  let history = NO_FAILURES
  let stopped = false
  let isOurs = false
  let end = () => {}

  const watch = new SilenceWatch(scheduler, () => {
    if (!parts.counterAnswers()) return watch.begin()
    note('tapcoupon: the page has not been heard for half a minute; ending the browser')
    // One that took over a window from before is not ours to end; the next may be.
    if (isOurs) end()
    else open()
  })

  const open = () => {
    const startedAt = clock.monotonic()
    let cancelKill = () => {}
    const browser = parts.open((how) => {
      cancelKill()
      isOurs = false
      if (stopped || how === 'handed_over') return
      watch.end()
      if (how === 'closed' && !kiosk) {
        stopped = true
        closed()
        return
      }
      const next = nextRestart(history, clock.monotonic() - startedAt, DEFAULT_RESTART_POLICY)
      history = next.history
      note(`tapcoupon: the browser ${how === 'closed' ? 'was closed' : 'crashed'}; opening it in ${next.delayMs} ms`)
      const cancelOpen = scheduler.after(next.delayMs, open)
      end = cancelOpen
    })
    isOurs = true
    end = () => {
      browser.kill('SIGTERM')
      cancelKill = scheduler.after(KILL_AFTER_MS, () => browser.kill('SIGKILL'))
    }
    watch.begin()
  }
  open()
  return {
    alive: () => watch.heard(),
    stop() {
      stopped = true
      watch.end()
      end()
    },
  }
}
