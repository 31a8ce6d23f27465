import type { Channel } from '../../core/ports/channel.ts'
import { ChannelListeners } from '../channel/channelListeners.ts'

/** One end of a line that may be handed over: whoever holds it talks as over any channel, until it is taken away. */
class HeldLine implements Channel {
  readonly #listeners = new ChannelListeners()
  readonly #outer: Channel
  #held = true

  constructor(outer: Channel) {
    this.#outer = outer
  }

  received(message: unknown): void {
    this.#listeners.message(message)
  }

  /** For its holder the line is closed; the other end hears nothing of it. */
  takeAway(): void {
    this.#held = false
    this.#listeners.closed()
  }

  post(message: unknown): void {
    if (this.#held) this.#outer.post(message)
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#listeners.onMessage(listener)
  }

  onClosed(listener: () => void): void {
    this.#listeners.onClosed(listener)
  }

  close(): void {
    if (this.#held) this.#outer.close()
    this.takeAway()
  }
}

/**
 * A line whose near end is held by one counter after another. `keep` names what a message from the other end is about, where a
 * later holder must hear it too: of each, the newest is said again to whoever takes the line.
 */
export class SwitchedChannel {
  readonly #outer: Channel
  readonly #kept = new Map<string, unknown>()
  #holder: HeldLine | null = null
  #closed = false

  constructor(outer: Channel, closed: () => void, keep: (message: unknown) => string | null = () => null) {
    this.#outer = outer
    outer.onMessage((message) => {
      const about = keep(message)
      if (about !== null) this.#kept.set(about, message)
      this.#holder?.received(message)
    })
    outer.onClosed(() => {
      this.#closed = true
      this.#holder?.takeAway()
      closed()
    })
  }

  /** Takes the line from whoever holds it, and gives it to `attach`. */
  handTo(attach: (channel: Channel) => void): void {
    this.#holder?.takeAway()
    if (this.#closed) return
    const holder = new HeldLine(this.#outer)
    this.#holder = holder
    attach(holder)
    for (const message of this.#kept.values()) holder.received(message)
  }
}
