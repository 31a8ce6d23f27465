import type { Socket } from 'node:net'

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

/** A card: what it says when powered, and its answer (data and SW1 SW2) to each command APDU. */
export interface VirtualCard {
  readonly atr: Uint8Array
  answer(command: Uint8Array): Uint8Array
}

/** One slot of a CCID reader that QEMU emulates; cards are put on it and taken off. */
export class VirtualCardSlot {
  readonly #socket: Socket
  #card: VirtualCard | null = null
  #received = Buffer.alloc(0)
  #acknowledged: (() => void)[] = []
  /** Command APDUs that arrived from the guest since the slot exists. */
  commands = 0

  constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
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

  insert(card: VirtualCard): void {
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
      else if (type === APDU) this.#answer(payload)
    }
  }

  #answer(command: Uint8Array): void {
    this.commands += 1
    if (this.#card) this.#send(APDU, this.#card.answer(command))
  }
}

/** A contactless card on a PC/SC reader: answers `FF CA 00 00 00` with its UID and refuses everything else. */
export function uidCard(uid: Uint8Array, atr: Uint8Array): VirtualCard {
  return {
    atr,
    answer: ([cla, ins, p1]) =>
      cla === 0xff && ins === 0xca && p1 === 0x00 ? Uint8Array.of(...uid, 0x90, 0x00) : Uint8Array.of(0x6d, 0x00),
  }
}
