import { describe, expect, it } from 'vitest'
import type { PurchaseLine } from '../../../core/counter/state.ts'
import { scannedGtin } from '../../../core/media/scannedGtin.ts'
import { withLine, withOneMore } from '../../../renderer/reception/purchase/lines.ts'
import { bestWords } from '../../../renderer/reception/visit/bestWords.ts'
import type { Words } from '../../../renderer/words/useWords.ts'
import { OFFERS } from '../../e2e/renderer/states.ts'

/** Says which words are asked for, with what. */
const WORDS = {
  t: (key: string, given: object = {}) => `${key} ${JSON.stringify(given)}`,
  money: (amount: number) => `¥${amount}`,
  title: ({ title }: { title: string }) => title,
} as unknown as Words

describe('why the best is the best', () => {
  it('is what it saves over the best coupon alone', () => {
    const [alone] = [...OFFERS.usable].sort((a, b) => b.discount.total - a.discount.total)
    const saved = (OFFERS.best[0]?.totalDiscount ?? 0) - (alone?.discount.total ?? 0)
    expect(bestWords(WORDS, OFFERS)).toContain('cashier.offers.saves')
    expect(bestWords(WORDS, OFFERS)).toContain(`¥${saved}`)
    expect(bestWords(WORDS, OFFERS)).toContain(alone?.title)
  })

  it('of one coupon is what it saves over the next one', () => {
    const [first, second] = OFFERS.usable
    if (!first || !second) throw new Error('two coupons')
    const lines = [{ acquisitionId: first.acquisitionId, discount: first.discount }]
    const best = [{ lines, totalDiscount: first.discount.total, exact: true }]
    const words = bestWords(WORDS, { ...OFFERS, usable: [first, second], best })
    expect(words).toContain(`¥${first.discount.total - second.discount.total}`)
    expect(words).toContain(second.title)
  })

  it('needs no comparing where there is but one, and is not claimed where nobody knows', () => {
    const [first] = OFFERS.usable
    if (!first) throw new Error('a coupon')
    const lines = [{ acquisitionId: first.acquisitionId, discount: first.discount }]
    const best = [{ lines, totalDiscount: first.discount.total, exact: true }]
    expect(bestWords(WORDS, { ...OFFERS, usable: [first], best })).toContain('onlyOne')
    expect(bestWords(WORDS, { ...OFFERS, best: [{ lines, totalDiscount: 1, exact: false }] })).toBe('')
    expect(bestWords(WORDS, { ...OFFERS, best: [] })).toBe('')
  })
})

describe('a product that is scanned', () => {
  const GTIN = '04901234567894'
  const tea = withLine([], { times: null, digits: '150' }, { gtin: GTIN }) ?? []

  it('is a line with its number and the price that was typed', () => {
    expect(tea).toMatchObject([{ gtin: GTIN, unitPrice: 150, lineTotal: 150 }])
    expect(tea[0]).not.toHaveProperty('category')
  })

  it('again is one piece more at the same price', () => {
    expect(withOneMore(tea, GTIN)).toMatchObject([{ quantity: { value: 2, scale: 0 }, lineTotal: 300 }])
  })

  it('that is not in the purchase, or was weighed, is not counted up', () => {
    expect(withOneMore(tea, '04901234567887')).toBeNull()
    const weighed: PurchaseLine[] = tea.map((line) => ({ ...line, quantity: { value: 350, scale: 3 } }))
    expect(withOneMore(weighed, GTIN)).toBeNull()
  })

  const RULES = [{ prefix: '29', minLength: 13, maxLength: 13, checkDigit: 'none' as const }]
  it.each([
    ['an EAN-13', { type: 'barcode', identifier: '4901234567894' }, GTIN],
    ['a GS1 Digital Link', { type: 'qr', identifier: 'https://id.example/01/04901234567894' }, GTIN],
    ['a membership number', { type: 'barcode', identifier: '2900000000001' }, null],
    ['a number with a wrong check digit', { type: 'barcode', identifier: '4901234567890' }, null],
    ['a card', { type: 'nfc-uid', identifier: '04a1b2c3d4e5f6' }, null],
  ] as const)('is known by its code: %s', (_what, medium, gtin) => {
    expect(scannedGtin(medium, RULES)).toBe(gtin)
  })

  it('is nobody’s product where the store has no rule for membership numbers', () => {
    expect(scannedGtin({ type: 'barcode', identifier: '4901234567894' }, [])).toBeNull()
  })
})
