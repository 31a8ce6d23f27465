import type { CommandResult, CounterCommand } from '../core/counter/commands.ts'
import { type FromCounter, ToCounter } from '../core/counter/protocol.ts'
import type { CounterState } from '../core/counter/state.ts'
import type { Channel } from '../core/ports/channel.ts'
import { type Refusal, refusal } from './session/model.ts'

/** The screens that watch this counter: each gets the state at once and after every change, and answers to what it asks. */
export class Screens {
  readonly #channels = new Set<Channel>()
  readonly #stateNow: (revision: number) => CounterState
  readonly #carryOut: (command: CounterCommand) => Promise<Refusal | null>
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

  /** The state is another one. Changes that happen together are told together. */
  changed(): void {
    if (this.#announced) return
    this.#announced = true
    queueMicrotask(() => {
      this.#announced = false
      this.#revision += 1
      if (this.#channels.size === 0) return
      const message: FromCounter = { type: 'state', state: this.#stateNow(this.#revision) }
      for (const channel of this.#channels) channel.post(message)
    })
  }

  closeAll(): void {
    for (const channel of [...this.#channels]) channel.close()
    this.#channels.clear()
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
