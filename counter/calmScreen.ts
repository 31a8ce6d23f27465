import type { FromCounter } from '../core/counter/protocol.ts'
import type { CounterState } from '../core/counter/state.ts'
import type { Channel } from '../core/ports/channel.ts'
import type { Scheduler } from '../core/ports/scheduler.ts'

/** Well within the 100 ms in which a screen answers a tap; most decisions of a server in reach come sooner. */
export const UNDER_WAY_MS = 40

/** Phases that end by themselves, most of them before anybody could read them. */
const UNDER_WAY: readonly CounterState['visit']['phase'][] = ['reading', 'searching', 'approving']

/**
 * The line to a screen, without what nobody would see: a state that shows work under way leaves only once it has lasted
 * `UNDER_WAY_MS`, and one that says what the last one said not at all. Drawing a moment that is over within the frame
 * delays the one that counts. The answer to a command is never ahead of a state that came before it.
 */
export function calmScreen(screen: Channel, scheduler: Scheduler): Channel {
  let said = ''
  let held: { readonly message: unknown; readonly what: string } | null = null
  let cancel = () => {}

  const tell = (message: unknown, what: string) => {
    held = null
    cancel()
    if (what === said) return
    said = what
    screen.post(message)
  }
  const release = () => {
    if (held) tell(held.message, held.what)
  }

  return {
    post(message) {
      if (!isState(message)) {
        release()
        screen.post(message)
        return
      }
      const { revision: _, ...state } = message.state
      const what = JSON.stringify(state)
      if (!UNDER_WAY.includes(state.visit.phase)) {
        tell(message, what)
        return
      }
      if (!held) cancel = scheduler.after(UNDER_WAY_MS, release)
      held = { message, what }
    },
    onMessage: (listener) => screen.onMessage(listener),
    onClosed: (listener) => screen.onClosed(listener),
    close() {
      cancel()
      screen.close()
    },
  }
}

const isState = (message: unknown): message is Extract<FromCounter, { type: 'state' }> =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === 'state'
