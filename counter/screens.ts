import type { CommandResult, CounterCommand } from '../core/counter/commands.ts'
import type { ToDisplay } from '../core/counter/display.ts'
import { displayOf } from '../core/counter/displayOf.ts'
import { type FromCounter, ToCounter } from '../core/counter/protocol.ts'
import type { CounterState } from '../core/counter/state.ts'
import type { Channel } from '../core/ports/channel.ts'
import { type Refusal, refusal } from './session/model.ts'

/**
 * The screens that watch this counter: each gets the state at once and after every change, and answers to what it asks. A
 * customer's display gets what a customer may see, and is not listened to.
 */
export class Screens {
  readonly #channels = new Set<Channel>()
  /** With what each shows now. */
  readonly #displays = new Map<Channel, string>()
  readonly #stateNow: (revision: number) => CounterState
  readonly #carryOut: (command: CounterCommand) => Promise<Refusal | null>
  readonly #watchers = new Set<() => void>()
  #revision = 0
  #announced = false

  constructor(
    stateNow: (revision: number) => CounterState,
    carryOut: (command: CounterCommand) => Promise<Refusal | null>,
  ) {
    this.#stateNow = stateNow
    this.#carryOut = carryOut
  }

  attach(channel: Channel): void {
    this.#channels.add(channel)
    channel.onClosed(() => this.#channels.delete(channel))
    this.#revision += 1
    channel.post({ type: 'state', state: this.#stateNow(this.#revision) } satisfies FromCounter)
    channel.onMessage((message) => void this.#received(channel, message))
  }

  /** Calls `listener` after every change, whether a screen is there or not; returns how to stop. */
  watch(listener: () => void): () => void {
    this.#watchers.add(listener)
    return () => this.#watchers.delete(listener)
  }

  attachDisplay(channel: Channel): void {
    this.#displays.set(channel, '')
    channel.onClosed(() => this.#displays.delete(channel))
    this.#show(this.#stateNow(this.#revision))
  }

  /** The state is another one. Changes that happen together are told together. */
  changed(): void {
    if (this.#announced) return
    this.#announced = true
    queueMicrotask(() => {
      this.#announced = false
      this.#revision += 1
      for (const listener of [...this.#watchers]) listener()
      if (this.#channels.size === 0 && this.#displays.size === 0) return
      const state = this.#stateNow(this.#revision)
      const message: FromCounter = { type: 'state', state }
      for (const channel of this.#channels) channel.post(message)
      this.#show(state)
    })
  }

  /** A display hears only of what changes on it. */
  #show(state: CounterState): void {
    if (this.#displays.size === 0) return
    const message: ToDisplay = { type: 'display', display: displayOf(state) }
    const written = JSON.stringify(message)
    for (const [channel, shown] of this.#displays) {
      if (shown === written) continue
      this.#displays.set(channel, written)
      channel.post(message)
    }
  }

  /** Nobody is told of anything any more: what they would ask about is closed next. */
  closeAll(): void {
    this.#watchers.clear()
    for (const channel of [...this.#channels]) channel.close()
    this.#channels.clear()
    for (const channel of [...this.#displays.keys()]) channel.close()
    this.#displays.clear()
  }

  async #received(channel: Channel, raw: unknown): Promise<void> {
    const asked = ToCounter.safeParse(raw)
    if (asked.success) {
      const refused = await this.#carryOut(asked.data.command)
      answer(channel, asked.data.requestId, refused ? { ok: false, ...refused } : { ok: true })
      return
    }
    const { success, data: requestId } = ToCounter.shape.requestId.safeParse(
      (raw as { requestId?: unknown })?.requestId,
    )
    if (success) answer(channel, requestId, { ok: false, ...refusal('invalid_request') })
  }
}

function answer(channel: Channel, requestId: number, result: CommandResult): void {
  channel.post({ type: 'result', requestId, result } satisfies FromCounter)
}
