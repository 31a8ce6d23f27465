import { portion } from '../money.ts'
import { MAX_STACK } from '../redemption/model.ts'
import type { Prices } from './basket.ts'
import { sumOf } from './benefits.ts'
import type { Candidate } from './stack.ts'

/** A candidate as the bounds see it. */
interface Bounded {
  /** Which set of lines it may reduce: an index into `sets`. */
  readonly set: number
  /** The most it gives in any company. */
  readonly bound: number
  /** Of a percentage; else 0. */
  readonly basisPoints: number
}

/**
 * Upper bounds for the branches of the search. All are right for every company: a coupon gives no more than on the prices
 * as they are now (or, for item benefits, than on the whole basket); coupons on the same lines share these lines' price,
 * and percentages of the same lines shrink each other to `1 − Π(1 − pᵢ)`.
 */
export class CompletionBounds {
  readonly #candidates: readonly Bounded[]
  readonly #sets: readonly (readonly number[])[]
  readonly #bases: Float64Array
  /** Per set, largest first: shares of percentages, gains of the others. */
  readonly #shares: readonly number[][]
  readonly #gains: readonly number[][]

  constructor(candidates: readonly Candidate[]) {
    const sets = new Map<string, { index: number; lines: readonly number[] }>()
    this.#candidates = candidates.map(({ offer }) => {
      const name = offer.eligible.join(',')
      const set = sets.get(name) ?? { index: sets.size, lines: offer.eligible }
      sets.set(name, set)
      const { benefit } = offer.rules
      const basisPoints = benefit.kind === 'percent_off' ? benefit.basisPoints : 0
      return { set: set.index, bound: offer.bound, basisPoints }
    })
    this.#sets = [...sets.values()].map(({ lines }) => lines)
    this.#bases = new Float64Array(this.#sets.length)
    this.#shares = this.#sets.map(() => [])
    this.#gains = this.#sets.map(() => [])
  }

  /** Reads prices; the bounds below speak of these until the next call. */
  look(prices: Prices): void {
    for (let set = 0; set < this.#sets.length; set++) {
      this.#bases[set] = sumOf(this.#sets[set] ?? [], prices.remaining)
    }
  }

  /** The most that one candidate gives next or later. Exact for a percentage or an amount that is applied next. */
  gain(index: number): number {
    const candidate = this.#candidates[index]
    if (!candidate) return 0
    const base = this.#bases[candidate.set] ?? 0
    return Math.min(candidate.basisPoints > 0 ? portion(base, candidate.basisPoints) : base, candidate.bound)
  }

  /** For each candidate from `from` on: the sum of the `room` largest gains from it on. Cheap, never rises. */
  suffixSums(from: number, room: number): number[] {
    const count = this.#candidates.length - from
    const sums = new Array<number>(count)
    const top: number[] = []
    for (let at = count - 1; at >= 0; at--) {
      insert(top, this.gain(from + at), room)
      sums[at] = sum(top)
    }
    return sums
  }

  /** The most that `room` candidates from `from` on can add together. Each set's part is concave, so the largest steps win. */
  together(from: number, room: number): number {
    for (let set = 0; set < this.#sets.length; set++) {
      clear(this.#shares[set])
      clear(this.#gains[set])
    }
    for (let index = from; index < this.#candidates.length; index++) {
      const candidate = this.#candidates[index]
      if (!candidate) continue
      const base = this.#bases[candidate.set] ?? 0
      const share = candidate.basisPoints / 10_000
      const chained = share > 0 && base * share <= candidate.bound
      const list = chained ? this.#shares[candidate.set] : this.#gains[candidate.set]
      if (list) insert(list, chained ? share : this.gain(index), room)
    }
    const steps: number[] = []
    for (let set = 0; set < this.#sets.length; set++) {
      const base = this.#bases[set] ?? 0
      let kept = base
      for (const share of this.#shares[set] ?? []) {
        insert(steps, kept * share, room)
        kept *= 1 - share
      }
      let left = base
      for (const gain of this.#gains[set] ?? []) {
        insert(steps, Math.min(gain, left), room)
        left -= Math.min(gain, left)
      }
    }
    // Against the last digits of floating point; amounts are integers.
    return Math.floor(sum(steps) + 1e-3)
  }
}

/** Inserts into a list kept largest first and no longer than `size` (at most `MAX_STACK`). */
function insert(list: number[], value: number, size: number): void {
  const length = Math.min(size, MAX_STACK)
  if (list.length === length && value <= (list[length - 1] ?? 0)) return
  let at = list.length < length ? list.length : length - 1
  while (at > 0 && (list[at - 1] ?? 0) < value) {
    list[at] = list[at - 1] ?? 0
    at--
  }
  list[at] = value
}

function sum(list: readonly number[]): number {
  let total = 0
  for (const value of list) total += value
  return total
}

function clear(list: number[] | undefined): void {
  if (list) list.length = 0
}
