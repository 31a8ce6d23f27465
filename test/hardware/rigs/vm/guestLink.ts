import type { Socket } from 'node:net'
import { type GuestMessage, type GuestRequest, LineSplitter } from './protocol.ts'

/** The host's end of the virtual serial line to the guest's agent. */
export class GuestLink {
  readonly #socket: Socket
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>()
  readonly #listeners = new Set<(message: GuestMessage) => void>()
  readonly #onClosed: () => Error
  #lastId = 0

  constructor(socket: Socket, onClosed: () => Error) {
    this.#socket = socket
    this.#onClosed = onClosed
    const lines = new LineSplitter()
    socket.on('data', (chunk) => {
      for (const line of lines.push(chunk)) this.#receive(JSON.parse(line) as GuestMessage)
    })
    // A reset is told by 'close' as well.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(onClosed())
      this.#waiting.clear()
    })
  }

  /** Rejects with the guest's words when it refuses, or when the machine ends first. */
  request<Result>(request: GuestRequest): Promise<Result> {
    this.#lastId += 1
    const id = this.#lastId
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) return reject(this.#onClosed())
      this.#waiting.set(id, { resolve: (result) => resolve(result as Result), reject })
      this.#socket.write(`${JSON.stringify({ id, ...request })}\n`)
    })
  }

  onMessage(listener: (message: GuestMessage) => void): void {
    this.#listeners.add(listener)
  }

  #receive(message: GuestMessage): void {
    if (message.event === 'answer' || message.event === 'refused') {
      const waiting = this.#waiting.get(message.id)
      this.#waiting.delete(message.id)
      if (message.event === 'answer') waiting?.resolve(message.result)
      else waiting?.reject(new Error(`guest: ${message.error}`))
      return
    }
    for (const listener of [...this.#listeners]) listener(message)
  }
}
