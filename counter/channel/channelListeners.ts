/**
 * The receiving half that every `Channel` shares: messages are kept until there is a listener, in order; `closed` is
 * told once, also to a listener that comes too late; after it nothing is delivered.
 */
export class ChannelListeners {
  #kept: unknown[] = []
  #listener: ((message: unknown) => void) | null = null
  #closedListeners: (() => void)[] = []
  #closed = false

  message(message: unknown): void {
    if (this.#closed) return
    if (this.#listener) this.#listener(message)
    else this.#kept.push(message)
  }

  closed(): void {
    if (this.#closed) return
    this.#closed = true
    for (const listener of this.#closedListeners) listener()
    this.#closedListeners = []
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#listener = listener
    const kept = this.#kept
    this.#kept = []
    for (const message of kept) listener(message)
  }

  onClosed(listener: () => void): void {
    if (this.#closed) listener()
    else this.#closedListeners.push(listener)
  }
}
