import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PCSC_SERVICE_ID } from '../../drivers/pcsc/serviceSession.ts'
import { mediumReaderContract, Recorder } from '../contract/mediumReader.ts'
import { FELICA_ATR, TYPE_A_ATR, TYPE_B_ATR } from './rigs/atr.ts'
import { DevicesProcess } from './rigs/devicesProcess.ts'
import { type Pcscd, startPcscd } from './rigs/pcscd.ts'
import { insertCard, uidCard, type VirtualCard, type VirtualCardBehaviour } from './rigs/virtualCard.ts'

/** vpcd's first slot. */
const SLOT = 'Virtual PCD 00 00'
const GET_UID = 'ffca000000'
const newReader = () => new DevicesProcess('pcsc')

describe('on a real pcscd', () => {
  let pcscd: Pcscd
  beforeAll(async () => {
    pcscd = await startPcscd()
  })
  afterAll(() => pcscd.stop())

  const cards = [
    { atr: FELICA_ATR, uid: '0123456789abcdef', type: 'felica-idm' },
    { atr: TYPE_A_ATR, uid: '04a1b2c3d4e5f6', type: 'nfc-uid' },
  ] as const

  mediumReaderContract('pcsc, with virtual cards', { replug: false }, () => {
    /** Holds it long enough for the reader's poll (400 ms) and takes it away. */
    async function tap(behaviour: VirtualCardBehaviour) {
      const card = await insertCard(behaviour)
      await sleep(900)
      await card.remove()
      await sleep(600)
    }
    return {
      reader: newReader(),
      readerId: SLOT,
      present: (n) => tap(uidCard(cards[n]!.atr, cards[n]!.uid)),
      medium: (n) => ({ type: cards[n]!.type, identifier: cards[n]!.uid }),
      presentUnreadable: () => tap({ atr: TYPE_A_ATR, respond: () => Buffer.from('6a81', 'hex') }),
      close: () => {},
    }
  })

  describe('a virtual card', () => {
    let reader: DevicesProcess
    let recorder: Recorder
    let card: VirtualCard | null = null

    beforeEach(async () => {
      reader = newReader()
      recorder = new Recorder()
      reader.start(recorder.events)
      await recorder.ready(SLOT)
    })
    afterEach(async () => {
      await card?.remove()
      card = null
      await reader.stop()
      // pcscd notices within its poll; the next test begins with an empty reader.
      await sleep(600)
    })

    const outcome = () => recorder.until('an outcome', () => recorder.reads.length + recorder.failures.length > 0)
    const reasons = () => recorder.failures.map(({ reason }) => reason)

    it.each([
      ['a FeliCa IDm', FELICA_ATR, '0123456789abcdef', 'felica-idm'],
      ['a double UID', TYPE_A_ATR, '04a1b2c3d4e5f6', 'nfc-uid'],
      ['a triple UID', TYPE_A_ATR, '04a1b2c3d4e5f6a7b8c9', 'nfc-uid'],
    ])('with %s is read once while it lies there, and is asked for nothing else', async (_, atr, uid, type) => {
      card = await insertCard(uidCard(atr, uid))
      await outcome()
      // pcscd powers an idle card down after about 5 s, which is a change of state, not a tap.
      await sleep(6_000)
      expect(recorder.reads.map(({ medium }) => medium)).toEqual([{ type, identifier: uid }])
      expect(recorder.failures).toEqual([])
      expect(card.apdus).toEqual([GET_UID])
    })

    it.each([
      ['a random UID', TYPE_A_ATR, '08a1b2c3'],
      ['a type B PUPI', TYPE_B_ATR, '12345678'],
    ])('with %s is unstable', async (_, atr, uid) => {
      card = await insertCard(uidCard(atr, uid))
      await outcome()
      expect(reasons()).toEqual(['medium_unstable'])
    })

    it.each<[string, VirtualCardBehaviour]>([
      ['leaves before it has answered', { atr: TYPE_A_ATR, respond: () => null }],
      ['answers with nothing', { atr: TYPE_A_ATR, respond: () => new Uint8Array() }],
      ['answers with one byte', { atr: TYPE_A_ATR, respond: () => Uint8Array.of(0x90) }],
      ['answers with noise', { atr: TYPE_A_ATR, respond: () => new Uint8Array(300).fill(0xa5) }],
      ['answers with an error', { atr: TYPE_A_ATR, respond: () => Uint8Array.of(0x6f, 0x00) }],
      ['has an ATR of noise', { atr: Uint8Array.of(1, 2, 3), respond: () => Uint8Array.of(0x90, 0x00) }],
    ])('that %s is unreadable, once', async (_, behaviour) => {
      card = await insertCard(behaviour)
      await outcome()
      await sleep(1_200)
      expect(reasons()).toEqual(['medium_unreadable'])
      expect(recorder.reads).toEqual([])
    })

    it('that answers too late is unreadable within its deadline; the next card is read', async () => {
      card = await insertCard({
        atr: TYPE_A_ATR,
        respond: () => sleep(2_500, Buffer.from('04a1b2c3d4e5f69000', 'hex')),
      })
      await recorder.until('reading', () => recorder.reported.some(({ kind }) => kind === 'reading'))
      const started = performance.now()
      await outcome()
      expect(performance.now() - started).toBeLessThan(5_000)
      await sleep(2_000)
      await card.remove()
      await sleep(1_000)
      card = await insertCard(uidCard(TYPE_A_ATR, '04ffffffffffff'))
      await recorder.until('the next card', () => recorder.reads.length > 0)
      expect(recorder.reads.map(({ medium }) => medium.identifier)).toEqual(['04ffffffffffff'])
      expect(reasons()).toEqual(['medium_unreadable'])
    })

    it('that fails its first answer is read at the second', async () => {
      let asked = 0
      card = await insertCard({
        atr: TYPE_A_ATR,
        respond: () => {
          asked += 1
          return Buffer.from(asked === 1 ? '6300' : '04a1b2c3d4e5f69000', 'hex')
        },
      })
      await outcome()
      expect(recorder.reads).toHaveLength(1)
      expect(recorder.failures).toEqual([])
    })

    it('that was there before the counter is read when the counter starts', async () => {
      await reader.stop()
      card = await insertCard(uidCard(TYPE_A_ATR, '04a1b2c3d4e5f6'))
      await sleep(1_000)
      reader = newReader()
      reader.start(recorder.events)
      await outcome()
      expect(recorder.reads).toHaveLength(1)
    })
  })
})

describe('a pcscd that is not running', () => {
  it('is an error with its fix; it is found when it starts, lost when it stops, and found again', async () => {
    const reader = newReader()
    const recorder = new Recorder()
    reader.start(recorder.events)
    const stopped = () => recorder.health(PCSC_SERVICE_ID)?.code === 'pcscd_not_running'
    await recorder.until('not running', stopped)
    expect(recorder.health(PCSC_SERVICE_ID)).toMatchObject({ state: 'error' })
    expect(recorder.health(PCSC_SERVICE_ID)?.fix).toContain('systemctl enable --now pcscd.socket')
    for (const uid of ['04000000000001', '04000000000002']) {
      const pcscd = await startPcscd()
      try {
        await recorder.ready(SLOT)
        const card = await insertCard(uidCard(TYPE_A_ATR, uid))
        await recorder.until('a read', () => recorder.reads.at(-1)?.medium.identifier === uid)
        await card.remove()
      } finally {
        await pcscd.stop()
      }
      await recorder.until('stopped again', stopped)
      expect(recorder.health(SLOT)?.state).toBe('absent')
    }
    await reader.stop()
    expect(recorder.failures).toEqual([])
  })
})
