import type { Socket } from 'node:net'
import type { VirtualCardBehaviour } from '../virtualCard.ts'

/**
 * The line between QEMU's `ccid-card-passthru` and whoever plays the card (wiki.qemu.org, Features/Smartcard): every
 * message is three big-endian 32-bit words, type, reader and length, then its payload.
 */
const INIT = 1
const ERROR = 2
const READER_ADD = 3
const ATR = 5
const CARD_REMOVE = 6
const APDU = 7
const HEADER_SIZE = 12
const VERSION = 2
const READER = 0

/** One slot of a CCID reader that QEMU emulates; cards are put on it and taken off. */
export class VirtualCardSlot {
  readonly #socket: Socket
  #card: VirtualCardBehaviour | null = null
  #received = Buffer.alloc(0)
  #acknowledged: (() => void)[] = []

  constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk) => this.#receive(chunk))
    // QEMU drops the line when the reader is unplugged.
    socket.on('error', () => socket.destroy())
  }

  /** Announces the slot to QEMU, which then attaches the reader to the guest's USB bus. */
  async attach(): Promise<void> {
    const payload = Buffer.alloc(12)
    payload.write('VSCD', 0, 'latin1')
    payload.writeUInt32BE(VERSION, 4)
    const greeted = this.#acknowledgement()
    this.#send(INIT, payload)
    await greeted
    const added = this.#acknowledgement()
    this.#send(READER_ADD, Buffer.from('tapcoupon'))
    await added
  }

  insert(card: VirtualCardBehaviour): void {
    this.#card = card
    this.#send(ATR, card.atr)
  }

  remove(): void {
    if (!this.#card) return
    this.#card = null
    this.#send(CARD_REMOVE, Buffer.alloc(0))
  }

  close(): void {
    this.#card = null
    this.#socket.destroy()
  }

  #acknowledgement(): Promise<void> {
    return new Promise((resolve) => this.#acknowledged.push(resolve))
  }

  #send(type: number, payload: Uint8Array): void {
    const header = Buffer.alloc(HEADER_SIZE)
    header.writeUInt32BE(type, 0)
    header.writeUInt32BE(READER, 4)
    header.writeUInt32BE(payload.length, 8)
    this.#socket.write(Buffer.concat([header, payload]))
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk])
    while (this.#received.length >= HEADER_SIZE) {
      const end = HEADER_SIZE + this.#received.readUInt32BE(8)
      if (this.#received.length < end) return
      const type = this.#received.readUInt32BE(0)
      const payload = this.#received.subarray(HEADER_SIZE, end)
      this.#received = this.#received.subarray(end)
      // QEMU acknowledges with an "error" whose code is success, and greets back.
      if (type === INIT || type === ERROR) this.#acknowledged.shift()?.()
      else if (type === APDU) void this.#answer(payload)
    }
  }

  async #answer(command: Uint8Array): Promise<void> {
    const card = this.#card
    const response = card ? await card.respond(command) : null
    if (card !== this.#card) return
    if (response) this.#send(APDU, response)
    else this.remove()
  }
}
