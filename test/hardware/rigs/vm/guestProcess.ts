import type { GuestLink } from './guestLink.ts'
import type { GuestMessage } from './protocol.ts'

/** A message of a guest's process. */
export interface GuestProcessMessage {
  readonly message: unknown
  /** The guest's monotonic clock when its parent in the guest received it. */
  readonly atMs: number
  /** This process's `performance.now()` when it arrived here. */
  readonly hostMs: number
}

/** Messages that an error shows. */
const LAST = 20

/** A program that runs in the guest. Keeps every message, so that a test may look back. */
export class GuestProcess {
  readonly #link: GuestLink
  readonly #id: number
  readonly #messages: GuestProcessMessage[] = []
  readonly #watchers = new Set<() => void>()
  #output = ''
  #ended: string | null = null

  constructor(link: GuestLink, id: number) {
    this.#link = link
    this.#id = id
    link.onMessage((message) => this.#receive(message))
  }

  get messages(): readonly GuestProcessMessage[] {
    return this.#messages
  }

  /** The signal or the exit code that ended it; null while it runs. */
  get end(): string | null {
    return this.#ended
  }

  /** What it wrote to standard output and error, in order of arrival. */
  get output(): string {
    return this.#output
  }

  async send(message: unknown): Promise<void> {
    await this.#link.request({ op: 'post', processId: this.#id, message })
  }

  async kill(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#ended) return
    await this.#link.request({ op: 'kill', processId: this.#id, signal })
    await this.#until(() => this.#ended !== null, 10_000, 'its end')
  }

  /**
   * The first message, from number `from` on, that `matches`; it may have arrived already. Rejects with what the
   * process wrote when it does not come.
   */
  async message(
    what: string,
    matches: (message: unknown) => boolean,
    options: { readonly from?: number; readonly deadlineMs?: number } = {},
  ): Promise<GuestProcessMessage> {
    const { from = 0, deadlineMs = 10_000 } = options
    const find = () => this.#messages.slice(from).find(({ message }) => matches(message))
    await this.#until(() => find() !== undefined || this.#ended !== null, deadlineMs, what)
    const found = find()
    if (!found)
      throw new Error(`the guest's process ended (${this.#ended}) before ${what}: ${this.#output.slice(-2_000)}`)
    return found
  }

  /** Waits for a text in what it writes. */
  async says(text: string, deadlineMs = 10_000): Promise<void> {
    await this.#until(() => this.#output.includes(text), deadlineMs, JSON.stringify(text))
  }

  #until(done: () => boolean, deadlineMs: number, what: string): Promise<void> {
    if (done()) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const finish = (result: () => void) => {
        clearTimeout(timer)
        this.#watchers.delete(watcher)
        result()
      }
      const watcher = () => done() && finish(resolve)
      const timer = setTimeout(() => {
        const last = this.#messages
          .slice(-LAST)
          .map(({ message, atMs }) => `${atMs.toFixed(0)} ${JSON.stringify(message)}`)
        const seen = `last messages:\n${last.join('\n')}\noutput:\n${this.#output.slice(-2_000)}`
        finish(() => reject(new Error(`no ${what} within ${deadlineMs} ms; ${seen}`)))
      }, deadlineMs)
      this.#watchers.add(watcher)
    })
  }

  #receive(message: GuestMessage): void {
    if (!('processId' in message) || message.processId !== this.#id) return
    if (message.event === 'message') {
      this.#messages.push({ message: message.message, atMs: message.atMs, hostMs: performance.now() })
    } else if (message.event === 'output') this.#output += message.text
    else if (message.event === 'exit') this.#ended = String(message.signal ?? message.code)
    for (const watcher of [...this.#watchers]) watcher()
  }
}
