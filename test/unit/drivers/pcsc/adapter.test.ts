import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock, systemIds, systemScheduler } from '../../../../counter/system.ts'
import { PcscReader } from '../../../../drivers/pcsc/adapter.ts'
import { Recorder } from '../../../contract/mediumReader.ts'
import { type DoubleCard, DoubleService, DoubleSlot, pcscError } from '../../../contract/mediumReaderPcscDouble.ts'
import { TYPE_A_ATR } from '../../../hardware/rigs/atr.ts'

const SLOT = 'Double Reader 00 00'
const UID = '04a1b2c3d4e5f6'
const good = Buffer.from(`${UID}9000`, 'hex')
const card = (changes: Partial<DoubleCard> = {}): DoubleCard => ({ atr: TYPE_A_ATR, answer: () => good, ...changes })

let slot: DoubleSlot
let service: DoubleService
let reader: PcscReader
let recorder: Recorder

beforeEach(async () => {
  slot = new DoubleSlot(SLOT)
  service = new DoubleService(slot)
  reader = new PcscReader(systemClock, systemIds, systemScheduler, service.load)
  recorder = new Recorder()
  reader.start(recorder.events)
  await recorder.ready(SLOT)
})

afterEach(() => reader.stop())

const reasons = () => recorder.failures.map(({ reason }) => reason)
const outcomes = () => recorder.reads.length + recorder.failures.length

describe('a card in the field', () => {
  it('is read once, however often the service tells of it', async () => {
    slot.insert(card())
    await recorder.until('a read', () => recorder.reads.length === 1)
    for (const state of [0x120, 0x20, 0x420, 0x20]) slot.tell(state)
    await sleep(50)
    expect(outcomes()).toBe(1)
    slot.remove()
    slot.insert(card())
    await recorder.until('the second tap', () => recorder.reads.length === 2)
  })

  it('is given back after the read, so that others can use the reader', async () => {
    slot.insert(card())
    await recorder.until('a read', () => recorder.reads.length === 1)
    await recorder.until('given back', () => slot.openConnections === 0)
  })

  it('gets one more try after a bad answer', async () => {
    slot.insert(card({ answer: (attempt) => (attempt === 1 ? Buffer.alloc(0) : good) }))
    await recorder.until('a read', () => recorder.reads.length === 1)
    expect(recorder.failures).toEqual([])
    expect(slot.openConnections).toBe(0)
  })

  it('gets no third try', async () => {
    let asked = 0
    slot.insert(
      card({
        answer: () => {
          asked += 1
          return Buffer.from('6f00', 'hex')
        },
      }),
    )
    await recorder.until('a failure', () => recorder.failures.length === 1)
    await sleep(50)
    expect(reasons()).toEqual(['medium_unreadable'])
    expect(asked).toBe(2)
  })

  it('with a random UID is not asked again', async () => {
    let asked = 0
    slot.insert(
      card({
        answer: () => {
          asked += 1
          return Buffer.from('08a1b2c39000', 'hex')
        },
      }),
    )
    await recorder.until('a failure', () => recorder.failures.length === 1)
    await sleep(50)
    expect(reasons()).toEqual(['medium_unstable'])
    expect(asked).toBe(1)
  })

  it('that does not connect is noticed although nfc-pcsc loses the error', async () => {
    slot.insert(
      card({
        connect: () => {
          throw pcscError('UnresponsiveCard')
        },
      }),
    )
    await recorder.until('a failure', () => recorder.failures.length === 1, 500)
    expect(reasons()).toEqual(['medium_unreadable'])
  })

  it('that connects at the second try is read', async () => {
    slot.insert(
      card({
        connect: (attempt) => {
          if (attempt === 1) throw pcscError('UnpoweredCard')
        },
      }),
    )
    await recorder.until('a read', () => recorder.reads.length === 1, 500)
    expect(recorder.failures).toEqual([])
  })

  it('waits while another program has the reader, and says which trouble that is', async () => {
    slot.insert(
      card({
        connect: (attempt) => {
          if (attempt < 4) throw pcscError('SharingViolation')
        },
      }),
    )
    await recorder.until('in use', () => recorder.health(SLOT)?.state === 'conflict')
    expect(recorder.health(SLOT)?.fix).toMatch(/Another program/)
    await recorder.until('a read', () => recorder.reads.length === 1)
    expect(recorder.health(SLOT)?.state).toBe('ready')
  })

  it('that never answers fails within its deadline, and the late answer is nothing', async () => {
    let answer = (_: Uint8Array) => {}
    slot.insert(
      card({
        answer: () =>
          new Promise((resolve) => {
            answer = resolve
          }),
      }),
    )
    await recorder.until('a failure', () => recorder.failures.length === 1)
    answer(good)
    await sleep(50)
    expect(outcomes()).toBe(1)
  })

  it('that leaves before its answer fails once; the next card is read', async () => {
    slot.insert(card({ answer: () => sleep(30, good) }))
    await sleep(10)
    slot.remove()
    await recorder.until('a failure', () => recorder.failures.length === 1)
    slot.insert(card({ answer: () => Buffer.from('04ffffffffffff9000', 'hex') }))
    await recorder.until('the next read', () => recorder.reads.length === 1)
    await sleep(50)
    expect(recorder.reads[0]!.medium.identifier).toBe('04ffffffffffff')
    expect(outcomes()).toBe(2)
  })
})

describe('a reader that another program has to itself', () => {
  it('is in conflict while it lasts, card or no card, and ready when it is over', async () => {
    slot.tell(0x10 | 0x80)
    expect(recorder.health(SLOT)).toMatchObject({ state: 'conflict', code: 'reader_in_use' })
    slot.tell(0x10)
    expect(recorder.health(SLOT)?.state).toBe('ready')
  })

  it('fails a card that it keeps from us for two seconds, by name', async () => {
    slot.insert(
      card({
        connect: () => {
          throw pcscError('SharingViolation')
        },
      }),
    )
    await recorder.until('a failure', () => recorder.failures.length === 1)
    expect(reasons()).toEqual(['medium_unreadable'])
    expect(recorder.health(SLOT)?.state).toBe('conflict')
  })
})

describe('a card that says nothing', () => {
  it.each(['UnresponsiveCard', 'UnpoweredCard', 'UnsupportedCard'])('(%s) is unreadable, once', async (code) => {
    slot.insert(
      card({
        connect: () => {
          throw pcscError(code)
        },
      }),
    )
    await recorder.until('a failure', () => recorder.failures.length === 1)
    await sleep(50)
    expect(outcomes()).toBe(1)
  })
})

describe('a reader with lights and a buzzer', () => {
  const NAME = 'ACS ACR122U PICC Interface 00 00'

  it('tells the outcome by a command to itself, not to the card', async () => {
    const acr = new DoubleSlot(NAME)
    const service = new DoubleService(acr)
    const lit = new PcscReader(systemClock, systemIds, systemScheduler, service.load)
    const heard = new Recorder()
    lit.start(heard.events)
    await heard.ready(NAME)
    expect(heard.health(NAME)).toMatchObject({ model: 'ACS ACR122U', capabilities: { buzzer: true, led: true } })
    expect(await lit.indicate(NAME, 'accepted')).toBe(true)
    expect(acr.controls).toEqual(['ff00400e0401000101'])
    expect(acr.openConnections).toBe(0)
    await lit.stop()
  })

  it('is not every reader', async () => {
    expect(await reader.indicate(SLOT, 'accepted')).toBe(false)
    expect(slot.controls).toEqual([])
  })
})

describe('a card under test', () => {
  it('shows support its conversation, commands whole and of answers the status word', async () => {
    reader.setPresenting({ to: 'test', readerId: SLOT })
    slot.insert(card())
    await recorder.until('a raw read', () => recorder.raws.length === 1)
    expect(recorder.raws[0]).toMatchObject({
      readerId: SLOT,
      mediumType: 'nfc-uid',
      hex: '> ff ca 00 00 00\n< ·· ·· ·· ·· ·· ·· ·· 90 00',
    })
    expect(outcomes()).toBe(0)
  })
})
