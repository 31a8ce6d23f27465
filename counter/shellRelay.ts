import type { CounterToShell } from '../core/counter/shellProtocol.ts'
import type { Channel } from '../core/ports/channel.ts'
import { ChannelListeners } from './channel/channelListeners.ts'

/** A channel that a shell relays inside its own: what is posted goes out wrapped, what comes in is handed to `received`. */
export class RelayedChannel implements Channel {
  readonly #listeners = new ChannelListeners()
  readonly #wrap: (message: unknown) => CounterToShell
  readonly #shell: Channel
  #closed = false

  constructor(shell: Channel, wrap: (message: unknown) => CounterToShell) {
    this.#shell = shell
    this.#wrap = wrap
  }

  received(message: unknown): void {
    this.#listeners.message(message)
  }

  post(message: unknown): void {
    if (!this.#closed) this.#shell.post(this.#wrap(message))
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#listeners.onMessage(listener)
  }

  onClosed(listener: () => void): void {
    this.#listeners.onClosed(listener)
  }

  close(): void {
    this.#closed = true
    this.#listeners.closed()
  }
}
