import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Recorder } from '../contract/mediumReader.ts'
import { DevicesProcess } from './rigs/devicesProcess.ts'
import { type Pcscd, startPcscd } from './rigs/pcscd.ts'
import { insertCard, type VirtualCard } from './rigs/virtualCard.ts'

const SLOT = 'Virtual PCD 00 00'
const AID = 'f0746170636f75706f6e'
const PPSE = '325041592e5359532e4444463031'
const UID = '04a1b2c3d4e5f6'
/** 14443-4 type A, as a phone or a DESFire shows itself. */
const PART4_ATR = Uint8Array.from(Buffer.from('3b8180018080', 'hex'))
const SELECT = `00a404000a${AID}00`
const GET_UID = 'ffca000000'
const SELECT_NDEF = '00a4040007d276000085010100'

const uri = Buffer.from('\u0004example.com/m/0049', 'latin1')
const message = Buffer.concat([Buffer.of(0xd1, 0x01, uri.length, 0x55), uri])
const ndefTag: Record<string, string> = {
  [SELECT_NDEF]: '9000',
  '00a4000c02e103': '9000',
  '00b000000f': '000f20003b00340406e104040000009000',
  '00a4000c02e104': '9000',
  '00b0000002': `${message.length.toString(16).padStart(4, '0')}9000`,
  [`00b00002${message.length.toString(16).padStart(2, '0')}`]: `${message.toString('hex')}9000`,
  [GET_UID]: `${UID}9000`,
}

let pcscd: Pcscd
let reader: DevicesProcess
let recorder: Recorder
let card: VirtualCard | null = null

beforeAll(async () => {
  pcscd = await startPcscd()
})
afterAll(() => pcscd.stop())

/** A card that answers by a table (hex → hex); null leaves the field. Others get `6a82`. */
const tableCard = (answers: Record<string, string | null>) => ({
  atr: PART4_ATR,
  respond: (apdu: Uint8Array) => {
    const answer = answers[Buffer.from(apdu).toString('hex')]
    return answer === null ? null : Buffer.from(answer ?? '6a82', 'hex')
  },
})

describe('on a real pcscd, with applications configured', () => {
  beforeEach(async () => {
    reader = new DevicesProcess('pcsc', { aids: [PPSE, AID], ndef: true, felicaSystemCode: true })
    recorder = new Recorder()
    reader.start(recorder.events)
    await recorder.ready(SLOT)
  })
  afterEach(async () => {
    await card?.remove()
    card = null
    await reader.stop()
    await sleep(600)
  })

  const outcome = () => recorder.until('an outcome', () => recorder.reads.length + recorder.failures.length > 0)

  it.each([
    ['a phone’s application', { [SELECT]: 'c0ffee00119000' }, 'hce', 'c0ffee0011'],
    ['an NDEF link', ndefTag, 'qr', 'https://example.com/m/0049'],
    ['a UID', { [GET_UID]: `${UID}9000` }, 'nfc-uid', UID],
  ])('%s is the medium, and the payment environment is not asked for', async (_, answers, type, identifier) => {
    card = await insertCard(tableCard(answers))
    await outcome()
    expect(recorder.reads.map(({ medium }) => medium)).toEqual([{ type, identifier }])
    expect(card.apdus.length).toBeGreaterThan(0)
    expect(card.apdus.filter((apdu) => apdu.includes(PPSE) || apdu.includes('5041592e535953'))).toEqual([])
  })

  it.each([SELECT, ...Object.keys(ndefTag)])(
    'a card that leaves when it is asked %s is unreadable, once',
    async (asked) => {
      card = await insertCard(
        tableCard({ ...ndefTag, ...(asked === GET_UID ? { [SELECT_NDEF]: '6a82' } : {}), [asked]: null }),
      )
      await outcome()
      await sleep(1_200)
      expect(recorder.failures.map(({ reason }) => reason)).toEqual(['medium_unreadable'])
      expect(recorder.reads).toEqual([])
    },
  )
})
