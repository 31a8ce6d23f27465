import { PASSED_OVER, separatorOf, splitLine } from './csv.ts'
import { type CsvPart, csvParts } from './csvParts.ts'

/** A row of a list that was not taken, and why. */
export interface BadRow {
  readonly row: number
  readonly reason: string
}

const ROWS_AT_ONCE = 5_000

/**
 * The lines of a list's own file that were not taken, as a file of their own: the header and those lines, each with its
 * number and the reason before it, which are passed over when the file is corrected and comes back (`readHeader`). `bad`:
 * in the order of the rows.
 */
export async function* badLinesOf(pieces: AsyncIterable<string>, bad: readonly BadRow[]): AsyncGenerator<string> {
  let separator = ','
  let had = 0
  let place = 0
  for await (const part of csvParts(pieces, ROWS_AT_ONCE)) {
    if ('header' in part) {
      const header = part.header.replace(/^\uFEFF/, '')
      separator = separatorOf(header)
      had = leading(header, separator)
      yield `${[...PASSED_OVER, withoutLeading(header, separator, had)].join(separator)}\r\n`
      continue
    }
    const found = linesOf(part, bad, place)
    place += found.length
    for (const { line, row, reason } of found) {
      yield `${[row, reason, withoutLeading(line, separator, had)].join(separator)}\r\n`
    }
  }
}

function linesOf({ firstRow, lines }: CsvPart, bad: readonly BadRow[], from: number): (BadRow & { line: string })[] {
  const found: (BadRow & { line: string })[] = []
  for (let at = from; at < bad.length; at += 1) {
    const one = bad[at]
    const line = one === undefined ? undefined : lines[one.row - firstRow]
    if (one === undefined || line === undefined) break
    found.push({ ...one, line })
  }
  return found
}

/** How many of the file's first columns came of an earlier file of bad lines. */
function leading(header: string, separator: string): number {
  const names = splitLine(header, separator)?.map((name) => name.toLowerCase()) ?? []
  return PASSED_OVER.every((name, index) => names[index] === name) ? PASSED_OVER.length : 0
}

/** What stands in them has no separator and no quotation mark. */
const withoutLeading = (line: string, separator: string, count: number): string =>
  count === 0 ? line : line.split(separator).slice(count).join(separator)
