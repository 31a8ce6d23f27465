/** Seeded pseudo-random numbers (mulberry32): the same seed gives the same chain on every machine. */
export interface SeededRandom {
  /** An integer from 0 to `below − 1`. */
  integer(below: number): number
  pick<Item>(items: readonly Item[]): Item
  /** `size` bytes as lower-case hex. */
  hex(size: number): string
  /** `length` characters of `alphabet`. */
  text(length: number, alphabet: string): string
}

export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
  const integer = (below: number): number => Math.floor(next() * below)
  return {
    integer,
    pick: (items) => {
      const item = items[integer(items.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
    hex: (size) => Array.from({ length: size }, () => integer(256).toString(16).padStart(2, '0')).join(''),
    text: (length, alphabet) => Array.from({ length }, () => alphabet.charAt(integer(alphabet.length))).join(''),
  }
}
