import { ToCounter } from '../core/counter/protocol.ts'
import type { ShellView } from '../core/counter/shellView.ts'
import type { CounterState } from '../core/counter/state.ts'
import type { Channel } from '../core/ports/channel.ts'
import type { Counter } from './counter.ts'
import { type Refusal, refusal } from './session/model.ts'

/** What the shell is told. */
export interface ShellEar {
  /** A manager ends the program on this machine. */
  leave(): void
  occupied(occupied: boolean): void
}

/** Phases of a visit that nobody may cut off. */
const IN_A_VISIT: readonly CounterState['visit']['phase'][] = ['reading', 'searching', 'offers', 'approving', 'undoing']

/**
 * A counter as the shell's window has it: its states say how it is shown, a manager may end the program, and the shell
 * hears whether somebody works here. Without a `shell` it is the counter as it is.
 */
export function besideShell(counter: Counter, shell: ShellView | undefined, ear: ShellEar): Counter {
  if (shell === undefined) return counter
  let newest: CounterState | null = null
  let occupied: boolean | null = null

  counter.attach(
    listener((state) => {
      newest = state
      const now = isOccupied(state)
      if (now === occupied) return
      occupied = now
      ear.occupied(now)
    }),
  )
  const leave = (): Refusal | null => {
    const refused = newest === null ? refusal('in_progress') : mayLeave(newest)
    if (refused === null) ear.leave()
    return refused
  }
  return {
    attach: (client) => counter.attach(window(client, shell, leave)),
    attachDisplay: (display) => counter.attachDisplay(display),
    attachDevices: (devices) => counter.attachDevices(devices),
    stop: () => counter.stop(),
  }
}

/**
 * Whether the program may be ended now; null: yes. A manager has shown a PIN, at their screens or at the till. Where the
 * counter belongs to nobody, or cannot read its files, there is no manager to ask and nothing to protect.
 */
export function mayLeave(state: CounterState): Refusal | null {
  if (state.closed !== null || state.enrolment.status !== 'enrolled') return null
  const cashier = state.operators.find(({ operatorId }) => operatorId === state.cashier?.operatorId)
  // A staff card has shown no PIN.
  const isManager = cashier?.manages === true && state.cashier?.byCard !== true
  const managerIsHere = state.readerSetup !== null || state.offlineDesk !== null || isManager
  if (!managerIsHere) return refusal('operator_not_allowed')
  return IN_A_VISIT.includes(state.visit.phase) ? refusal('in_progress') : null
}

/** Whether somebody works here: signed in, at a manager's screen, with a customer, or between the ends of a shift. */
export function isOccupied(state: CounterState): boolean {
  const customerIsHere = state.registration !== null && state.registration.visit.phase !== 'idle'
  const managerIsHere = state.readerSetup !== null || state.offlineDesk !== null
  return state.cashier !== null || state.shift !== null || managerIsHere || customerIsHere
}

/** A client that only reads. */
function listener(heard: (state: CounterState) => void): Channel {
  return {
    post: (message) => {
      const state = stateIn(message)
      if (state !== null) heard(state)
    },
    onMessage: () => {},
    onClosed: () => {},
    close: () => {},
  }
}

function window(client: Channel, shell: ShellView, leave: () => Refusal | null): Channel {
  return {
    post(message) {
      const state = stateIn(message)
      client.post(state === null ? message : { type: 'state', state: { ...state, shell } })
    },
    onMessage: (pass) =>
      client.onMessage((message) => {
        const parsed = ToCounter.safeParse(message)
        if (!parsed.success || parsed.data.command.type !== 'leaveKiosk') return pass(message)
        const refused = leave()
        const result = refused === null ? { ok: true } : { ok: false, ...refused }
        client.post({ type: 'result', requestId: parsed.data.requestId, result })
      }),
    onClosed: (told) => client.onClosed(told),
    close: () => client.close(),
  }
}

/** Our own counter's message: it is a state or an answer. */
function stateIn(message: unknown): CounterState | null {
  const { type, state } = message as { type?: string; state?: CounterState }
  return type === 'state' && state !== undefined ? state : null
}
