import type { CommandResult, CounterCommand } from '../../core/counter/commands.ts'
import { FromCounter } from '../../core/counter/protocol.ts'
import type { CounterState } from '../../core/counter/state.ts'
import type { CounterSupervisor, ScreenLine } from '../../counter/supervisor/counterSupervisor.ts'

/** A cashier's screen without pixels: sees every state the counter shows, sends what a person would press. */
export class Screen {
  readonly #supervisor: CounterSupervisor
  readonly #seen: (state: CounterState) => void
  readonly #answers = new Map<number, (result: CommandResult | null) => void>()
  readonly #watchers = new Set<() => void>()
  #line: ScreenLine | null = null
  #state: CounterState | null = null
  #requestId = 0
  #closed = false

  /** @param seen is called with every state, in order, also those of a counter that came back. */
  constructor(supervisor: CounterSupervisor, seen: (state: CounterState) => void) {
    this.#supervisor = supervisor
    this.#seen = seen
    this.#open()
  }

  state(): CounterState | null {
    return this.#state
  }

  /** null: the line was lost; what became of it shows in a later state. */
  send(command: CounterCommand): Promise<CommandResult | null> {
    if (!this.#line) return Promise.resolve(null)
    this.#requestId += 1
    const requestId = this.#requestId
    this.#line.post({ requestId, command })
    return new Promise((resolve) => this.#answers.set(requestId, resolve))
  }

  /** Resolves with the first state that fits, now or later; null after `timeoutMs`. */
  until(fits: (state: CounterState) => boolean, timeoutMs: number): Promise<CounterState | null> {
    return new Promise((resolve) => {
      const look = () => {
        if (!this.#state || !fits(this.#state)) return
        end(this.#state)
      }
      const end = (state: CounterState | null) => {
        clearTimeout(timer)
        this.#watchers.delete(look)
        resolve(state)
      }
      const timer = setTimeout(() => end(null), timeoutMs)
      this.#watchers.add(look)
      look()
    })
  }

  close(): void {
    this.#closed = true
    this.#line?.close()
  }

  #open(): void {
    if (this.#closed) return
    this.#line = this.#supervisor.openScreen({
      message: (raw) => this.#message(FromCounter.parse(raw)),
      lost: () => {
        this.#line = null
        this.#state = null
        for (const answer of this.#answers.values()) answer(null)
        this.#answers.clear()
        this.#open()
      },
    })
    if (!this.#line) setTimeout(() => this.#open(), 20)
  }

  #message(message: FromCounter): void {
    if (message.type === 'result') {
      this.#answers.get(message.requestId)?.(message.result)
      this.#answers.delete(message.requestId)
      return
    }
    this.#state = message.state
    this.#seen(message.state)
    for (const look of [...this.#watchers]) look()
  }
}
