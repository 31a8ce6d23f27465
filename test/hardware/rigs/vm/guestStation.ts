import type { DevicesConfiguration } from '../../../../core/readers/protocol.ts'
import { TYPE_A_ATR } from '../atr.ts'
import { uidCard, type VirtualCardBehaviour } from '../virtualCard.ts'
import { GuestPcscd } from './guestPcscd.ts'
import { GuestReaders, type Reported } from './guestReaders.ts'
import type { SerialDevice } from './protocol.ts'
import { startVirtualMachine, type VirtualMachine } from './virtualMachine.ts'

/** The promise: from the cause going away to `ready`. */
export const RECOVERY_MS = 2_000

/** Where Linux puts the first USB-CDC device. */
export const SERIAL_PATH = '/dev/ttyACM0'
export const SERIAL_SCANNER: SerialDevice = {
  vendorId: 0x0c2e,
  productId: 0x0720,
  serial: 'CDC1',
  product: 'USB-CDC scanner',
}

/** Every transport that has a device of its own. */
export const ALL_TRANSPORTS: DevicesConfiguration = {
  hid: true,
  pcsc: true,
  wedge: false,
  simulated: false,
  serial: [{ path: SERIAL_PATH, baudRate: 9_600, dataBits: 8, parity: 'none', stopBits: 1 }],
}

/** A new process in the guest: its programs are loaded over a shared file system, in software emulation. */
export const START_MS = 60_000

export const EAN = '4901234567894'
export const UID = '04a1b2c3d4e5f6'
export const card: VirtualCardBehaviour = uidCard(TYPE_A_ATR, UID)

/** A guest with pcscd and the product's readers, none plugged in yet. Both may be replaced by later ones. */
export class GuestStation {
  readonly vm: VirtualMachine
  pcscd: GuestPcscd
  readers: GuestReaders

  private constructor(vm: VirtualMachine, pcscd: GuestPcscd, readers: GuestReaders) {
    this.vm = vm
    this.pcscd = pcscd
    this.readers = readers
  }

  static async start(): Promise<GuestStation> {
    const vm = await startVirtualMachine()
    try {
      const pcscd = await GuestPcscd.start(vm)
      const readers = await GuestReaders.start(vm, ALL_TRANSPORTS)
      const station = new GuestStation(vm, pcscd, readers)
      for (const transport of ['hid', 'pcsc']) await station.health(transport, 'absent', 0, START_MS)
      return station
    } catch (error) {
      await vm.stop()
      throw error
    }
  }

  /** The first health of that state since a mark. */
  health(readerId: string, state: string, since: number, deadlineMs?: number) {
    const what = `${state} ${readerId}`
    const matches = (health: { readerId: string; state: string }) =>
      health.readerId === readerId && health.state === state
    return this.readers.health(matches, { what, since, ...(deadlineMs === undefined ? {} : { deadlineMs }) })
  }

  ready(readerId: string, since: number, deadlineMs?: number) {
    return this.health(readerId, 'ready', since, deadlineMs)
  }

  absent(readerId: string, since: number) {
    return this.health(readerId, 'absent', since)
  }

  /** A card reader's name is its own; the service beside it is called `pcsc`. */
  async cardReaderReady(since: number, deadlineMs = 10_000): Promise<Reported<{ readerId: string }>> {
    const { health, ...clocks } = await this.readers.health(
      ({ transport, readerId, state }) => transport === 'pcsc' && readerId !== 'pcsc' && state === 'ready',
      { what: 'ready card reader', since, deadlineMs },
    )
    return { readerId: health.readerId, ...clocks }
  }
}
