import { accepted, type Outcome, refused } from '../../outcome.ts'
import { toGtin14 } from '../gtin.ts'
import { applicationIdentifier } from './applicationIdentifiers.ts'
import type { Gs1Element, Gs1Message } from './elementString.ts'
import { isValueOf } from './values.ts'

export type DigitalLinkRefusal = { readonly fault: 'too_long' | 'not_digital_link' }

/** A QR code that a shop scans holds a few hundred characters at most. */
const MAX_URI = 2_048

/** Primary identification keys, and the sequences of qualifiers that may follow each in the path, in this order. */
const KEYS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  '00': [],
  '01': [['22', '10', '21'], ['235']],
  '253': [],
  '255': [],
  '401': [],
  '402': [],
  '414': [['254'], ['7040']],
  '415': [['8020']],
  '417': [['7040']],
  '8003': [],
  '8004': [['7040']],
  '8006': [['22', '10', '21']],
  '8010': [['8011']],
  '8013': [],
  '8017': [['8019']],
  '8018': [['8019']],
}

/** AIs that may not stand in the query: they belong to the path, or to element strings only. */
const NO_ATTRIBUTES = new Set('03 21 22 235 254 7040 7041 8011 8014 8019 8020 8040 8041 8042 8043 8200'.split(' '))

/**
 * Reads an uncompressed GS1 Digital Link URI (GS1 Digital Link Standard: URI Syntax 1.5): any http(s) host and path
 * stem, then a primary key, its qualifiers in order, and attributes in the query. Elements come in that order, values
 * percent-decoded, a GTIN of 8, 12 or 13 digits as 14. Query parameters that are no AI (`linkType`, a shop's own) are
 * left out. Refused as `not_digital_link`: everything else, compressed links and wrong check digits included.
 */
export function parseDigitalLink(uri: string): Outcome<Gs1Message, DigitalLinkRefusal> {
  if (uri.length > MAX_URI) return refused({ fault: 'too_long' })
  const parts = /^https?:\/\/[^/?#\s]+\/([^?#\s]*)(?:\?([^#\s]*))?(?:#\S*)?$/i.exec(uri)
  const path = keyAndQualifiers(parts?.[1] ?? '')
  const query = attributes(parts?.[2] ?? '')
  if (!path || !query) return refused({ fault: 'not_digital_link' })
  return accepted({ elements: [...path, ...query], ambiguous: false })
}

/** The last key in the path whose pairs reach to its end; what stands before it is the host's own. */
function keyAndQualifiers(path: string): Gs1Element[] | null {
  const segments = path.replace(/\/$/, '').split('/')
  for (let at = segments.length - 2; at >= 0; at -= 2) {
    const sequences = KEYS[segments[at] ?? '']
    if (!sequences) continue
    const elements: Gs1Element[] = []
    for (let pair = at; pair < segments.length; pair += 2) {
      const element = elementOf(segments[pair] ?? '', segments[pair + 1] ?? '')
      if (!element) return null
      elements.push(element)
    }
    const qualifiers = elements.slice(1).map(({ ai }) => ai)
    const inOrder = qualifiers.length === 0 || sequences.some((sequence) => isSubsequence(qualifiers, sequence))
    return inOrder ? elements : null
  }
  return null
}

function attributes(query: string): Gs1Element[] | null {
  const elements: Gs1Element[] = []
  for (const parameter of query.split(/[&;]/)) {
    const equals = parameter.indexOf('=')
    const name = parameter.slice(0, Math.max(equals, 0))
    if (!/^\d{2,4}$/.test(name) || !applicationIdentifier(name)) continue
    const element = NO_ATTRIBUTES.has(name) ? null : elementOf(name, parameter.slice(equals + 1))
    if (!element) return null
    elements.push(element)
  }
  return elements
}

function elementOf(ai: string, encoded: string): Gs1Element | null {
  const identifier = applicationIdentifier(ai)
  const decoded = percentDecoded(encoded)
  if (!identifier || decoded === null) return null
  const value = ai === '01' && /^(?:\d{8}|\d{12,13})$/.test(decoded) ? toGtin14(decoded) : decoded
  return isValueOf(identifier, value) ? { ai, value } : null
}

function percentDecoded(text: string): string | null {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

function isSubsequence(some: readonly string[], all: readonly string[]): boolean {
  let at = 0
  for (const each of all) if (each === some[at]) at += 1
  return at === some.length
}
