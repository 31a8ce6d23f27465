import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PcscOptions } from '../../../../core/readers/protocol.ts'
import { selectApplication } from '../../../../drivers/pcsc/apdu.ts'
import { cardKind } from '../../../../drivers/pcsc/codec.ts'
import { readCard } from '../../../../drivers/pcsc/readCard.ts'
import { FELICA_ATR, storageCardAtr, TYPE_A_ATR, TYPE_B_ATR } from '../../../hardware/rigs/atr.ts'

const PART4_ATR = Uint8Array.from(Buffer.from('3b8180018080', 'hex'))
const UID = '04a1b2c3d4e5f6'
const IDM = '0123456789abcdef'
const AID = 'f0746170636f75706f6e'
const PPSE = '325041592e5359532e4444463031'
const GET_UID = 'ffca000000'
const SELECT_NDEF = '00a4040007d276000085010100'
const plan = (changes: Partial<PcscOptions & { rawFelica: boolean }> = {}) => ({
  ...PcscOptions.parse({}),
  rawFelica: false,
  ...changes,
})

/** A card that answers by a table (hex → hex) and remembers what it was asked; others get `6a82`. */
function card(atr: Uint8Array, answers: Record<string, string>) {
  const asked: string[] = []
  return {
    atr,
    asked,
    transmit: async (command: Uint8Array) => {
      const hex = Buffer.from(command).toString('hex')
      asked.push(hex)
      return Uint8Array.from(Buffer.from(answers[hex] ?? '6a82', 'hex'))
    },
  }
}

const select = (aid: string) => `00a40400${(aid.length / 2).toString(16).padStart(2, '0')}${aid}00`
const medium = (type: string, identifier: string) => ({ kind: 'medium', medium: { type, identifier } })

describe('a configured application', () => {
  it('whose answer is an identity is the customer’s medium', async () => {
    const phone = card(PART4_ATR, { [select(AID)]: 'c0ffee00119000' })
    expect(await readCard(phone, plan({ aids: [AID] }))).toEqual(medium('hce', 'c0ffee0011'))
    expect(phone.asked).toEqual([select(AID)])
  })

  it('may keep its answer until it is fetched', async () => {
    const phone = card(PART4_ATR, { [select(AID)]: '6105', '00c0000005': 'c0ffee00119000' })
    expect(await readCard(phone, plan({ aids: [AID] }))).toEqual(medium('hce', 'c0ffee0011'))
  })

  it('may want another length', async () => {
    const phone = card(PART4_ATR, { [select(AID)]: '6c05', [`${select(AID).slice(0, -2)}05`]: 'c0ffee00119000' })
    expect(await readCard(phone, plan({ aids: [AID] }))).toEqual(medium('hce', 'c0ffee0011'))
  })

  it.each([
    ['is not on the card', '6a82'],
    ['says nothing of its own, as DESFire', '9000'],
    ['describes itself, the same on every card', '6f108408f0746170636f7570a5049000'],
    ['answers too little to be anybody’s', 'c0ff9000'],
  ])('that %s leaves the card to its UID', async (_, answer) => {
    const desfire = card(PART4_ATR, { [select(AID)]: answer, [GET_UID]: `${UID}9000` })
    expect(await readCard(desfire, plan({ aids: [AID] }))).toEqual(medium('nfc-uid', UID))
  })

  it('is tried in the order of the configuration', async () => {
    const second = 'a0000007790001'
    const phone = card(PART4_ATR, { [select(second)]: 'c0ffee00119000' })
    await readCard(phone, plan({ aids: [AID, second] }))
    expect(phone.asked).toEqual([select(AID), select(second)])
  })

  it('is not looked for on a storage card', async () => {
    const ultralight = card(TYPE_A_ATR, { [GET_UID]: `${UID}9000` })
    await readCard(ultralight, plan({ aids: [AID] }))
    expect(ultralight.asked).toEqual([GET_UID])
  })

  it.each([
    ['the payment system environment', PPSE],
    ['its contact twin', '315041592e5359532e4444463031'],
    ['a bank card', 'a0000000031010'],
  ])('is never %s, also when it is configured', async (_, aid) => {
    expect(selectApplication(aid)).toBeNull()
    expect(selectApplication(aid.toUpperCase())).toBeNull()
    const bankCard = card(PART4_ATR, { [GET_UID]: `${UID}9000` })
    await readCard(bankCard, plan({ aids: [aid] }))
    expect(bankCard.asked).toEqual([GET_UID])
  })
})

it('whatever a card answers and whatever is configured, no payment environment is ever asked for', async () => {
  const PSE = Buffer.from('PAY.SYS.DDF01', 'latin1').toString('hex')
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(PART4_ATR, TYPE_A_ATR, TYPE_B_ATR, FELICA_ATR),
      fc.array(
        fc.oneof(
          fc.constantFrom(PPSE, AID, '315041592e5359532e4444463031'),
          fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 10, maxLength: 32 }),
        ),
        { maxLength: 8 },
      ),
      fc.boolean(),
      fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 12 }),
      async (atr, aids, ndef, answers) => {
        const asked: string[] = []
        let count = 0
        const transmit = async (command: Uint8Array) => {
          asked.push(Buffer.from(command).toString('hex'))
          count += 1
          const noise = answers[count % Math.max(1, answers.length)] ?? new Uint8Array()
          return count % 2 === 0 ? noise : Uint8Array.of(...noise, 0x90, 0x00)
        }
        await readCard({ atr, transmit }, plan({ aids, ndef, rawFelica: true }))
        expect(asked.filter((command) => command.includes(PSE))).toEqual([])
        // A bounded conversation, whatever the card says.
        expect(asked.length).toBeLessThan(1_100)
      },
    ),
    { numRuns: 300 },
  )
})

describe('FeliCa', () => {
  const POLL = 'ff0000000606' + '00ffff0100'
  const polled = (idm: string, systemCode: string) => `1401${idm}0101010101010101${systemCode}9000`

  it('carries its system code where the reader passes raw commands', async () => {
    const suica = card(FELICA_ATR, { [GET_UID]: `${IDM}9000`, [POLL]: polled(IDM, '0003') })
    expect(await readCard(suica, plan({ rawFelica: true }))).toEqual(medium('felica-idm', `${IDM}@0003`))
  })

  it('is its IDm alone where a store has readers of both kinds: the reader is not even asked', async () => {
    const asked: string[] = []
    const felica = card(FELICA_ATR, { [GET_UID]: `${IDM}9000` })
    const watched = {
      ...felica,
      transmit: (command: Uint8Array) => {
        asked.push(Buffer.from(command).toString('hex'))
        return felica.transmit(command)
      },
    }
    const without = plan({ rawFelica: true, felicaSystemCode: false })
    expect(await readCard(watched, without)).toEqual(medium('felica-idm', IDM))
    expect(asked).toEqual([GET_UID])
  })

  it('is its IDm alone where the reader does not, or another card answers', async () => {
    const answers = { [GET_UID]: `${IDM}9000`, [POLL]: polled('ffffffffffffffff', '0003') }
    expect(await readCard(card(FELICA_ATR, answers), plan())).toEqual(medium('felica-idm', IDM))
    expect(await readCard(card(FELICA_ATR, answers), plan({ rawFelica: true }))).toEqual(medium('felica-idm', IDM))
  })
})

describe('an NDEF tag', () => {
  const uri = Buffer.from('\u0004example.com/m/0049', 'latin1')
  const message = Buffer.concat([Buffer.of(0xd1, 0x01, uri.length, 0x55), uri])
  const length = message.length.toString(16).padStart(4, '0')

  it('of type 4 is read as its link, where that is wanted', async () => {
    const tag = card(PART4_ATR, {
      [SELECT_NDEF]: '9000',
      '00a4000c02e103': '9000',
      '00b000000f': '000f20003b00340406e104040000009000',
      '00a4000c02e104': '9000',
      '00b0000002': `${length}9000`,
      [`00b00002${message.length.toString(16)}`]: `${message.toString('hex')}9000`,
      [GET_UID]: `${UID}9000`,
    })
    expect(await readCard(tag, plan({ ndef: true }))).toEqual(medium('qr', 'https://example.com/m/0049'))
    expect(await readCard(tag, plan())).toEqual(medium('nfc-uid', UID))
  })

  it('of type 2 is read page by page, and no further than its message', async () => {
    const area = Buffer.concat([Buffer.of(0x03, message.length), message, Buffer.of(0xfe)])
    const memory = Buffer.concat([Buffer.of(0xe1, 0x10, 0x12, 0x00), area, Buffer.alloc(200)])
    const read = (page: number) => `${memory.subarray((page - 3) * 4, (page - 3) * 4 + 16).toString('hex')}9000`
    const answers = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`ffb000${(at + 3).toString(16).padStart(2, '0')}10`, read(at + 3)]),
    )
    const tag = card(TYPE_A_ATR, { ...answers, [GET_UID]: `${UID}9000` })
    expect(await readCard(tag, plan({ ndef: true }))).toEqual(medium('qr', 'https://example.com/m/0049'))
    expect(tag.asked.length).toBeLessThan(4)
  })

  it('without a message is read by its UID', async () => {
    const tag = card(PART4_ATR, { [SELECT_NDEF]: '9000', [GET_UID]: `${UID}9000` })
    expect(await readCard(tag, plan({ ndef: true }))).toEqual(medium('nfc-uid', UID))
  })
})

it('a card that leaves in any phase is removed', async () => {
  for (let phase = 0; phase < 8; phase += 1) {
    let count = 0
    const answers = ['9000', '9000', '000f20003b00340406e10404000000' + '9000', '9000', '00059000', 'd101019000']
    const transmit = async () => {
      if (count === phase) throw new Error('RemovedCard')
      count += 1
      return Uint8Array.from(Buffer.from(answers[count - 1] ?? `${UID}9000`, 'hex'))
    }
    const outcome = await readCard({ atr: PART4_ATR, transmit }, plan({ ndef: true }))
    if (outcome.kind === 'medium') expect(count).toBeLessThanOrEqual(phase)
    else expect(outcome).toEqual({ kind: 'removed' })
  }
})

describe('the kind of a card', () => {
  it.each([
    [TYPE_A_ATR, '14443-a', 'MIFARE Ultralight or NTAG', false, true],
    [storageCardAtr(0x03, 0x0001), '14443-a', 'MIFARE Classic 1K', false, false],
    [FELICA_ATR, 'felica', 'FeliCa', false, false],
    [PART4_ATR, '14443-a', null, true, false],
    [TYPE_B_ATR, '14443-b', null, true, false],
    [new Uint8Array(), 'unknown', null, false, false],
  ])('is in its ATR', (atr, family, name, part4, type2) => {
    expect(cardKind(atr)).toEqual({ family, name, part4, type2 })
  })
})
