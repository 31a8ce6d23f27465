import type { SeededRandom } from './seededRandom.ts'

/** A part of a JSON Schema, as far as values are made from it. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly $ref?: string
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
}

const HOSTILE_TEXTS: readonly unknown[] = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202eadmin',
  '😀'.repeat(300),
  'ａｄｍｉｎ',
  '../../etc/passwd',
  "'; DROP TABLE operators; --",
  '%00%ff',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  '1e999',
  'NaN',
  '9'.repeat(400),
  'x'.repeat(70_000),
  '2026-13-45T99:99:99Z',
  '+275760-09-13T00:00:00.000Z',
  '0001-01-01T00:00:00Z',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-7fff-bfff-ffffffffffff',
  Buffer.from('p2:1:1::1:1:').toString('base64url'),
  Buffer.from('a1:999999999999999').toString('base64url'),
]
const HOSTILE_NUMBERS: readonly unknown[] = [
  0,
  -0,
  -1,
  0.1,
  1e-320,
  2 ** 31,
  2 ** 53,
  2 ** 53 + 2,
  1e308,
  -1e308,
  Number.MIN_SAFE_INTEGER,
]
const HOSTILE_VALUES: readonly unknown[] = [
  null,
  true,
  false,
  [],
  {},
  [[[[]]]],
  { __proto__: null, toString: 1 },
  [null],
  { length: -1 },
]

/** Values by a schema: right ones, and with some probability ones that nobody expects. */
export class HostileValues {
  readonly #random: SeededRandom
  readonly #components: Readonly<Record<string, Schema>>
  readonly #known: Readonly<Record<string, string>>
  readonly #hostility: number

  constructor(
    random: SeededRandom,
    components: Readonly<Record<string, Schema>>,
    known: Readonly<Record<string, string>>,
    hostility: number,
  ) {
    this.#random = random
    this.#components = components
    this.#known = known
    this.#hostility = hostility
  }

  of(schema: Schema | undefined, name = '', depth = 0): unknown {
    const random = this.#random
    if (random.chance(this.#hostility)) return this.hostile()
    const known = this.#known[name]
    if (known !== undefined && random.chance(0.8)) return known
    if (!schema || depth > 8) return this.text({})
    if (schema.$ref) return this.of(this.#components[schema.$ref.split('/').at(-1) ?? ''], name, depth + 1)
    if (schema.const !== undefined) return schema.const
    if (schema.enum) return random.pick(schema.enum)
    const one = schema.anyOf ?? schema.oneOf
    if (one) return this.of(random.pick(one), name, depth + 1)
    if (schema.allOf) {
      return Object.assign({}, ...schema.allOf.map((part) => this.of(part, name, depth + 1)))
    }
    const type = Array.isArray(schema.type) ? random.pick(schema.type) : schema.type
    switch (type) {
      case 'object':
        return this.#object(schema, depth)
      case 'array':
        return Array.from({ length: random.int(4) }, () => this.of(schema.items, name.replace(/s$/, ''), depth + 1))
      case 'integer':
      case 'number':
        return this.#number(schema)
      case 'boolean':
        return random.chance(0.5)
      case 'null':
        return null
      default:
        return this.text(schema)
    }
  }

  hostile(): unknown {
    const random = this.#random
    return random.pick([HOSTILE_TEXTS, HOSTILE_NUMBERS, HOSTILE_VALUES][random.int(3)] ?? HOSTILE_VALUES)
  }

  text({ format, pattern, maxLength = 40 }: Schema): string {
    const random = this.#random
    if (format === 'uuid' || pattern?.includes('[1-8][0-9a-fA-F]{3}') || pattern?.includes('7[0-9a-f')) {
      return random.chance(0.3) ? random.pick(Object.values(this.#known)) : uuid7(random)
    }
    if (format === 'date') return new Date(random.int(2 ** 31) * 1_000).toISOString().slice(0, 10)
    if (format === 'date-time') return new Date(random.int(2 ** 31) * 1_000).toISOString()
    if (pattern?.includes('{43}')) return letters(random, 43)
    if (pattern?.includes('{64}')) return hex(random, 64)
    if (pattern?.includes('{32}')) return hex(random, 32)
    return letters(random, 1 + random.int(Math.max(1, Math.min(maxLength, 40))))
  }

  #object({ properties = {}, required = [] }: Schema, depth: number): object {
    const members: Record<string, unknown> = {}
    for (const [name, schema] of Object.entries(properties)) {
      const isLeftOut = !required.includes(name) ? this.#random.chance(0.4) : this.#random.chance(this.#hostility / 4)
      if (!isLeftOut) members[name] = this.of(schema, name, depth + 1)
    }
    if (this.#random.chance(this.#hostility))
      members[this.#random.pick(['unknown', 'constructor', ''])] = this.hostile()
    return members
  }

  #number({ minimum = 0, maximum = 1_000_000 }: Schema): number {
    const span = Math.min(maximum, minimum + 1_000_000) - minimum
    return minimum + this.#random.int(span + 1)
  }
}

const hex = (random: SeededRandom, length: number): string =>
  Array.from({ length }, () => random.int(16).toString(16)).join('')
const letters = (random: SeededRandom, length: number): string =>
  Array.from({ length }, () =>
    random.pick([...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-']),
  ).join('')

function uuid7(random: SeededRandom): string {
  const at = hex(random, 12)
  return `${at.slice(0, 8)}-${at.slice(8)}-7${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`
}
