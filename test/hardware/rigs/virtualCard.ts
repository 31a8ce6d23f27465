import { connect, type Socket } from 'node:net'
import { VPCD_PORT } from './pcscd.ts'

/** How a virtual card behaves. */
export interface VirtualCardBehaviour {
  readonly atr: Uint8Array
  /** A C-APDU's answer (data, SW1, SW2); null: leave the field without one. */
  respond(apdu: Uint8Array): Uint8Array | null | Promise<Uint8Array | null>
}

/** A card in the field of the virtual reader. */
export interface VirtualCard {
  /** C-APDUs received so far, in hex. */
  readonly apdus: readonly string[]
  /** Monotonic milliseconds at which the reader first asked for the ATR: pcscd has noticed the card. */
  noticedAt(): number | null
  /** Takes the card out of the field. */
  remove(): Promise<void>
}

/** A card that answers `FF CA 00 00 00` with its UID and everything else with 6D00. */
export function uidCard(atr: Uint8Array, uidHex: string): VirtualCardBehaviour {
  return {
    atr,
    respond: (apdu) =>
      Buffer.from(apdu).equals(Buffer.from('ffca000000', 'hex'))
        ? Buffer.from(`${uidHex}9000`, 'hex')
        : Buffer.from('6d00', 'hex'),
  }
}

/**
 * Holds a card to vpcd's virtual reader: the card is the TCP client. Frames both ways are a 16-bit big-endian length and
 * a payload; a payload of one byte is a control (0 off, 1 on, 2 reset: no reply; 4: reply with the ATR), any other is a
 * C-APDU that is replied to with one R-APDU. The reader asks for the ATR about every 400 ms; that is how it notices.
 */
export async function insertCard(behaviour: VirtualCardBehaviour, port = VPCD_PORT): Promise<VirtualCard> {
  const socket = await open(port)
  const apdus: string[] = []
  let noticedAt: number | null = null
  let pending = Buffer.alloc(0)
  let working: Promise<void> = Promise.resolve()

  async function handle(payload: Buffer): Promise<void> {
    if (payload.length === 1) {
      if (payload[0] !== 4) return
      noticedAt ??= performance.now()
      send(socket, behaviour.atr)
      return
    }
    apdus.push(payload.toString('hex'))
    const response = await behaviour.respond(payload)
    if (response === null) socket.destroy()
    else send(socket, response)
  }

  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk])
    while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
      const end = 2 + pending.readUInt16BE(0)
      const payload = Buffer.from(pending.subarray(2, end))
      pending = pending.subarray(end)
      working = working.then(() => handle(payload))
    }
  })
  // The daemon may stop under the card.
  socket.on('error', () => {})
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  return {
    apdus,
    noticedAt: () => noticedAt,
    async remove() {
      socket.destroy()
      await closed
    },
  }
}

function send(socket: Socket, payload: Uint8Array): void {
  if (socket.destroyed) return
  const frame = Buffer.alloc(2 + payload.length)
  frame.writeUInt16BE(payload.length, 0)
  frame.set(payload, 2)
  socket.write(frame)
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('connect', () => resolve(socket))
    socket.once('error', (error) => reject(new Error(`no virtual reader on port ${port}: ${error.message}`)))
  })
}
