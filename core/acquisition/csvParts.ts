/** Some lines of a file that belong into one request. */
export interface CsvPart {
  /** 1 is the first after the header. */
  readonly firstRow: number
  readonly lines: readonly string[]
}

/** The most characters of one part: with what JSON adds it stays under a request's 1 MiB even in Japanese. */
const MOST_CHARACTERS = 200_000

/**
 * Cuts a file that is read piece by piece into its header and parts of at most `mostRows` lines, holding one part at a time.
 * Empty lines at the end are left out; one in the middle is a row (and a bad one), so that row numbers stay the file's.
 */
export async function* csvParts(
  pieces: AsyncIterable<string>,
  mostRows: number,
): AsyncGenerator<{ readonly header: string } | CsvPart> {
  let headerSeen = false
  let firstRow = 1
  let lines: string[] = []
  let characters = 0
  let empty = 0
  const cut = (): CsvPart => {
    const part = { firstRow, lines }
    firstRow += lines.length
    lines = []
    characters = 0
    return part
  }
  for await (const line of linesOf(pieces)) {
    if (!headerSeen) {
      headerSeen = true
      yield { header: line }
      continue
    }
    if (line === '') {
      empty += 1
      continue
    }
    for (const next of [...Array<string>(empty).fill(''), line]) {
      if (lines.length === mostRows || characters + next.length > MOST_CHARACTERS) yield cut()
      lines.push(next)
      characters += next.length
    }
    empty = 0
  }
  if (lines.length > 0) yield cut()
}

async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield line.replace(/\r$/, '')
  }
  if (rest !== '') yield rest.replace(/\r$/, '')
}
