const MAX_DEPTH = 100
const MAX_STORED = 65_536

/**
 * JSON text of something received, fit to be kept: every `identifier` is left out at any depth, because a medium's is
 * never stored. What is nested too deep or too large is replaced by a note of that.
 */
export function redacted(value: unknown): string {
  const text = JSON.stringify(mayStay(value, 0) ? value : without(value, 0)) ?? 'null'
  return text.length <= MAX_STORED ? text : JSON.stringify({ leftOut: 'too large', characters: text.length })
}

/** Whether nothing has to be left out: so it is with all that our own stations send. */
function mayStay(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (depth > MAX_DEPTH) return false
  if (Array.isArray(value)) {
    for (const item of value) if (!mayStay(item, depth + 1)) return false
    return true
  }
  for (const name in value) {
    const member = (value as Readonly<Record<string, unknown>>)[name]
    if (name === 'identifier' || !mayStay(member, depth + 1)) return false
  }
  return true
}

function without(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > MAX_DEPTH) return { leftOut: 'nested too deeply' }
  if (Array.isArray(value)) return value.map((item) => without(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'identifier')
      .map(([name, member]) => [name, without(member, depth + 1)]),
  )
}
