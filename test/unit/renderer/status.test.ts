import { describe, expect, it } from 'vitest'
import type { ReaderHealth } from '../../../core/readers/reader.ts'
import { summaryTone, worksNow } from '../../../renderer/reception/status/readers.ts'
import { soundOf } from '../../../renderer/sounds/useOutcomeSounds.ts'
import { STORED, VISITS } from '../../e2e/renderer/states.ts'

const reader = (state: ReaderHealth['state']): ReaderHealth => ({
  readerId: state,
  transport: 'pcsc',
  name: state,
  state,
})

describe('the readers in one word', () => {
  it('are bad when none works', () => {
    expect(summaryTone([])).toBe('bad')
    expect(summaryTone([reader('opening'), reader('error')])).toBe('bad')
  })

  it('warn when some need a person, and not about one that is just not plugged in', () => {
    expect(summaryTone([reader('ready'), reader('denied')])).toBe('warn')
    expect(summaryTone([reader('ready'), reader('absent')])).toBe('good')
  })

  it('work while they read', () => {
    expect(worksNow(reader('busy'))).toBe(true)
    expect(worksNow({ ...reader('busy'), code: 'port_in_use' })).toBe(false)
    expect(worksNow(reader('conflict'))).toBe(false)
  })
})

describe('the sounds', () => {
  it('tell approved, stored and refused apart, and are silent elsewhere', () => {
    expect(soundOf(VISITS.approved)).toBe('approved')
    expect(soundOf(STORED)).toBe('stored')
    expect(soundOf(VISITS.refused)).toBe('refused')
    expect(soundOf(VISITS.reading)).toBe('tap')
    expect(soundOf(VISITS.offers)).toBeNull()
    expect(soundOf(VISITS.idle)).toBeNull()
  })
})
