import { describe, expect, it } from 'vitest'
import { JournalQuery } from '../../../../core/counter/dayDesk.ts'
import { journalCsv, searchJournal } from '../../../../counter/day/journalSearch.ts'
import { newParts, STATION } from '../counterParts.ts'

const NAMES: Readonly<Record<string, string>> = { 'op-1': 'Rin Takeda', 'op-2': '=HYPERLINK("http://evil")' }

function newJournal() {
  const { store, events } = newParts()
  const { journal } = store
  const parts = { journal, store: STATION.store, nameOf: (id: string) => NAMES[id] ?? null }
  const query = (asked: Partial<JournalQuery> = {}) => JournalQuery.parse(asked)
  return { journal, events, parts, query }
}

const all = (pieces: Iterable<{ text: string }>) => [...pieces].map(({ text }) => text).join('')

describe('the journal, searched', () => {
  it('gives the newest first, page by page, each event once', () => {
    const { journal, events, parts, query } = newJournal()
    for (let n = 0; n < 60; n++) journal.record(events.session('sign_in', 'op-1'))
    const seen: number[] = []
    let before: number | null = null
    do {
      const page: ReturnType<typeof searchJournal> = searchJournal(query(), before, parts, 25)
      seen.push(...page.rows.map(({ seq }) => seq))
      before = page.before
    } while (before !== null)
    expect(seen).toEqual(Array.from({ length: 60 }, (_, index) => 60 - index))
  })

  it('finds by kind, by person’s name, by sale and by day', () => {
    const { journal, events, parts, query } = newJournal()
    journal.record(events.session('sign_in', 'op-1'))
    journal.record(events.policy({ action: 'pos_let_in', operatorId: 'op-3' }))
    const sale = { posId: 'p', saleId: 'S-77', revision: 1 }
    journal.record(events.session('sale_completed', 'op-3', { sale, total: 500, discount: 20 }))
    const found = (asked: Partial<JournalQuery>) => searchJournal(query(asked), null, parts).rows.map(({ seq }) => seq)
    expect(found({ types: ['policy'] })).toEqual([2])
    expect(found({ text: 'takeda' })).toEqual([1])
    expect(found({ text: 's-77' })).toEqual([3])
    expect(found({ text: 'nobody' })).toEqual([])
    const { at } = searchJournal(query(), null, parts).rows[0]!
    const day = new Date(at + 9 * 3_600_000).toISOString().slice(0, 10)
    expect(found({ from: day, until: day })).toHaveLength(3)
    expect(found({ until: '2020-01-01' })).toEqual([])
    expect(searchJournal(query({ text: 's-77' }), null, parts).rows[0]).toMatchObject({ saleId: 'S-77', discount: 20 })
  })
})

describe('the journal as CSV', () => {
  it('has no cell that a spreadsheet would take for a formula', () => {
    const { journal, events, parts, query } = newJournal()
    journal.record(events.session('sign_in', 'op-2'))
    journal.record(events.annul({ annulId: 'x', redemptionId: 'r', reason: '=1+1', operatorId: '+cmd' }))
    const text = all(journalCsv(query(), parts))
    const cells = text.split('\r\n').flatMap((line) => line.split(','))
    for (const cell of cells) expect(cell.replace(/^"/, '')).not.toMatch(/^[=+\-@]/)
    expect(text).toContain("'=1+1")
    expect(text).toContain('"\'=HYPERLINK(""http://evil"")"')
  })

  it('names no customer: not by key, not by a number that somebody typed', () => {
    const { journal, events, parts, query } = newJournal()
    const key = 'QnJlYWQgYnJlYWQgYnJlYWQgYnJlYWQgYnJlYWQgYnI'
    const presented = { type: 'barcode', keys: [{ v: 1, key }], entry: 'scan' } as const
    journal.record(
      events.mediumRefused(presented, { reason: 'medium_unknown', reasonGroup: 'medium', params: {} }, 'op-1'),
    )
    journal.record(
      events.annul({ annulId: 'x', redemptionId: 'r', reason: 'card 4901234567894, again', operatorId: null }),
    )
    const text = all(journalCsv(query(), parts))
    expect(text).toContain('medium_unknown')
    expect(text).toContain('barcode')
    expect(text).toContain('card •••, again')
    expect(text).not.toContain(key)
    expect(text).not.toContain('4901234567894')
  })
})
