import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PurchaseLine } from '../../../core/counter/state.ts'
import { MAX_AMOUNT } from '../../../core/money.ts'
import { EMPTY_ENTRY, isPending, pressKey } from '../../../renderer/reception/purchase/amountEntry.ts'
import { MAX_LINES, totalOf, withLine, withoutLine } from '../../../renderer/reception/purchase/lines.ts'

const typed = (...keys: string[]) => keys.reduce(pressKey, EMPTY_ENTRY)

describe('typing an amount', () => {
  it('appends digits and double zeros', () => {
    expect(typed('1', '2', '00')).toEqual({ times: null, digits: '1200' })
  })

  it('has no leading zeros: a zero alone is nothing yet', () => {
    expect(isPending(typed('0', '00'))).toBe(false)
    expect(typed('0', '5').digits).toBe('5')
  })

  it('multiplies: 3 × 120', () => {
    expect(typed('3', 'times', '1', '2', '0')).toEqual({ times: 3, digits: '120' })
  })

  it('goes back over the times sign', () => {
    expect(typed('3', 'times', 'backspace')).toEqual({ times: null, digits: '3' })
    expect(typed('backspace')).toEqual(EMPTY_ENTRY)
  })

  it('clears', () => {
    expect(typed('3', 'times', '5', 'clear')).toEqual(EMPTY_ENTRY)
  })

  it('whatever is pressed, becomes a line that the contract takes, or none', () => {
    const keys = fc.array(fc.constantFrom('0', '1', '9', '00', 'times', 'backspace', 'clear', 'nonsense'))
    fc.assert(
      fc.property(keys, (pressed) => {
        const lines = withLine([], typed(...pressed), { category: 'deli' })
        if (lines === null) return
        expect(PurchaseLine.safeParse(lines[0]).success).toBe(true)
        expect(lines[0]?.lineTotal).toBe((lines[0]?.unitPrice ?? 0) * (lines[0]?.quantity.value ?? 0))
      }),
    )
  })
})

describe('the lines of a purchase', () => {
  const one = withLine([], typed('1', '00'), { category: 'deli' }) ?? []

  it('get ids that were not used before', () => {
    const basket = [
      { ...one[0]!, lineId: '7' },
      { ...one[0]!, lineId: 'from-a-till' },
    ]
    expect(withLine(basket, typed('5'), { category: 'deli' })?.at(-1)?.lineId).toBe('8')
  })

  it('are not made from nothing', () => {
    expect(withLine([], EMPTY_ENTRY, { category: 'deli' })).toBeNull()
  })

  it('end where the contract ends', () => {
    const full = Array.from({ length: MAX_LINES }, () => one[0]!)
    expect(withLine(full, typed('1'), { category: 'deli' })).toBeNull()
    const dear = [{ ...one[0]!, lineTotal: MAX_AMOUNT }]
    expect(withLine(dear, typed('1'), { category: 'deli' })).toBeNull()
  })

  it('add up, and can be taken out', () => {
    const two = withLine(one, typed('2', 'times', '5', '0'), { category: 'drinks' }) ?? []
    expect(totalOf(two)).toBe(200)
    expect(withoutLine(two, '1').map((line) => line.lineId)).toEqual(['2'])
  })
})
