import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import {
  type DevicesCommand,
  DevicesConfiguration,
  DevicesMessage,
  type PcscOptions,
} from '../../../core/readers/protocol.ts'
import type { MediumReader, Presenting, ReaderEvents, Transport } from '../../../core/readers/reader.ts'
import { childChannel } from '../../../counter/channel/childProcessChannel.ts'

const MAIN = fileURLToPath(new URL('../../../counter/devices/main.ts', import.meta.url))

/** How long readers get to say that they are gone, after everything was configured away. */
const GOODBYE_MS = 500

/**
 * The devices process as it ships, behind the interface of the one reader that it is configured to run. Native code
 * that blocks then blocks that process and not the test, which plays the card at the other end of the same daemon.
 */
export class DevicesProcess implements MediumReader {
  readonly transport: Transport
  readonly #configuration: DevicesConfiguration
  #post: (command: DevicesCommand) => void = () => {}
  #end: () => Promise<void> = async () => {}
  #enabled = true

  constructor(transport: 'pcsc' | 'hid', pcscOptions?: PcscOptions) {
    this.transport = transport
    const off = { pcsc: false, hid: false, wedge: false }
    this.#configuration = DevicesConfiguration.parse({ ...off, [transport]: true, pcscOptions })
  }

  start(events: ReaderEvents): void {
    const child = fork(MAIN, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    const channel = childChannel(child)
    const exited = new Promise<string>((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? `${code}`))
    })
    channel.onMessage((raw) => {
      const message = DevicesMessage.parse(raw)
      if (message.type === 'health') events.health(message.health)
      else if (message.type === 'reading') events.reading(message.readerId)
      else if (message.type === 'read') events.read(message.read)
      else if (message.type === 'failed') events.failed(message.failure)
      else if (message.type === 'raw') events.raw?.(message.raw)
      else if (message.type === 'identified') events.identified?.(message.readerId)
    })
    this.#post = (command) => channel.post(command)
    this.#end = async () => {
      this.#end = async () => {}
      const all = { pcsc: false, hid: false, wedge: false, simulated: false, serial: [] }
      this.#post({ type: 'configure', configuration: all })
      await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, GOODBYE_MS))])
      channel.close()
      const how = await exited
      // A process that died on the way would otherwise pass for one that was stopped.
      if (how !== '0') throw new Error(`the devices process ended with ${how}`)
    }
    this.#post({ type: 'configure', configuration: this.#configuration })
    this.setDataEventEnabled(this.#enabled)
  }

  setDataEventEnabled(enabled: boolean): void {
    this.#enabled = enabled
    this.#post({ type: 'dataEventEnabled', enabled })
  }

  setPresenting(presenting: Presenting): void {
    this.#post({ type: 'test', readerId: presenting.to === 'test' ? presenting.readerId : null })
  }

  setDisabled(readerIds: ReadonlySet<string>): void {
    this.#post({ type: 'configure', configuration: { ...this.#configuration, disabled: [...readerIds] } })
  }

  stop(): Promise<void> {
    return this.#end()
  }
}
