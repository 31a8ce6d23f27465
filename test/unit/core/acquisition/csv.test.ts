import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Columns, readHeader, readRow, splitLine } from '../../../../core/acquisition/csv.ts'
import { type CsvPart, csvParts } from '../../../../core/acquisition/csvParts.ts'

const CAMPAIGN = '01a19467-e801-7002-8000-000000000001'
const HOLDER = '01a19467-e802-7002-8000-000000000002'

const columnsOf = (header: string): Columns => {
  const read = readHeader(header, true)
  if (!read.ok) throw new Error(read.message)
  return read.value
}

describe('a line of a list', () => {
  it('whatever is quoted is read as it was written', () => {
    const field = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replace(/[\r\n]/g, ''))
    fc.assert(
      fc.property(
        fc.array(field, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(',', ';', '\t'),
        (fields, separator) => {
          const line = fields.map((text) => `"${text.replaceAll('"', '""')}"`).join(separator)
          expect(splitLine(line, separator)).toEqual(fields)
        },
      ),
    )
  })

  it('plain fields lose the space around them, and a quotation mark must be closed', () => {
    expect(splitLine(' a , b ,', ',')).toEqual(['a', 'b', ''])
    expect(splitLine('"a,b', ',')).toBeNull()
    expect(splitLine('"a"b,c', ',')).toBeNull()
  })

  it('no line makes the reader throw, and a fault says nothing of the line', () => {
    const columns = columnsOf('type,identifier,holder_id')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (line) => {
        const row = readRow(line, columns, ',', CAMPAIGN)
        if (!row.ok) expect(Object.keys(row)).toEqual(['ok', 'fault'])
      }),
    )
  })

  it('names a medium or a holder, and a campaign unless there is one for all', () => {
    const columns = columnsOf('type,identifier,holder_id')
    const read = (line: string) => readRow(line, columns, ',', CAMPAIGN)
    expect(read('barcode,4901234567894,')).toEqual({
      ok: true,
      value: { to: { medium: { type: 'barcode', identifier: '4901234567894' } }, campaignId: CAMPAIGN },
    })
    expect(read(`,,${HOLDER}`)).toMatchObject({ ok: true, value: { to: { holderId: HOLDER } } })
    expect(read('barcode,,')).toEqual({ ok: false, fault: 'no_identifier' })
    expect(read('card,123456,')).toEqual({ ok: false, fault: 'unknown_medium_type' })
    expect(read(',,me')).toEqual({ ok: false, fault: 'no_such_holder' })
    expect(read('')).toEqual({ ok: false, fault: 'wrong_number_of_fields' })
    expect(readRow('me', columnsOf('holder_id'), ',', null)).toEqual({ ok: false, fault: 'no_such_campaign' })
  })

  it('a header that says too little or too much is refused in words', () => {
    expect(readHeader('holder_id', false)).toMatchObject({ ok: false })
    expect(readHeader('type,campaign_id', false)).toMatchObject({ ok: false })
    expect(readHeader('holder_id,name', true)).toEqual({
      ok: false,
      fault: 'unknown_column',
      message: 'column 2 is none of type, identifier, holder_id, campaign_id',
    })
    expect(readHeader('\uFEFFType;Identifier', true)).toMatchObject({ ok: true })
  })
})

describe('a file in parts', () => {
  async function* pieces(text: string, size: number) {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
  }
  const all = async (text: string, size: number, most: number) => {
    const parts: CsvPart[] = []
    let header = ''
    for await (const part of csvParts(pieces(text, size), most)) {
      if ('header' in part) header = part.header
      else parts.push(part)
    }
    return { header, parts }
  }

  it('however it arrives, every row is in one part, in order, under its own number', async () => {
    const line = fc.string({ minLength: 1, maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, '.'))
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 30 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom('\n', '\r\n'),
        async (rows, size, most, newline) => {
          const { header, parts } = await all(['head', ...rows, ''].join(newline), size, most)
          expect(header).toBe('head')
          expect(parts.flatMap(({ lines }) => lines)).toEqual(rows)
          let next = 1
          for (const part of parts) {
            expect(part.firstRow).toBe(next)
            expect(part.lines.length).toBeLessThanOrEqual(most)
            next += part.lines.length
          }
        },
      ),
    )
  })

  it('an empty line in the middle counts as a row, at the end it does not', async () => {
    const { parts } = await all('h\na\n\nb\n\n\n', 3, 10)
    expect(parts).toEqual([{ firstRow: 1, lines: ['a', '', 'b'] }])
  })
})
