import type { Socket } from 'node:net'
import type { VirtualCardBehaviour } from '../virtualCard.ts'
import type { QmpClient } from './qmp.ts'
import { VirtualCardSlot } from './vscard.ts'

/** QEMU reports a device's end once the guest has let go of it. */
const UNPLUG_DEADLINE_MS = 5_000

let lastReader = 0

/** A USB CCID card reader (QEMU's usb-ccid), plugged into and pulled from the guest's USB bus. */
export class CardReaderPort {
  readonly #qmp: QmpClient
  readonly #linePath: string
  readonly #connection: () => Promise<Socket>
  #plugged: { readonly id: string; readonly slot: VirtualCardSlot } | null = null

  constructor(qmp: QmpClient, linePath: string, connection: () => Promise<Socket>) {
    this.#qmp = qmp
    this.#linePath = linePath
    this.#connection = connection
  }

  async plug(): Promise<void> {
    lastReader += 1
    const id = `reader${lastReader}`
    await this.#qmp.execute('chardev-add', {
      id: `${id}-card`,
      backend: {
        type: 'socket',
        data: { addr: { type: 'unix', data: { path: this.#linePath } }, server: false },
      },
    })
    const slot = new VirtualCardSlot(await this.#connection())
    await this.#qmp.execute('device_add', { driver: 'usb-ccid', id, bus: 'usb.0' })
    await this.#qmp.execute('device_add', { driver: 'ccid-card-passthru', bus: `${id}.0`, chardev: `${id}-card` })
    await slot.attach()
    this.#plugged = { id, slot }
  }

  async unplug(): Promise<void> {
    const plugged = this.#plugged
    this.#plugged = null
    if (!plugged) return
    const gone = this.#qmp.event('DEVICE_DELETED', ({ device }) => device === plugged.id, UNPLUG_DEADLINE_MS)
    await this.#qmp.execute('device_del', { id: plugged.id })
    await gone
    await this.#qmp.execute('chardev-remove', { id: `${plugged.id}-card` })
    plugged.slot.close()
  }

  insert(card: VirtualCardBehaviour): void {
    this.#slot().insert(card)
  }

  removeCard(): void {
    this.#slot().remove()
  }

  #slot(): VirtualCardSlot {
    if (!this.#plugged) throw new Error('the card reader is not plugged in')
    return this.#plugged.slot
  }
}
