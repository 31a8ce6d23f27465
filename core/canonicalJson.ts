/** Deeper nesting than this is nothing of ours; the bound keeps a hostile body from exhausting the stack. */
const MAX_DEPTH = 100

/**
 * The one text of a JSON value (RFC 8785): members sorted by UTF-16 code units, no white space, numbers and strings as
 * ECMAScript writes them. Members that are `undefined` are left out, as `JSON.stringify` does. Throws a `TypeError` for
 * what JSON cannot carry (NaN, functions, lone surrogates, nesting below 100 levels): validate before hashing.
 */
export function canonicalJson(value: unknown): string {
  if (!isInOrder(value, 0)) return write(value, 0)
  // Many times as fast, and the same but for lone surrogates, which it escapes.
  const text = JSON.stringify(value)
  return text.includes('\\ud') ? write(value, 0) : text
}

/** Whether JSON can carry it and every member stands where it belongs: so it is with all that was written here before. */
function isInOrder(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true
    case 'number':
      return Number.isFinite(value)
    case 'object':
      if (value === null) return true
      if (depth > MAX_DEPTH) return false
      return Array.isArray(value) ? areInOrder(value, depth) : isObjectInOrder(value, depth)
    default:
      return false
  }
}

function areInOrder(items: readonly unknown[], depth: number): boolean {
  for (const item of items) if (!isInOrder(item, depth + 1)) return false
  return true
}

function isObjectInOrder(value: object, depth: number): boolean {
  let last = ''
  // All that has a name of its own is looked at; what it inherits is not written, but for a form of its own.
  for (const name in value) {
    if (name < last || !isInOrder((value as Readonly<Record<string, unknown>>)[name], depth + 1)) return false
    last = name
  }
  return !('toJSON' in value)
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new TypeError('canonicalJson: nested too deeply')
  switch (typeof value) {
    case 'string':
      return writeString(value)
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('canonicalJson: not a finite number')
      return JSON.stringify(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      if (Array.isArray(value)) return writeArray(value, depth)
      return writeObject(value, depth)
    default:
      throw new TypeError(`canonicalJson: ${typeof value} is not JSON`)
  }
}

function writeArray(items: readonly unknown[], depth: number): string {
  let text = ''
  for (const item of items) text += `${text === '' ? '' : ','}${write(item, depth + 1)}`
  return `[${text}]`
}

function writeObject(value: object, depth: number): string {
  let members = ''
  for (const name of sortedNames(value)) {
    const member = (value as Readonly<Record<string, unknown>>)[name]
    if (member === undefined) continue
    members += `${members === '' ? '' : ','}${writeName(name)}:${write(member, depth + 1)}`
  }
  return `{${members}}`
}

/** By UTF-16 code units. Most objects come with their members in order already: whoever hashes often sees to that. */
function sortedNames(value: object): string[] {
  const names = Object.keys(value)
  for (let at = 1; at < names.length; at++) {
    if ((names[at - 1] as string) > (names[at] as string)) return names.sort()
  }
  return names
}

/** The same few names come again and again; anybody's may come, so what is kept is bounded. */
const MOST_NAMES = 500
const LONGEST_NAME = 40
const writtenNames = new Map<string, string>()

function writeName(name: string): string {
  const known = writtenNames.get(name)
  if (known !== undefined) return known
  const written = writeString(name)
  if (name.length <= LONGEST_NAME) {
    if (writtenNames.size >= MOST_NAMES) writtenNames.clear()
    writtenNames.set(name, written)
  }
  return written
}

/** ASCII that stands in JSON as it is. */
const PLAIN = /^[ !#-[\]-~]*$/

function writeString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  if (!text.isWellFormed()) throw new TypeError('canonicalJson: lone surrogate')
  return JSON.stringify(text)
}
