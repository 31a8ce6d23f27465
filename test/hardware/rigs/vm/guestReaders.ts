import { join } from 'node:path'
import { type DevicesConfiguration, DevicesMessage } from '../../../../core/readers/protocol.ts'
import type { MediumRead, ReaderHealth, ReadFailure } from '../../../../core/readers/reader.ts'
import type { GuestProcess, GuestProcessMessage } from './guestProcess.ts'
import type { VirtualMachine } from './virtualMachine.ts'

const DEVICES_PROGRAM = join(import.meta.dirname, '../../../../counter/devices/main.ts')

const V8_FATAL = '# Fatal error in , line 0'

/** Something the readers reported, with the clocks of guest and host at its arrival there. */
export type Reported<Value> = Pick<GuestProcessMessage, 'atMs' | 'hostMs'> & Value

/** The product's devices program, as it ships, running in the guest over the guest's kernel. */
export class GuestReaders {
  readonly #process: GuestProcess

  private constructor(process: GuestProcess) {
    this.#process = process
  }

  static async start(
    vm: VirtualMachine,
    configuration: DevicesConfiguration,
    wrapper: readonly string[] = [],
  ): Promise<GuestReaders> {
    for (let attempt = 1; ; attempt += 1) {
      const process = await vm.spawnNode(DEVICES_PROGRAM, wrapper)
      const readers = new GuestReaders(process)
      await readers.configure(configuration)
      try {
        // Its programs are loaded over a shared file system, under software emulation.
        await process.message('first word of the readers', () => true, { deadlineMs: 60_000 })
        return readers
      } catch (error) {
        // Node's own check, not ours: seen about once in ten starts where the processor is emulated.
        if (attempt === 3 || !process.output.includes(V8_FATAL)) throw error
      }
    }
  }

  async configure(configuration: DevicesConfiguration): Promise<void> {
    await this.#process.send({ type: 'configure', configuration })
  }

  /** Messages so far: what is waited for `since` this number came later. */
  get mark(): number {
    return this.#process.messages.length
  }

  async health(matches: (health: ReaderHealth) => boolean, wait: Wait): Promise<Reported<{ health: ReaderHealth }>> {
    return await this.#next(wait, (message) =>
      message.type === 'health' && matches(message.health) ? { health: message.health } : null,
    )
  }

  async read(readerId: string, wait: Wait): Promise<Reported<{ read: MediumRead }>> {
    return await this.#next(wait, (message) =>
      message.type === 'read' && message.read.readerId === readerId ? { read: message.read } : null,
    )
  }

  async failure(readerId: string, wait: Wait): Promise<Reported<{ failure: ReadFailure }>> {
    return await this.#next(wait, (message) =>
      message.type === 'failed' && message.failure.readerId === readerId ? { failure: message.failure } : null,
    )
  }

  /** Every read and failure so far, in order. */
  outcomes(since = 0): (MediumRead | ReadFailure)[] {
    const outcomes: (MediumRead | ReadFailure)[] = []
    for (const { message } of this.#process.messages.slice(since)) {
      const parsed = DevicesMessage.parse(message)
      if (parsed.type === 'read') outcomes.push(parsed.read)
      else if (parsed.type === 'failed') outcomes.push(parsed.failure)
    }
    return outcomes
  }

  /** The newest health of each reader. */
  healths(): Map<string, ReaderHealth> {
    const newest = new Map<string, ReaderHealth>()
    for (const { message } of this.#process.messages) {
      const parsed = DevicesMessage.parse(message)
      if (parsed.type === 'health') newest.set(parsed.health.readerId, parsed.health)
    }
    return newest
  }

  /** For a person: what was said of a transport's readers since a mark, with the guest's clock. */
  said(transport: string, since: number): string[] {
    const ids = new Set<string>()
    const lines: string[] = []
    for (const { message, atMs } of this.#process.messages.slice(since)) {
      const parsed = DevicesMessage.parse(message)
      if (parsed.type === 'health' && parsed.health.transport === transport) ids.add(parsed.health.readerId)
      const text = JSON.stringify(message)
      if ([...ids].some((readerId) => text.includes(readerId))) lines.push(`${atMs.toFixed(0)} ${text}`)
    }
    return lines
  }

  get output(): string {
    return this.#process.output
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.#process.kill(signal)
  }

  async #next<Value extends object>(
    wait: Wait,
    pick: (message: DevicesMessage) => Value | null,
  ): Promise<Reported<Value>> {
    const { what, since = 0, deadlineMs = 10_000 } = wait
    let picked: Value | null = null
    const matches = (message: unknown) => {
      picked = pick(DevicesMessage.parse(message))
      return picked !== null
    }
    const { atMs, hostMs } = await this.#process.message(what, matches, { from: since, deadlineMs })
    if (picked === null) throw new Error(`${what}: a message matched and then did not`)
    return { ...(picked as Value), atMs, hostMs }
  }
}

export interface Wait {
  /** For the error: what did not come. */
  readonly what: string
  /** Only messages from this mark on. */
  readonly since?: number
  readonly deadlineMs?: number
}
