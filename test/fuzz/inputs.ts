import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'

/**
 * The corpus file `name`: one sample a line, `#` starts a comment line. Lines are text with `\xNN` for bytes that do not
 * print, or in files that end in `.hex`, hex with blanks anywhere.
 */
export function corpus(name: string): Buffer[] {
  return readFileSync(join(import.meta.dirname, 'corpus', name), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => (name.endsWith('.hex') ? Buffer.from(line.replaceAll(/\s/g, ''), 'hex') : unescaped(line)))
}

function unescaped(line: string): Buffer {
  return Buffer.concat(
    line
      .split(/(\\x[0-9a-f]{2})/i)
      .map((part) => (/^\\x/i.test(part) ? Buffer.from(part.slice(2), 'hex') : Buffer.from(part))),
  )
}

/** Bytes that mean something to one codec or another: a random byte is seldom one of them. */
const TOKENS = [
  ...['\x02', '\x03', '\r', '\n', '\r\n', '\x1d', '\x1e', '\x04', '\0', '\x7f', '\xff', '\xfe', '\x90\x00', '\x80'],
  ...[']C1', ']Q1', ']Q3', ']d2', ']E0', ']X0', ']Z6', '\\000026', '\\', '%', '%zz', '/', '?', '&', '='],
  ...[
    '01',
    '10',
    '21',
    '255',
    '8018',
    '8110',
    '8112',
    '3103',
    '17',
    '00',
    '91',
    '9',
    '\xe3\x81',
    '\x81\x5c',
    '08',
    '01fe',
  ],
].map((token) => Buffer.from(token, 'latin1'))

/** One change to a sample: which kind, where, and a number to do it with. All draw the same, so they shrink alike. */
const change = fc.tuple(fc.nat({ max: 8 }), fc.nat({ max: 0xffff }), fc.nat({ max: 0xff }))

/** Samples with up to five changes, and without any. */
export function mutated(samples: readonly Buffer[]): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  return fc
    .tuple(fc.nat({ max: samples.length - 1 }), fc.array(change, { maxLength: 5 }))
    .map(([index, changes]) => new Uint8Array(changes.reduce(changed(samples), samples[index] ?? Buffer.alloc(0))))
}

/** Longer than anything a codec may keep, so that its bounds are met. */
const LONGEST = 20_000

function changed(samples: readonly Buffer[]) {
  return (bytes: Buffer, [kind, place, value]: [number, number, number]): Buffer => {
    const at = place % (bytes.length + 1)
    const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)]
    switch (kind) {
      case 0:
        return Buffer.concat([head, Buffer.of(value), tail.subarray(1)])
      case 1:
        return Buffer.concat([head, Buffer.of(value), tail])
      case 2:
        return Buffer.concat([head, tail.subarray(1 + (value % 8))])
      case 3:
        return head
      case 4:
        return Buffer.concat([head, Buffer.of((tail[0] ?? 0) ^ (1 << (value % 8))), tail.subarray(1)])
      case 5:
        return Buffer.concat([head, TOKENS[value % TOKENS.length] ?? head, tail])
      case 6:
        return Buffer.concat([head, samples[value % samples.length]?.subarray(at) ?? head])
      case 7:
        return Buffer.concat([head, tail.subarray(0, 1 + (value % 32)), tail])
      default: {
        // Rarely so much of the same that buffers must say no.
        const times = value < 2 ? LONGEST / (head.length + 1) : value % 4
        return Buffer.concat([...Array.from({ length: times }, () => head), tail]).subarray(0, LONGEST)
      }
    }
  }
}

/** Bytes for a codec: mutated samples, random ones of every length, and nothing but tokens. */
export function bytesLike(samples: readonly Buffer[], maxLength = 300): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  return fc.oneof(
    { weight: 6, arbitrary: mutated(samples) },
    { weight: 2, arbitrary: fc.uint8Array({ maxLength }) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength, size: 'max' }) },
    {
      weight: 2,
      arbitrary: fc
        .array(fc.constantFrom(...TOKENS), { maxLength: 40 })
        .map((tokens) => new Uint8Array(Buffer.concat(tokens))),
    },
  )
}

/** Text for a codec: the same as UTF-8 or Latin-1, and code units with halves of pairs among them. */
export function textLike(samples: readonly Buffer[]): fc.Arbitrary<string> {
  const units = fc.array(fc.nat({ max: 0xffff }), { maxLength: 40 }).map((codes) => String.fromCharCode(...codes))
  return fc.oneof(
    { weight: 6, arbitrary: bytesLike(samples).map((bytes) => Buffer.from(bytes).toString('latin1')) },
    { weight: 2, arbitrary: bytesLike(samples).map((bytes) => Buffer.from(bytes).toString('utf8')) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
    { weight: 1, arbitrary: units },
  )
}
