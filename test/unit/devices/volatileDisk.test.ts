import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { VolatileDisk } from '../../hardware/rigs/vm/volatileDisk.ts'

const READ = 0
const WRITE = 1
const FLUSH = 3
const BLOCK = 4_096

/** The least that NBD asks of a client (doc/proto.md), enough to ask for one disk's blocks. */
class Client {
  readonly #socket: Socket
  #received = Buffer.alloc(0)

  constructor(path: string) {
    this.#socket = connect(path)
    this.#socket.on('data', (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk])
    })
    this.#socket.on('error', () => {})
  }

  /** Size of the disk in bytes. */
  async open(): Promise<number> {
    await this.#take(18)
    const option = Buffer.alloc(4 + 16)
    option.writeUInt32BE(1, 0)
    option.write('IHAVEOPT', 4, 'latin1')
    option.writeUInt32BE(7, 12)
    this.#socket.write(option)
    const info = await this.#take(20 + 12)
    await this.#take(20)
    return Number(info.readBigUInt64BE(22))
  }

  async ask(command: number, block: number, data = Buffer.alloc(BLOCK), flags = 0): Promise<Buffer> {
    const request = Buffer.alloc(28)
    request.writeUInt32BE(0x25609513, 0)
    request.writeUInt16BE(flags, 4)
    request.writeUInt16BE(command, 6)
    request.writeBigUInt64BE(BigInt(block * BLOCK), 16)
    request.writeUInt32BE(command === FLUSH ? 0 : BLOCK, 24)
    this.#socket.write(command === WRITE ? Buffer.concat([request, data]) : request)
    const reply = await this.#take(16)
    expect(reply.readUInt32BE(4)).toBe(0)
    return command === READ ? await this.#take(BLOCK) : reply
  }

  async #take(length: number): Promise<Buffer> {
    await expect.poll(() => this.#received.length, { timeout: 10_000, interval: 2 }).toBeGreaterThanOrEqual(length)
    const taken = this.#received.subarray(0, length)
    this.#received = this.#received.subarray(length)
    return taken
  }
}

describe('a disk whose cache forgets', () => {
  const written = Buffer.alloc(BLOCK, 'new')
  let folder: string
  let disk: VolatileDisk
  let client: Client
  let survives: boolean

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tapcoupon-disk-'))
    disk = await VolatileDisk.open(join(folder, 'disk.sock'), 16 * BLOCK, () => (survives ? 0 : 0.9))
    client = new Client(disk.path)
    expect(await client.open()).toBe(16 * BLOCK)
  })

  afterEach(() => {
    disk.close()
    rmSync(folder, { recursive: true })
  })

  /** Block 3 after the power has come back. */
  async function afterPowerCut(): Promise<Buffer> {
    disk.cutPower()
    client = new Client(disk.path)
    await client.open()
    return client.ask(READ, 3)
  }

  it('reads what was written, flushed or not', async () => {
    await client.ask(WRITE, 3, written)
    expect(await client.ask(READ, 3)).toEqual(written)
  })

  it('keeps what was flushed', async () => {
    survives = false
    await client.ask(WRITE, 3, written)
    await client.ask(FLUSH, 0)
    expect(await afterPowerCut()).toEqual(written)
  })

  it('keeps what was written through', async () => {
    survives = false
    await client.ask(WRITE, 3, written, 1)
    expect(await afterPowerCut()).toEqual(written)
  })

  it('forgets what was not flushed, or happens to keep it', async () => {
    survives = false
    await client.ask(WRITE, 3, written)
    expect(await afterPowerCut()).toEqual(Buffer.alloc(BLOCK))
    survives = true
    await client.ask(WRITE, 3, written)
    expect(await afterPowerCut()).toEqual(written)
  })
})
