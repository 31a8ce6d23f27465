/** Deeper nesting than this is nothing of ours; the bound keeps a hostile body from exhausting the stack. */
const MAX_DEPTH = 100

/**
 * The one text of a JSON value (RFC 8785): members sorted by UTF-16 code units, no white space, numbers and strings as
 * ECMAScript writes them. Members that are `undefined` are left out, as `JSON.stringify` does. Throws a `TypeError` for
 * what JSON cannot carry (NaN, functions, lone surrogates, nesting below 100 levels): validate before hashing.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0)
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
      if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(',')}]`
      return writeObject(value, depth)
    default:
      throw new TypeError(`canonicalJson: ${typeof value} is not JSON`)
  }
}

function writeObject(value: object, depth: number): string {
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, member]) => `${writeString(name)}:${write(member, depth + 1)}`)
  return `{${members.join(',')}}`
}

function writeString(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('canonicalJson: lone surrogate')
  return JSON.stringify(text)
}
