import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { SerialPortInfo, SerialPreset } from '../../core/readers/protocol.ts'
import { decodeScan } from '../decoding/decodeScan.ts'
import type { DeviceSession, DeviceSource, FoundDevice } from '../deviceSource.ts'
import type { Emission } from '../emission.ts'
import type { HotPlug } from '../hotplug.ts'
import { maskedHex, maskedText } from '../masking.ts'
import { modelOfUsb } from '../models/index.ts'
import type { ReaderModel } from '../models/model.ts'
import { type Fault, loadFault } from '../nativeFault.ts'
import { SupervisedReader } from '../supervisedReader.ts'
import { usbPortOf } from '../usbPlace.ts'
import { SerialCodec, type SerialFrame } from './codec.ts'
import { openFault } from './faults.ts'
import { listedPorts } from './ports.ts'
import { type LineSettings, lineSettings } from './presets.ts'
import { usbIdsAt } from './usbPorts.ts'

/** An open port. `close` may be called on one that has closed by itself. */
export interface OpenPort {
  onData(listener: (bytes: Uint8Array) => void): void
  /** Unplugged, or failed. */
  onClosed(listener: () => void): void
  write?(bytes: Uint8Array): void
  close(): Promise<void>
}

/** Opens a port; rejects with the system's error. */
export type OpenSerialPort = (preset: SerialPreset) => Promise<OpenPort>

/** serialport would not load. */
class LoadError extends Error {}

const loadSerialPort = () =>
  import('serialport').catch((cause: unknown) => {
    throw new LoadError('serialport', { cause })
  })

export const openSerialPort: OpenSerialPort = async (preset) => {
  const { SerialPort } = await loadSerialPort()
  // serialport's own errors carry no code: the system is asked first.
  if (process.platform !== 'win32') await access(preset.path, constants.R_OK | constants.W_OK)
  const { baudRate, dataBits, parity, stopBits } = lineSettings(preset)
  const port = new SerialPort({ path: preset.path, baudRate, dataBits, parity, stopBits, autoOpen: false })
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())))
  const closed = new Promise<void>((resolve) => port.once('close', () => resolve()))
  // Unheard, it would end the process; a read error is followed by `close`.
  port.on('error', () => port.isOpen && port.close())
  return {
    onData: (listener) => port.on('data', listener),
    onClosed: (listener) => void closed.then(listener),
    write: (bytes) => void port.write(bytes),
    close: async () => {
      if (!port.isOpen) return
      port.close()
      await closed
    },
  }
}

/** The serial ports of this machine; empty where they cannot be listed. */
export async function listSerialPorts(): Promise<SerialPortInfo[]> {
  const { SerialPort } = await loadSerialPort().catch(() => ({ SerialPort: null }))
  // On Linux it asks udevadm, which need not be there.
  return await listedPorts(await (SerialPort?.list().catch(() => []) ?? []))
}

/**
 * A scanner on one configured serial port. Ports that are not configured are never opened: they may belong to a printer
 * or a drawer.
 */
export class SerialReader extends SupervisedReader {
  constructor(
    preset: SerialPreset,
    clock: Clock,
    ids: Ids,
    scheduler: Scheduler,
    openPort: OpenSerialPort = openSerialPort,
    hotPlug?: HotPlug,
  ) {
    super(clock, ids, scheduler, (emission) => new SerialSource(preset, scheduler, emission, openPort), hotPlug)
  }
}

class SerialSource implements DeviceSource {
  readonly transport = 'serial'
  readonly self = null
  /**
   * It is listed by configuration; what is looked for is whether another node has taken its place. serialport 13 reads an
   * empty answer from a USB port that was pulled again and again, and never closes it.
   */
  readonly polled = true
  readonly #preset: SerialPreset
  readonly #scheduler: Scheduler
  readonly #emission: Emission
  readonly #openPort: OpenSerialPort

  constructor(preset: SerialPreset, scheduler: Scheduler, emission: Emission, openPort: OpenSerialPort) {
    this.#preset = preset
    this.#scheduler = scheduler
    this.#emission = emission
    this.#openPort = openPort
  }

  async find(): Promise<readonly FoundDevice[]> {
    const { path } = this.#preset
    const [port, model] = await Promise.all([usbPortOf('tty', path), modelAt(path)])
    const name = `Serial scanner ${path}`.slice(0, 256)
    return [
      {
        path,
        plugging: await nodeAt(path),
        readerId: path,
        name,
        ...(port === null ? {} : { portPath: `usb ${port}` }),
        ...(model === null ? {} : { model: model.family }),
      },
    ]
  }

  async open(_device: FoundDevice, lost: () => void): Promise<DeviceSession> {
    const before = await nodeAt(this.#preset.path)
    const port = await this.#openPort(this.#preset)
    // One that came while the port was being opened: taken for absent, it would be opened again, and a scan lost between.
    const plugging = before === NO_NODE ? await nodeAt(this.#preset.path) : before
    const session = new PortSession(this.#preset, plugging, port, this.#scheduler, this.#emission)
    port.onData((bytes) => session.received(bytes))
    port.onClosed(() => lost())
    return session
  }

  faultOf(error: unknown): Fault {
    if (error instanceof LoadError) return loadFault(error.cause, 'libudev1')
    return openFault(error, this.#preset.path)
  }
}

async function modelAt(path: string): Promise<ReaderModel | null> {
  const usb = await usbIdsAt(path)
  return usb && modelOfUsb(usb.vendorId, usb.productId)
}

const NO_NODE = 'none'

/** Tells a device node from one that comes after it under the same name. */
function nodeAt(path: string): Promise<string> {
  return stat(path).then(
    ({ dev, ino }) => `${dev}:${ino}`,
    () => NO_NODE,
  )
}

const ACK = Uint8Array.of(0x06)
const NAK = Uint8Array.of(0x15)

class PortSession implements DeviceSession {
  readonly plugging: string
  readonly #readerId: string
  readonly #line: LineSettings
  readonly #codec: SerialCodec
  readonly #port: OpenPort
  readonly #scheduler: Scheduler
  readonly #emission: Emission
  #cancelIdle = () => {}
  /** What came since the last outcome. */
  #chunks: Uint8Array[] = []

  constructor(preset: SerialPreset, plugging: string, port: OpenPort, scheduler: Scheduler, emission: Emission) {
    const line = lineSettings(preset)
    this.plugging = plugging
    this.#readerId = preset.path
    this.#line = line
    this.#codec = new SerialCodec({ sevenBits: line.dataBits === 7, framed: line.framed, terminated: line.terminated })
    this.#port = port
    this.#scheduler = scheduler
    this.#emission = emission
  }

  received(bytes: Uint8Array): void {
    this.#cancelIdle()
    this.#chunks.push(bytes)
    this.#deliver(this.#codec.push(bytes))
    const idleAfterMs = this.#codec.idleAfterMs
    if (idleAfterMs === null) {
      this.#chunks = []
      return
    }
    this.#cancelIdle = this.#scheduler.after(idleAfterMs, () => {
      this.#deliver(this.#codec.idle())
      this.#chunks = []
    })
  }

  cut(): boolean {
    this.#cancelIdle()
    return this.#codec.idleAfterMs !== null
  }

  close(): Promise<void> {
    this.#cancelIdle()
    return this.#port.close()
  }

  #deliver(frames: readonly SerialFrame[]): void {
    for (const frame of frames) {
      const outcome =
        frame.kind === 'frame'
          ? decodeScan({ data: frame.data, aim: null })
          : ({ ok: false, reason: 'medium_unreadable' } as const)
      if (this.#line.acknowledged) this.#port.write?.(outcome.ok ? ACK : NAK)
      this.#emission.scanned(this.#readerId, outcome, this.#trace)
    }
  }

  readonly #trace = () => {
    const bytes = Buffer.concat(this.#chunks)
    return { hex: maskedHex(bytes), text: maskedText(bytes.toString('utf8')) }
  }
}
