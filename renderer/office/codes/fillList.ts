import { CodesResponse, MOST_CODES } from '../../../core/contract/codeLists.ts'
import { accepted, type Outcome, refused } from '../../../core/outcome.ts'
import { ask, type OfficeProblem } from '../client/request.ts'

type Filled<Value> = Promise<Outcome<Value, { problem: OfficeProblem }>>

/** Of one request: the same numbers make the same codes, so asking again makes nothing twice. */
const TRIES = 3

const put = (listId: string, body: object) => ask('POST', `/v1/code-lists/${listId}/codes`, CodesResponse, body)

/**
 * Makes `wanted` new codes in a list, a few thousand a request; `moved` is told how many there are. Numbers from `from` on
 * are used; those that somebody else has used meanwhile gave codes to them, and are passed over.
 */
export async function makeCodes(
  listId: string,
  from: number,
  wanted: number,
  moved: (made: number) => void,
): Filled<readonly string[]> {
  const codes: string[] = []
  let first = from
  let tries = 0
  while (codes.length < wanted) {
    const count = Math.min(MOST_CODES, wanted - codes.length)
    const answer = await put(listId, { first, count })
    if (!answer.ok) {
      tries += 1
      if (answer.problem.kind === 'unreachable' && tries < TRIES) continue
      return refused({ problem: answer.problem })
    }
    // Of a request whose answer was lost they are there already, and ours.
    const isOurs = answer.value.repeated === 0 || tries > 0
    first += count
    tries = 0
    if (!isOurs) continue
    codes.push(...(answer.value.codes ?? []))
    moved(codes.length)
  }
  return accepted(codes)
}

export interface Imported {
  readonly added: number
  readonly repeated: number
  /** Numbers of the lines, from 1, that are no codes. */
  readonly unusable: readonly number[]
}

/** Puts codes of one's own into a list: every line of a file that is not empty, the first field of each. */
export async function importCodes(
  listId: string,
  lines: readonly string[],
  moved: (done: number) => void,
): Filled<Imported> {
  let [added, repeated] = [0, 0]
  const unusable: number[] = []
  const codes = codesOf(lines)
  for (let at = 0; at < codes.length; at += MOST_CODES) {
    const part = codes.slice(at, at + MOST_CODES)
    const answer = await put(listId, { codes: part.map(({ code }) => code) })
    if (!answer.ok) return refused({ problem: answer.problem })
    added += answer.value.added
    repeated += answer.value.repeated
    for (const place of answer.value.unusable) unusable.push(part[place]?.line ?? 0)
    moved(Math.min(codes.length, at + MOST_CODES))
  }
  return accepted({ added, repeated, unusable })
}

/** What the contract takes as a code, however it is refused then; a longer one is none and is cut to say so. */
const LONGEST = 128

/** The codes in a file's lines, with the numbers of their lines. */
export function codesOf(lines: readonly string[]): readonly { readonly code: string; readonly line: number }[] {
  return lines.flatMap((text, index) => {
    const [first = ''] = text.replace(/^\uFEFF/, '').split(/[,;\t]/)
    const code = first.trim().replace(/^"(.*)"$/, '$1')
    return code === '' ? [] : [{ code: code.slice(0, LONGEST), line: index + 1 }]
  })
}
