import i18next from 'i18next'
import { describe, expect, it } from 'vitest'
import type { Params } from '../../../core/contract/problem.ts'
import type { ReasonGroup } from '../../../core/reasonCodes.ts'
import { type Language, WORDS } from '../../../renderer/words/languages.ts'
import { reasonWords } from '../../../renderer/words/reasons.ts'

const NOW = Date.UTC(2026, 10, 22, 3)

function words(language: Language, reason: string, params: Params = {}, reasonGroup: ReasonGroup = 'customer') {
  const instance = i18next.createInstance()
  void instance.init({
    lng: language,
    resources: { [language]: { translation: WORDS[language] } },
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  return reasonWords({ reason, reasonGroup, params }, { language, currency: 'JPY', now: NOW, t: instance.t })
}

describe('a reason in words', () => {
  it('says how much is missing, as money', () => {
    expect(words('en', 'min_spend_not_met', { missing: 1_300 }).text).toBe('Spend ¥1,300 more')
    expect(words('ja', 'min_spend_not_met', { missing: 1_300 }).text).toBe('あと¥1,300のお買い上げで使えます')
  })

  it('does without what it was not told', () => {
    expect(words('en', 'min_spend_not_met').text).toBe('The purchase is too small')
    expect(words('en', 'wrong_time', { from: '22:00' }).text).toBe('Not valid at this time')
  })

  it('takes the wording whose placeholders are all known', () => {
    expect(words('en', 'wrong_time', { from: '22:00', until: '05:00' }).text).toBe('Only from 22:00 to 05:00')
    expect(words('en', 'wrong_time', { weekdays: '5,6' }).text).toBe('Only on Friday, Saturday')
    expect(words('ja', 'wrong_time', { weekdays: '5,6' }).text).toBe('金曜日、土曜日に使えます')
    expect(words('en', 'holder_limit_reached', { limit: 2, period: 'week' }).text).toBe('At most 2 per week')
    expect(words('en', 'holder_limit_reached', { limit: 2 }).text).toBe('At most 2 per customer')
  })

  it('takes other words where a parameter is false', () => {
    expect(words('en', 'medium_unknown', {}, 'medium').text).toBe('Card not registered')
    expect(words('en', 'medium_unknown', { membership: false }, 'medium')).toEqual({
      text: 'Not a membership number',
      todo: expect.stringContaining('A product’s barcode'),
    })
    expect(words('ja', 'medium_unknown', { membership: false }, 'medium').text).toBe('会員番号ではありません')
  })

  it('writes an instant as a day of the language', () => {
    expect(words('en', 'not_yet_valid', { from: '2026-12-01T03:00:00.000Z' }).text).toBe('Valid from Dec 1')
    expect(words('ja', 'not_yet_valid', { from: '2026-12-01T03:00:00.000Z' }).text).toBe('12月1日から使えます')
  })

  it('names kinds of media', () => {
    expect(words('en', 'medium_too_weak', { types: 'felica-idm,hce' }, 'medium').text).toBe('Only with: FeliCa, Phone')
  })

  it('falls back to the words of the group for a reason from a newer server', () => {
    expect(words('en', 'moon_phase_wrong', {}, 'campaign')).toEqual({
      text: 'This campaign cannot be used now',
      todo: 'Continue without this coupon.',
    })
  })

  it('is not led astray by a reason named like a property of every object', () => {
    expect(words('en', 'constructor', {}, 'staff').text).toBe('Not allowed at this counter')
  })

  it('shows hostile params as the text they are, and does not expand what is in them', () => {
    expect(words('en', 'wrong_time', { from: '<b>', until: '{{from}} $t(app)' }).text).toContain('<b>')
    expect(words('en', 'wrong_time', { from: '<b>', until: '$t(app)' }).text).toBe('Only from <b> to $t(app)')
  })
})
