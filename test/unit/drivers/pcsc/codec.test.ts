import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cardFamily, cardOutcome } from '../../../../drivers/pcsc/codec.ts'
import { FELICA_ATR, storageCardAtr, TYPE_A_ATR, TYPE_B_ATR } from '../../../hardware/rigs/atr.ts'

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const SCL3711 = hex('3b8c80010443fd0123456789abcdef00')
const DESFIRE = hex('3b8180018080')
const unreadable = { kind: 'failed', reason: 'medium_unreadable' }
const unstable = { kind: 'failed', reason: 'medium_unstable' }

describe('a card', () => {
  it.each([
    ['FeliCa on an ACS reader', FELICA_ATR, '0123456789abcdef', 'felica-idm'],
    ['FeliCa on an SCL3711', SCL3711, '0123456789abcdef', 'felica-idm'],
    ['type A with a double UID', TYPE_A_ATR, '04a1b2c3d4e5f6', 'nfc-uid'],
    ['type A with a triple UID', TYPE_A_ATR, '04a1b2c3d4e5f6a7b8c9', 'nfc-uid'],
    ['DESFire, which answers with an ATS', DESFIRE, '04a1b2c3d4e5f6', 'nfc-uid'],
    ['a 4-byte UID, left to the store to accept', TYPE_A_ATR, '12345678', 'nfc-uid'],
  ])('is identified: %s', (_, atr, uid, type) => {
    expect(cardOutcome(atr, hex(`${uid}9000`))).toEqual({ kind: 'medium', medium: { type, identifier: uid } })
  })

  it.each([
    ['a random UID (08…)', TYPE_A_ATR, '08a1b2c3'],
    ['a random UID over 14443-4', DESFIRE, '08a1b2c3'],
    ['a type B PUPI, by its 14443-4 ATR', TYPE_B_ATR, '12345678'],
    ['a type B PUPI, by byte SS', storageCardAtr(0x06, 0), '12345678'],
    ['an NFC-DEP peer', FELICA_ATR, '01fe456789abcdef'],
  ])('is unstable: %s', (_, atr, uid) => {
    expect(cardOutcome(atr, hex(`${uid}9000`))).toEqual(unstable)
  })

  it.each([
    ['an error status', TYPE_A_ATR, '6a81'],
    ['data with an error status', TYPE_A_ATR, '04a1b2c3d4e5f66300'],
    ['no UID', TYPE_A_ATR, '9000'],
    ['a UID of zeros', TYPE_A_ATR, '000000000000009000'],
    ['5 bytes', TYPE_A_ATR, '04010203059000'],
    ['8 bytes that are not FeliCa', TYPE_A_ATR, 'e00401000102030405'.slice(0, 16).concat('9000')],
    ['a vicinity card', storageCardAtr(0x0b, 0), 'e0040100010203049000'],
  ])('is unreadable: %s', (_, atr, response) => {
    expect(cardOutcome(atr, hex(response))).toEqual(unreadable)
  })

  it.each([new Uint8Array(), Uint8Array.of(0x90)])('has left when it answers with fewer than two bytes', (response) => {
    expect(cardOutcome(TYPE_A_ATR, response)).toEqual({ kind: 'removed' })
  })

  it('with any ATR and any answer has one outcome, and a random UID is never a medium', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 33 }), fc.uint8Array({ maxLength: 40 }), (atr, response) => {
        const outcome = cardOutcome(atr, response)
        if (outcome.kind !== 'medium') return
        const { type, identifier } = outcome.medium
        expect([...response.slice(-2)]).toEqual([0x90, 0x00])
        expect(identifier).toBe(Buffer.from(response.slice(0, -2)).toString('hex'))
        expect(type).toBe(identifier.length === 16 ? 'felica-idm' : 'nfc-uid')
        expect(identifier.length === 8 && identifier.startsWith('08')).toBe(false)
      }),
      { examples: [[TYPE_A_ATR, hex('08a1b2c39000')]] },
    )
  })
})

describe('the family of a card', () => {
  it('keeps type A with eight historical bytes apart from type B', () => {
    expect(cardFamily(TYPE_B_ATR)).toBe('14443-b')
    expect(cardFamily(hex('3b888001534d415254434152c0'))).toBe('14443-a')
  })

  it('is unknown for a contact card and for nothing', () => {
    expect(cardFamily(hex('3b6500002063cb6800'))).toBe('unknown')
    expect(cardFamily(new Uint8Array())).toBe('unknown')
  })
})
