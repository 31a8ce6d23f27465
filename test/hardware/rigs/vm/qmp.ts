import type { Socket } from 'node:net'
import { LineSplitter } from './protocol.ts'

interface QmpReply {
  readonly id?: number
  readonly return?: unknown
  readonly error?: { readonly class: string; readonly desc: string }
  readonly event?: string
  readonly data?: Record<string, unknown>
}

/** QEMU's monitor in its JSON form (QMP): commands are answered in order of their ids, events arrive between them. */
export class QmpClient {
  readonly #socket: Socket
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  readonly #listeners = new Set<(event: string, data: Record<string, unknown>) => void>()
  readonly #onClosed: () => Error
  #lastId = 0

  constructor(socket: Socket, onClosed: () => Error) {
    this.#socket = socket
    this.#onClosed = onClosed
    const lines = new LineSplitter()
    socket.on('data', (chunk) => {
      for (const line of lines.push(chunk)) if (line.trim()) this.#receive(JSON.parse(line) as QmpReply)
    })
    // A reset is told by 'close' as well.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(onClosed())
      this.#waiting.clear()
    })
  }

  /** Rejects with QEMU's description when it refuses. */
  execute(command: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    this.#lastId += 1
    const id = this.#lastId
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) return reject(this.#onClosed())
      this.#waiting.set(id, { resolve, reject })
      this.#socket.write(`${JSON.stringify({ execute: command, arguments: args, id })}\n`)
    })
  }

  /** Resolves at the first event that `matches` after this call. */
  event(name: string, matches: (data: Record<string, unknown>) => boolean, deadlineMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer)
        this.#listeners.delete(listener)
      }
      const timer = setTimeout(() => {
        done()
        reject(new Error(`QEMU reported no ${name} within ${deadlineMs} ms`))
      }, deadlineMs)
      const listener = (event: string, data: Record<string, unknown>) => {
        if (event !== name || !matches(data)) return
        done()
        resolve()
      }
      this.#listeners.add(listener)
    })
  }

  #receive(reply: QmpReply): void {
    if (reply.event) for (const listener of [...this.#listeners]) listener(reply.event, reply.data ?? {})
    if (reply.id === undefined) return
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if (reply.error) waiting?.reject(new Error(`QEMU: ${reply.error.desc}`))
    else waiting?.resolve(reply.return)
  }
}
