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

  beforeEach(() => {
    slot = new DoubleSlot('Double Reader')
    reader = new CardReader(slot as unknown as Reader)
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
