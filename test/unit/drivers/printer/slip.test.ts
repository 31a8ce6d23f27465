import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Slip } from '../../../../core/counter/slip.ts'
import { sendToPrinter } from '../../../../drivers/printer/adapter.ts'
import { slipBytes } from '../../../../drivers/printer/slipBytes.ts'
import en from '../../../../resources/locales/en/slip.json' with { type: 'json' }
import ja from '../../../../resources/locales/ja/slip.json' with { type: 'json' }

const SLIP: Slip = {
  redemptionId: '01990000-0000-7000-8000-000000000001',
  storeName: 'Harbour Street',
  cashier: 'Rin',
  at: Date.UTC(2026, 10, 22, 3, 5),
  timeZone: 'Asia/Tokyo',
  currency: 'JPY',
  certainty: 'confirmed',
  lines: [
    { title: 'Members: 10% off', titles: { ja: '会員様10%引き' }, discount: 190 },
    { title: 'A coupon with a name that is too long for one line of paper', titles: {}, discount: 1_110 },
  ],
  totalDiscount: 1_300,
  undone: false,
  training: false,
}

/** What a person reads on the paper: printable characters only, commands left out where they are unprintable. */
const readable = (bytes: Uint8Array) => iconv.decode(Buffer.from(bytes), 'cp437')

describe('a slip as a printer’s bytes', () => {
  it('begins with a reset, ends with a cut, and carries the redemption as text and as a QR code', () => {
    const bytes = slipBytes(SLIP, en.paper, 'en', 42)
    // ESC @ (initialise), GS V (cut): Epson ESC/POS command reference.
    expect([...bytes.slice(0, 2)]).toEqual([0x1b, 0x40])
    expect(Buffer.from(bytes).includes(Buffer.from([0x1d, 0x56]))).toBe(true)
    const id = Buffer.from(SLIP.redemptionId)
    const first = Buffer.from(bytes).indexOf(id)
    expect(first).toBeGreaterThan(0)
    // Function 180 of GS ( k stores the QR code's data, function 181 prints it.
    expect(Buffer.from(bytes).includes(Buffer.concat([Buffer.from([0x31, 0x50, 0x30]), id]))).toBe(true)
    expect(Buffer.from(bytes).includes(Buffer.from([0x31, 0x51, 0x30]))).toBe(true)
  })

  it('puts each discount at the end of its coupon’s line, and wraps a name that is too long', () => {
    const rows = readable(slipBytes(SLIP, en.paper, 'en', 42)).split('\n')
    const row = rows.find((one) => one.includes('Members: 10% off')) ?? ''
    expect(row.trimEnd()).toMatch(/Members: 10% off +-¥190$/)
    expect(rows.some((one) => one.includes('A coupon with a name'))).toBe(true)
    expect(rows.find((one) => one.includes('1,110'))).toMatch(/ -¥1,110$/)
    expect(readable(slipBytes(SLIP, en.paper, 'en', 42))).toContain('Discount')
  })

  it('is Shift JIS in kanji mode in Japanese, two columns a character', () => {
    const bytes = Buffer.from(slipBytes(SLIP, ja.paper, 'ja', 32))
    const on = Buffer.from([0x1c, 0x26, 0x1c, 0x43, 0x01])
    expect(bytes.includes(on)).toBe(true)
    const text = iconv.encode('会員様10%引き', 'Shift_JIS')
    const at = bytes.indexOf(text)
    expect(at).toBeGreaterThan(0)
    const line = bytes.subarray(at, bytes.indexOf(Buffer.from([0x1c, 0x2e]), at))
    expect(line.length).toBe(32)
    expect(iconv.decode(line, 'Shift_JIS')).toMatch(/^会員様10%引き +-￥190$/)
  })

  it('says that it was taken back, that it waits, or that it is of a training', () => {
    const of = (more: Partial<Slip>) => readable(slipBytes({ ...SLIP, ...more }, en.paper, 'en', 42))
    expect(of({})).toContain('Confirmed')
    expect(of({ certainty: 'stored' })).toContain('Not yet confirmed')
    expect(of({ undone: true })).toContain('TAKEN BACK')
    expect(of({ training: true })).toContain('WORTH NOTHING')
    expect(of({})).not.toContain('WORTH NOTHING')
  })
})

describe('on its way to the printer', () => {
  const BYTES = new Uint8Array([0x1b, 0x40, 0x41, 0x0a])

  it('arrives whole over TCP', async () => {
    const received: Buffer[] = []
    const server = createServer((socket) => socket.on('data', (data) => received.push(data)))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const connection = { kind: 'tcp', host: '127.0.0.1', port } as const
    expect(await sendToPrinter({ connection, columns: 42 }, BYTES)).toBeNull()
    await expect.poll(() => Buffer.concat(received)).toEqual(Buffer.from(BYTES))
  })

  it('is appended to a device file, and never makes one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-printer-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const path = join(folder, 'lp0')
    const settings = { connection: { kind: 'file', path }, columns: 42 } as const
    expect(await sendToPrinter(settings, BYTES)).toBe('unreachable')
    writeFileSync(path, 'before')
    expect(await sendToPrinter(settings, BYTES)).toBeNull()
    expect(readFileSync(path)).toEqual(Buffer.concat([Buffer.from('before'), BYTES]))
  })

  it('names what stands in its way', async () => {
    const gone = createServer()
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
    const { port } = gone.address() as AddressInfo
    await new Promise((resolve) => gone.close(resolve))
    const connection = { kind: 'tcp', host: '127.0.0.1', port } as const
    expect(await sendToPrinter({ connection, columns: 42 }, BYTES)).toBe('unreachable')
  })

  it('is given up on when the printer takes nothing', async () => {
    const server = createServer({ pauseOnConnect: true, allowHalfOpen: true })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    onTestFinished(() => void server.close())
    const connection = { kind: 'tcp', host: '127.0.0.1', port } as const
    expect(await sendToPrinter({ connection, columns: 42 }, BYTES, 200)).toBe('timeout')
  })
})
