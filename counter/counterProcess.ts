import { type CounterStart, type CounterToShell, ShellToCounter } from '../core/counter/shellProtocol.ts'
import { type Outcome, unreachable } from '../core/outcome.ts'
import type { Channel } from '../core/ports/channel.ts'
import { besideShell } from './besideShell.ts'
import { calmScreen } from './calmScreen.ts'
import type { Counter } from './counter.ts'
import { RelayedChannel } from './shellRelay.ts'
import { systemScheduler } from './system.ts'

/** Puts a counter together; it may `end` the process later, with a code. */
type Begin = (start: CounterStart, end: (code: number) => void) => Outcome<Counter, StartRefusal>

export type StartRefusal = { readonly code: string; readonly detail: string }

const LAST_WORDS_MS = 20

/**
 * The counter's side of the relay to its shell: carries out `start` with `begin`, which may `end` the
 * process later, then passes devices' and screens'
 * messages. `exit` ends the process: 0 after `stop` or when the shell is gone, 1 when it could not start.
 */
export function runCounterProcess(shell: Channel, begin: Begin, exit: (code: number) => void): void {
  const post = (message: CounterToShell) => shell.post(message)
  const clients = new Map<string, RelayedChannel>()
  const early: { readonly clientId: string; readonly display: boolean }[] = []
  let devices: RelayedChannel | null = null
  let counter: Counter | null = null

  /** A little later: a last message that was posted just now is still on its way out. */
  const leave = (code: number) => void setTimeout(() => exit(code), LAST_WORDS_MS)
  const open = (running: Counter, clientId: string, display: boolean) => {
    const client = new RelayedChannel(shell, (message) => ({ type: 'toClient', clientId, message }))
    clients.get(clientId)?.close()
    clients.set(clientId, client)
    client.onClosed(() => {
      if (clients.get(clientId) === client) clients.delete(clientId)
    })
    if (display) running.attachDisplay(client)
    else running.attach(calmScreen(client, systemScheduler))
  }
  const stop = async () => {
    const running = counter
    counter = null
    await running?.stop()
    post({ type: 'stopped' })
    leave(0)
  }

  const received = (message: ShellToCounter) => {
    switch (message.type) {
      case 'start': {
        if (counter) return
        const begun = begin(message, exit)
        if (!begun.ok) {
          post({ type: 'failed', code: begun.code, detail: begun.detail.slice(0, 1_000) })
          leave(1)
          return
        }
        counter = besideShell(begun.value, message.shell, {
          leave: () => post({ type: 'leave' }),
          occupied: (occupied) => post({ type: 'occupied', occupied }),
        })
        post({ type: 'ready' })
        for (const { clientId, display } of early) open(counter, clientId, display)
        return
      }
      case 'devicesUp':
        devices?.close()
        devices = new RelayedChannel(shell, (command) => ({ type: 'toDevices', message: command }))
        counter?.attachDevices(devices)
        return
      case 'devicesDown':
        devices?.close()
        devices = null
        return
      case 'fromDevices':
        devices?.received(message.message)
        return
      case 'clientOpened':
        if (counter) open(counter, message.clientId, message.display ?? false)
        else early.push({ clientId: message.clientId, display: message.display ?? false })
        return
      case 'fromClient':
        clients.get(message.clientId)?.received(message.message)
        return
      case 'clientClosed':
        clients.get(message.clientId)?.close()
        return
      case 'stop':
        void stop()
        return
      default:
        unreachable(message)
    }
  }

  shell.onMessage((raw) => {
    const parsed = ShellToCounter.safeParse(raw)
    if (parsed.success) {
      received(parsed.data)
    } else if (!counter && (raw as { type?: unknown } | null)?.type === 'start') {
      const detail = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
      post({ type: 'failed', code: 'invalid_start', detail: detail.slice(0, 1_000) })
      leave(1)
    }
  })
  shell.onClosed(() => void stop())
}
