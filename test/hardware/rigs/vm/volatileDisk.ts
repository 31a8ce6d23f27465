import { createServer, type Server, type Socket } from 'node:net'

const BLOCK = 4_096

/** Network Block Device protocol, fixed newstyle (github.com/NetworkBlockDevice/nbd, doc/proto.md). */
const NBD_MAGIC = 0x4e42444d41474943n
const I_HAVE_OPT = 0x49484156454f5054n
const OPTION_REPLY = 0x0003e889045565a9n
const REQUEST = 0x25609513
const REPLY = 0x67446698
const FIXED_NEWSTYLE = 1
const OPT_ABORT = 2
const OPT_GO = 7
const ACK = 1
const INFO = 3
const ERR_UNSUPPORTED = 0x80000001
const INFO_EXPORT = 0
const CMD_READ = 0
const CMD_WRITE = 1
const CMD_DISCONNECT = 2
const CMD_FLUSH = 3
const FUA = 1
/** HAS_FLAGS, SEND_FLUSH, SEND_FUA. */
const TRANSMISSION = 0b1101
const EINVAL = 22

/**
 * A disk with a cache that forgets: what was written is kept for certain only once it was flushed, or written through (FUA).
 * QEMU is its client, over NBD.
 */
export class VolatileDisk {
  /** As the guest sees it. */
  readonly #now: Buffer
  /** As it is without power. */
  readonly #kept: Buffer
  readonly #unflushed = new Set<number>()
  readonly #random: () => number
  readonly #server: Server
  readonly #clients = new Set<Socket>()
  /** Told of the next flush, which then does not happen. */
  #failing: (() => void) | null = null
  readonly path: string

  private constructor(path: string, bytes: number, random: () => number, server: Server) {
    this.path = path
    this.#now = Buffer.alloc(bytes)
    this.#kept = Buffer.alloc(bytes)
    this.#random = random
    this.#server = server
  }

  /** @param path of its socket; @param random 0 to 1, for what happens to survive a power cut. */
  static async open(path: string, bytes: number, random: () => number): Promise<VolatileDisk> {
    const server = createServer()
    const disk = new VolatileDisk(path, bytes, random, server)
    server.on('connection', (socket) => {
      disk.#clients.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => disk.#clients.delete(socket))
      void disk.#serve(socket).catch(() => socket.destroy())
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(path, resolve)
    })
    return disk
  }

  /** Resolves in the middle of what the guest writes next: it has asked for a flush, and nothing is answered any more. */
  failInFlush(): Promise<void> {
    return new Promise((resolve) => {
      this.#failing = resolve
    })
  }

  /** Of what was not flushed each block has survived or has not, in no order. Returns how many did not. */
  cutPower(): number {
    for (const socket of this.#clients) socket.destroy()
    let lost = 0
    for (const block of this.#unflushed) {
      const survives = this.#random() < 0.5
      if (!survives) lost += 1
      const [from, to] = survives ? [this.#now, this.#kept] : [this.#kept, this.#now]
      from.copy(to, block * BLOCK, block * BLOCK, (block + 1) * BLOCK)
    }
    this.#unflushed.clear()
    this.#failing = null
    return lost
  }

  close(): void {
    for (const socket of this.#clients) socket.destroy()
    this.#server.close()
  }

  async #serve(socket: Socket): Promise<void> {
    const bytes = new ByteReader(socket)
    await this.#negotiate(socket, bytes)
    for (;;) {
      const request = await bytes.take(28)
      if (request.readUInt32BE(0) !== REQUEST) throw new Error('not a request')
      const flags = request.readUInt16BE(4)
      const command = request.readUInt16BE(6)
      const offset = Number(request.readBigUInt64BE(16))
      const length = request.readUInt32BE(24)
      if (command === CMD_DISCONNECT) return void socket.destroy()
      if (command === CMD_FLUSH && this.#failing && this.#unflushed.size > 0) {
        this.#failing()
        return
      }
      const payload = command === CMD_WRITE ? await bytes.take(length) : null
      const reply = Buffer.alloc(16)
      reply.writeUInt32BE(REPLY, 0)
      request.copy(reply, 8, 8, 16)
      if (payload) this.#write(offset, payload, (flags & FUA) !== 0)
      else if (command === CMD_FLUSH) this.#flush()
      else if (command !== CMD_READ) reply.writeUInt32BE(EINVAL, 4)
      socket.write(reply)
      if (command === CMD_READ) socket.write(Buffer.from(this.#now.subarray(offset, offset + length)))
    }
  }

  async #negotiate(socket: Socket, bytes: ByteReader): Promise<void> {
    const greeting = Buffer.alloc(18)
    greeting.writeBigUInt64BE(NBD_MAGIC, 0)
    greeting.writeBigUInt64BE(I_HAVE_OPT, 8)
    greeting.writeUInt16BE(FIXED_NEWSTYLE, 16)
    socket.write(greeting)
    await bytes.take(4)
    for (;;) {
      const head = await bytes.take(16)
      const option = head.readUInt32BE(8)
      await bytes.take(head.readUInt32BE(12))
      if (option === OPT_GO) {
        const info = Buffer.alloc(12)
        info.writeUInt16BE(INFO_EXPORT, 0)
        info.writeBigUInt64BE(BigInt(this.#now.length), 2)
        info.writeUInt16BE(TRANSMISSION, 10)
        socket.write(optionReply(option, INFO, info))
        socket.write(optionReply(option, ACK))
        return
      }
      socket.write(optionReply(option, option === OPT_ABORT ? ACK : ERR_UNSUPPORTED))
      if (option === OPT_ABORT) throw new Error('the client does not want this disk')
    }
  }

  #write(offset: number, data: Buffer, through: boolean): void {
    data.copy(this.#now, offset)
    if (through) data.copy(this.#kept, offset)
    else for (let at = offset; at < offset + data.length; at += BLOCK) this.#unflushed.add(Math.floor(at / BLOCK))
  }

  #flush(): void {
    for (const block of this.#unflushed) this.#now.copy(this.#kept, block * BLOCK, block * BLOCK, (block + 1) * BLOCK)
    this.#unflushed.clear()
  }
}

function optionReply(option: number, type: number, data = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(20)
  head.writeBigUInt64BE(OPTION_REPLY, 0)
  head.writeUInt32BE(option, 8)
  head.writeUInt32BE(type, 12)
  head.writeUInt32BE(data.length, 16)
  return Buffer.concat([head, data])
}

/** A stream's bytes, in the amounts that are asked for. */
class ByteReader {
  readonly #chunks: Buffer[] = []
  #length = 0
  #wanted: { readonly length: number; resolve(bytes: Buffer): void; reject(error: Error): void } | null = null

  constructor(socket: Socket) {
    socket.on('data', (chunk) => {
      this.#chunks.push(chunk)
      this.#length += chunk.length
      this.#answer()
    })
    socket.on('close', () => this.#wanted?.reject(new Error('closed')))
  }

  take(length: number): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#wanted = { length, resolve, reject }
      this.#answer()
    })
  }

  #answer(): void {
    const wanted = this.#wanted
    if (!wanted || this.#length < wanted.length) return
    const all = Buffer.concat(this.#chunks)
    this.#chunks.length = 0
    this.#chunks.push(all.subarray(wanted.length))
    this.#length -= wanted.length
    this.#wanted = null
    wanted.resolve(all.subarray(0, wanted.length))
  }
}
