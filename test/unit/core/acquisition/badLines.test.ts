import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { badLinesOf } from '../../../../core/acquisition/badLines.ts'
import { readHeader, readRow, separatorOf } from '../../../../core/acquisition/csv.ts'

async function* pieces(text: string, size = 7): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

async function badLines(text: string, bad: readonly { row: number; reason: string }[]): Promise<string[]> {
  let joined = ''
  for await (const line of badLinesOf(pieces(text), bad)) joined += line
  return joined.split('\r\n').slice(0, -1)
}

const FILE = '\uFEFFtype,identifier\r\nbarcode,1\r\nbarcode,\r\n"qr","a,b"\r\nshoe,2\r\n'
const BAD = [
  { row: 2, reason: 'no_identifier' },
  { row: 4, reason: 'unknown_medium_type' },
]

describe('the file of bad lines', () => {
  it('has each bad line as it stood there, with its number and why', async () => {
    expect(await badLines(FILE, BAD)).toEqual([
      'row,reason,type,identifier',
      '2,no_identifier,barcode,',
      '4,unknown_medium_type,shoe,2',
    ])
  })

  it('comes back corrected: what was added is passed over', async () => {
    const [header = '', first = ''] = await badLines(FILE, BAD)
    const columns = readHeader(header, true)
    if (!columns.ok) throw new Error(columns.message)
    const campaignId = '01a19467-e8ff-7002-8000-0000000000ff'
    expect(readRow(`${first}29`, columns.value, separatorOf(header), campaignId)).toEqual({
      ok: true,
      value: { to: { medium: { type: 'barcode', identifier: '29' } }, campaignId },
    })
  })

  it('of a file of bad lines has the numbers and reasons of that one alone', async () => {
    const once = (await badLines(FILE, BAD)).join('\r\n')
    expect(await badLines(once, [{ row: 1, reason: 'medium_unstable' }])).toEqual([
      'row,reason,type,identifier',
      '1,medium_unstable,barcode,',
    ])
  })

  it('whatever is bad, and however the file is cut: those lines, in their order, and no other', async () => {
    const cases = fc.record({
      lines: fc.array(fc.stringMatching(/^[a-z0-9]{1,8}$/), { minLength: 1, maxLength: 40 }),
      size: fc.integer({ min: 1, max: 30 }),
      seed: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
    })
    await fc.assert(
      fc.asyncProperty(cases, async ({ lines, size, seed }) => {
        const text = `holder_id\n${lines.join('\n')}\n`
        const bad = lines.flatMap((_, index) => (seed[index] ? [{ row: index + 1, reason: 'no_such_holder' }] : []))
        let joined = ''
        for await (const line of badLinesOf(pieces(text, size), bad)) joined += line
        const wanted = bad.map(({ row }) => `${row},no_such_holder,${lines[row - 1]}`)
        expect(joined.split('\r\n').slice(0, -1)).toEqual(['row,reason,holder_id', ...wanted])
      }),
    )
  })
})
