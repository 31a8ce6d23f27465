import { describe, expect, it } from 'vitest'
import { discount, minorDigits, money, quantity } from '../../../renderer/words/amounts.ts'
import { day, endsToday, moment, weekday } from '../../../renderer/words/times.ts'

describe('money', () => {
  it('is minor units in the currency’s own way', () => {
    expect(money('en', 'JPY', 1_234)).toBe('¥1,234')
    expect(money('en', 'USD', 1_234)).toBe('$12.34')
    expect(minorDigits('JPY')).toBe(0)
    expect(minorDigits('KWD')).toBe(3)
  })

  it('has the narrow yen sign in Japanese too', () => {
    expect(money('ja', 'JPY', 1_234)).toBe('¥1,234')
  })

  it('has a real minus as a discount', () => {
    expect(discount('en', 'JPY', 350)).toBe('−¥350')
  })

  it('is one piece from left to right in a line from right to left, its minus before it', () => {
    expect(money('ar', 'JPY', 1_234)).toBe('\u20661,234\u00a0¥\u2069')
    expect(discount('ar', 'JPY', 573)).toBe('\u2066−573\u00a0¥\u2069')
    expect(money('ar', 'JPY', -5)).toBe('\u2066-5\u00a0¥\u2069')
  })
})

it('writes pieces and weights', () => {
  expect(quantity('en', { value: 3, scale: 0 })).toBe('3')
  expect(quantity('en', { value: 1_250, scale: 3 })).toBe('1.250')
})

describe('times', () => {
  const now = new Date(2026, 10, 22, 14, 5).getTime()

  it('are a time of day today and carry the day otherwise', () => {
    expect(moment('en', new Date(2026, 10, 22, 9, 3).getTime(), now)).toBe('09:03')
    expect(moment('en', new Date(2026, 10, 21, 9, 3).getTime(), now)).toBe('Nov 21, 09:03')
  })

  it('carry the year only when they are far', () => {
    expect(day('en', new Date(2026, 10, 30).getTime(), now)).toBe('Nov 30')
    expect(day('en', new Date(2028, 2, 1).getTime(), now)).toBe('Mar 1, 2028')
  })

  it('end today by the calendar', () => {
    expect(endsToday(new Date(2026, 10, 22, 23, 59).getTime(), now)).toBe(true)
    expect(endsToday(new Date(2026, 10, 23, 0, 0).getTime(), now)).toBe(false)
  })

  it('number weekdays from Monday', () => {
    expect(weekday('en', 1)).toBe('Monday')
    expect(weekday('ja', 7)).toBe('日曜日')
  })
})
