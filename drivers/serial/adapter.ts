import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { SerialPreset } from '../../core/readers/protocol.ts'
import type { MediumReader, ReaderEvents } from '../../core/readers/reader.ts'
import { retryDelayMs } from '../backoff.ts'
import { Emission } from '../emission.ts'
import { errorCode, errorMessage, type Fault, loadFault } from '../nativeFault.ts'
import { scannedMedium } from '../scannedMedium.ts'
import { SerialCodec, type SerialFrame } from './codec.ts'

/** An open port. `close` may be called on one that has closed by itself. */
export interface OpenPort {
  onData(listener: (bytes: Uint8Array) => void): void
  /** Unplugged, or failed. */
  onClosed(listener: () => void): void
  close(): Promise<void>
}

/** Opens a port; rejects with the system's error. */
export type OpenSerialPort = (preset: SerialPreset) => Promise<OpenPort>

/** A port that will not open, with what a person can do about it. */
class SerialFault extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault.code)
    this.fault = fault
  }
}

const openSerialPort: OpenSerialPort = async (preset) => {
  const { SerialPort } = await import('serialport').catch((error: unknown) => {
    throw new SerialFault(loadFault(error, 'libudev1'))
  })
  // serialport's own errors carry no code: the system is asked first.
  if (process.platform !== 'win32') await access(preset.path, constants.R_OK | constants.W_OK)
  const port = new SerialPort({ ...preset, autoOpen: false })
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())))
  const closed = new Promise<void>((resolve) => port.once('close', () => resolve()))
  // Unheard, it would end the process; a read error is followed by `close`.
  port.on('error', () => port.isOpen && port.close())
  return {
    onData: (listener) => port.on('data', listener),
    onClosed: (listener) => void closed.then(listener),
    close: async () => {
      if (!port.isOpen) return
      port.close()
      await closed
    },
  }
}

/**
 * A scanner on one configured serial port. Ports that are not configured are never opened: they may belong to a printer
 * or a drawer. A port that is missing, busy or unplugged is tried again after 0.2 to 1 s, for as long as the counter runs.
 */
export class SerialReader implements MediumReader {
  readonly transport = 'serial'
  readonly #preset: SerialPreset
  readonly #emission: Emission
  readonly #scheduler: Scheduler
  readonly #openPort: OpenSerialPort
  #port: OpenPort | null = null
  #opening: Promise<void> = Promise.resolve()
  #failures = 0
  #cancelRetry = () => {}
  #cancelIdle = () => {}
  #stopped = false

  constructor(
    preset: SerialPreset,
    clock: Clock,
    ids: Ids,
    scheduler: Scheduler,
    openPort: OpenSerialPort = openSerialPort,
  ) {
    this.#preset = preset
    this.#emission = new Emission(clock, ids)
    this.#scheduler = scheduler
    this.#openPort = openPort
  }

  start(events: ReaderEvents): void {
    this.#emission.open(events)
    this.#health({ state: 'opening' })
    this.#opening = this.#open()
  }

  setDataEventEnabled(enabled: boolean): void {
    this.#emission.setEnabled(enabled)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancelRetry()
    this.#cancelIdle()
    await this.#opening
    await this.#port?.close()
    this.#emission.close()
  }

  async #open(): Promise<void> {
    let port: OpenPort
    try {
      port = await this.#openPort(this.#preset)
    } catch (error) {
      this.#health(openFault(error, this.#preset.path))
      this.#retry()
      return
    }
    const codec = new SerialCodec()
    this.#port = port
    this.#failures = 0
    this.#health({ state: 'ready' })
    port.onData((bytes) => this.#onData(codec, bytes))
    port.onClosed(() => {
      // What had arrived of a symbol is worth nothing without its rest.
      this.#cancelIdle()
      this.#port = null
      this.#health({ state: 'absent' })
      this.#retry()
    })
  }

  #retry(): void {
    if (this.#stopped) return
    this.#failures += 1
    this.#cancelRetry = this.#scheduler.after(retryDelayMs(this.#failures), () => {
      this.#opening = this.#open()
    })
  }

  #onData(codec: SerialCodec, bytes: Uint8Array): void {
    this.#cancelIdle()
    this.#deliver(codec.push(bytes))
    const idleAfterMs = codec.idleAfterMs
    if (idleAfterMs !== null) {
      this.#cancelIdle = this.#scheduler.after(idleAfterMs, () => this.#deliver(codec.idle()))
    }
  }

  #deliver(frames: readonly SerialFrame[]): void {
    for (const frame of frames) {
      this.#emission.reading(this.#preset.path)
      const outcome = frame.kind === 'frame' ? scannedMedium({ data: frame.data, aim: null }) : null
      if (outcome?.ok) this.#emission.read(this.#preset.path, outcome.value, 'scan')
      else this.#emission.failed(this.#preset.path, 'medium_unreadable')
    }
  }

  #health(fault: Fault): void {
    const { path } = this.#preset
    this.#emission.health({
      readerId: path,
      transport: 'serial',
      name: `Serial scanner ${path}`.slice(0, 256),
      ...fault,
    })
  }
}

function openFault(error: unknown, path: string): Fault {
  if (error instanceof SerialFault) return error.fault
  switch (errorCode(error)) {
    case 'ENOENT':
    case 'ENXIO':
    case 'ENODEV':
      return {
        state: 'absent',
        code: 'no_such_port',
        fix: `Plug the scanner in, or configure another port than ${path}.`,
      }
    case 'EACCES':
    case 'EPERM':
      return {
        state: 'denied',
        code: 'permission_denied',
        fix: 'This user may not open the port: sudo usermod -aG dialout $USER, then sign in again.',
      }
    default:
      break
  }
  if (/lock|busy/i.test(errorMessage(error))) {
    return { state: 'busy', code: 'port_in_use', fix: `Another program has ${path} open. Close it.` }
  }
  return { state: 'error', code: 'open_failed', fix: `${path} does not open as a serial port. Is it the right one?` }
}
