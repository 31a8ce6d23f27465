import { once } from 'node:events'
import { promisify } from 'node:util'
import { CardReader } from '@pokusew/pcsclite/cardReader.cjs'
import type { Reader } from 'pcsc-mini'
import { beforeEach, describe, expect, it } from 'vitest'
import { DoubleSlot, pcscError } from '../../../contract/mediumReaderPcscDouble.ts'
import { TYPE_A_ATR } from '../../../hardware/rigs/atr.ts'

describe('the reader that nfc-pcsc is given', () => {
  let slot: DoubleSlot
  let reader: CardReader
  let lostConnections: number

  beforeEach(() => {
    slot = new DoubleSlot('Double Reader')
    lostConnections = 0
    reader = new CardReader(slot as unknown as Reader, null, () => {
      lostConnections += 1
    })
    slot.tell(0x10)
  })

  const connect = () =>
    promisify<object, number | undefined>((options, done) => reader.connect(options, done))({
      share_mode: reader.SCARD_SHARE_SHARED,
    })
  const disconnect = () =>
    promisify<number, void>((disposition, done) => reader.disconnect(disposition, done))(reader.SCARD_LEAVE_CARD)

  it('tells a status before it keeps it, so that a listener sees what has changed', () => {
    const changes: number[] = []
    reader.on('status', ({ state }) => changes.push(reader.state ^ state))
    slot.insert({ atr: TYPE_A_ATR, answer: () => Uint8Array.of(0x90, 0) })
    slot.tell(0x20)
    expect(changes).toEqual([0x10 | 0x20, 0])
  })

  it('knows the ATR of the card it is connected to', async () => {
    slot.insert({ atr: TYPE_A_ATR, answer: () => Uint8Array.of(0x90, 0) })
    await connect()
    expect(reader.connected).toBe(true)
    expect([...reader.atr]).toEqual([...TYPE_A_ATR])
  })

  it('tells a failed connect, both ways', async () => {
    const told = once(reader, 'connectFailed')
    await expect(connect()).rejects.toMatchObject({ code: 'NoSmartCard' })
    expect((await told)[0]).toMatchObject({ code: 'NoSmartCard' })
    expect(reader.connected).toBe(false)
  })

  it('does not keep the handle of a card that has gone', async () => {
    slot.insert({ atr: TYPE_A_ATR, answer: () => Uint8Array.of(0x90, 0) })
    await connect()
    slot.remove()
    await expect(disconnect()).rejects.toMatchObject(pcscError('RemovedCard'))
    expect(reader.connected).toBe(false)
    slot.insert({ atr: TYPE_A_ATR, answer: () => Uint8Array.of(0x90, 0) })
    await connect()
    expect(reader.connected).toBe(true)
  })

  it('counts a connection that could not be given back', async () => {
    slot.insert({ atr: TYPE_A_ATR, answer: () => Uint8Array.of(0x90, 0) })
    await connect()
    await disconnect()
    expect(lostConnections).toBe(0)
    await connect()
    slot.remove()
    await expect(disconnect()).rejects.toMatchObject(pcscError('RemovedCard'))
    expect(lostConnections).toBe(1)
  })

  it('gives the connection back when it is pulled in the middle of a command, once that has ended', async () => {
    let answer = (_bytes: Uint8Array) => {}
    const pending = new Promise<Uint8Array>((resolve) => {
      answer = resolve
    })
    slot.insert({ atr: TYPE_A_ATR, answer: () => pending })
    await connect()
    const transmitted = promisify<Buffer | undefined>((done) => reader.transmit(Uint8Array.of(0), 2, 2, done))()
    slot.emit('disconnect')
    await new Promise((resolve) => setImmediate(resolve))
    expect(slot.openConnections).toBe(1)
    answer(Uint8Array.of(0x90, 0))
    await transmitted
    await expect.poll(() => slot.openConnections).toBe(0)
    expect(lostConnections).toBe(0)
  })

  it('refuses to transmit without a card', async () => {
    const transmit = promisify<Buffer | undefined>((done) => reader.transmit(Uint8Array.of(0), 2, 2, done))
    await expect(transmit()).rejects.toThrow('not connected')
  })

  it('ends once', () => {
    let ends = 0
    reader.on('end', () => {
      ends += 1
    })
    slot.emit('disconnect')
    reader.close()
    expect(ends).toBe(1)
  })
})
