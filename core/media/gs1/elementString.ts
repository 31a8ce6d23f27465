import { accepted, type Outcome, refused } from '../../outcome.ts'
import { applicationIdentifierAt } from './applicationIdentifiers.ts'
import { valueEnds } from './values.ts'

/** One element: which AI, and its value exactly as it was encoded. */
export interface Gs1Element {
  readonly ai: string
  readonly value: string
}

/** What a GS1 code says. */
export interface Gs1Message {
  readonly elements: readonly Gs1Element[]
  /**
   * No separator arrived and the data can be cut in more than one way: a scanner that swallows FNC1 would look like this.
   * The elements are one possibility.
   */
  readonly ambiguous: boolean
}

export type Gs1Refusal = { readonly fault: 'empty' | 'too_long' | 'not_gs1' }

/** FNC1 between elements arrives as GS (General Specifications §7.8.5). */
const GS = 0x1d

/** Longer than any symbol that a shop scans for an identity; the work below is bounded by it. */
const MAX_DATA = 512

/**
 * Reads a GS1 element string (General Specifications §7.8): values of fixed length follow each other, others end at GS
 * or at the end. A leading AIM identifier or FNC1 is skipped. Refused as `not_gs1` is whatever has no complete reading:
 * an unknown AI, a character outside the AI's set, a wrong length, check digit, check pair or date.
 *
 * Where a scanner has swallowed every GS, the data is cut in the way that leaves nothing over, longest value first, and
 * called ambiguous when another way exists. With a GS anywhere, the scanner transmits them and every value ends at one.
 */
export function parseElementString(text: string): Outcome<Gs1Message, Gs1Refusal> {
  const data = withoutFlags(text)
  if (data.length === 0) return refused({ fault: 'empty' })
  if (data.length > MAX_DATA) return refused({ fault: 'too_long' })
  return data.includes('\u001d') ? readSeparated(data) : readUnseparated(data)
}

/** `]C1`, `]e0`, `]d2`, `]Q3`, `]J1`, `]z1`…: whatever symbology, the data behind it is the same. */
function withoutFlags(text: string): string {
  let at = /^\][A-Za-z][0-9A-Za-z]/.test(text) ? 3 : 0
  while (text.charCodeAt(at) === GS) at += 1
  let end = text.length
  while (end > at && text.charCodeAt(end - 1) === GS) end -= 1
  return text.slice(at, end)
}

/** Every value of varying length ends at GS or at the end: there is one reading or none. */
function readSeparated(data: string): Outcome<Gs1Message, Gs1Refusal> {
  const elements: Gs1Element[] = []
  for (let at = 0; at < data.length; ) {
    const identifier = applicationIdentifierAt(data, at)
    if (!identifier) return refused({ fault: 'not_gs1' })
    const start = at + identifier.ai.length
    const separator = data.indexOf('\u001d', start)
    const limit = separator < 0 ? data.length : separator
    const end = valueEnds(identifier, data, start, limit).find((each) => identifier.fixed || each === limit)
    if (end === undefined) return refused({ fault: 'not_gs1' })
    elements.push({ ai: identifier.ai, value: data.slice(start, end) })
    // A separator is allowed behind any value, and some encoders write it behind every one.
    at = data.charCodeAt(end) === GS ? end + 1 : end
  }
  return accepted({ elements, ambiguous: false })
}

/**
 * Counts, from the back, in how many ways (0, 1, or 2 for more) the data from each place can be cut to its end, and how
 * far the first element reaches in the preferred one. Linear in the data, however it is made up.
 */
function readUnseparated(data: string): Outcome<Gs1Message, Gs1Refusal> {
  const ways = new Uint8Array(data.length + 1)
  const reach = new Uint16Array(data.length + 1)
  ways[data.length] = 1
  for (let at = data.length - 2; at >= 0; at -= 1) {
    const identifier = applicationIdentifierAt(data, at)
    if (!identifier) continue
    for (const end of valueEnds(identifier, data, at + identifier.ai.length, data.length)) {
      const rest = ways[end] ?? 0
      if (rest === 0) continue
      ways[at] = Math.min(2, (ways[at] ?? 0) + rest)
      reach[at] = end
    }
  }
  if (ways[0] === 0) return refused({ fault: 'not_gs1' })
  const elements: Gs1Element[] = []
  for (let at = 0; at < data.length; at = reach[at] ?? data.length) {
    const ai = applicationIdentifierAt(data, at)?.ai ?? ''
    elements.push({ ai, value: data.slice(at + ai.length, reach[at]) })
  }
  return accepted({ elements, ambiguous: ways[0] === 2 })
}
