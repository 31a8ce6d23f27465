import { portion } from '../money.ts'
import { MAX_STACK } from '../redemption/model.ts'
import type { Prices } from './basket.ts'
import { cut, sumOf } from './benefits.ts'
import type { Offer } from './offer.ts'
import type { Candidate } from './stack.ts'

/**
 * Upper bounds for the branches of the search. All are right for every company: a coupon gives no more than on the prices
 * as they are now (or, for item benefits, than on the whole basket); coupons on the same lines share these lines' price,
 * and percentages of the same lines shrink each other to `1 − Π(1 − pᵢ)`.
 */
export class CompletionBounds {
  readonly #offers: readonly Offer[]
  /** For each candidate the index of its set of lines. */
  readonly #setOf: readonly number[]
  readonly #sets: readonly (readonly number[])[]
  readonly #bases: Float64Array
  readonly #gainOf: Float64Array
  /** Per set the shares of percentages and the gains of the others. */
  readonly #shares: readonly Largest[]
  readonly #gains: readonly Largest[]
  readonly #steps = new Largest()

  constructor(candidates: readonly Candidate[]) {
    const sets = new Map<string, { index: number; lines: readonly number[] }>()
    this.#offers = candidates.map(({ offer }) => offer)
    this.#setOf = this.#offers.map(({ eligible }) => {
      const name = eligible.join(',')
      const set = sets.get(name) ?? { index: sets.size, lines: eligible }
      sets.set(name, set)
      return set.index
    })
    this.#gainOf = new Float64Array(candidates.length)
    this.#sets = [...sets.values()].map(({ lines }) => lines)
    this.#bases = new Float64Array(this.#sets.length)
    this.#shares = this.#sets.map(() => new Largest())
    this.#gains = this.#sets.map(() => new Largest())
  }

  /**
   * Reads prices for the candidates from `from` on; the bounds below speak of these until the next call. `precise` tries item
   * benefits on them, where otherwise their bound on the whole basket serves. Returns the lines it visited.
   */
  look(from: number, prices: Prices, precise: boolean): number {
    let visited = this.#offers.length - from
    for (let set = 0; set < this.#sets.length; set++) {
      this.#bases[set] = sumOf(this.#sets[set] ?? [], prices.remaining)
    }
    for (let index = from; index < this.#offers.length; index++) {
      const offer = this.#offers[index]
      if (!offer) continue
      const base = this.#bases[this.#setOf[index] ?? 0] ?? 0
      const { benefit } = offer.rules
      let most = Math.min(offer.bound, base)
      if (benefit.kind === 'percent_off') most = Math.min(most, portion(base, benefit.basisPoints))
      else if (precise && most > 0 && Number.isFinite(offer.slack) && benefit.kind !== 'amount_off') {
        most = Math.min(most, cut(benefit, offer.eligible, prices).total + offer.slack)
        visited += offer.eligible.length
      }
      this.#gainOf[index] = most
    }
    return visited
  }

  /**
   * For each candidate from `from` on: the most that `room` coupons from it on add, cheaply (the sum of the largest gains),
   * never rising. With room for one, what it adds itself.
   */
  reach(from: number, room: number): Float64Array {
    if (room === 1) return this.#gainOf.subarray(from)
    const sums = new Float64Array(this.#offers.length - from)
    const top = this.#steps
    top.clear()
    for (let at = sums.length - 1; at >= 0; at--) {
      top.insert(this.#gainOf[from + at] ?? 0, room)
      sums[at] = top.sum()
    }
    return sums
  }

  /** The most that `room` candidates from `from` on can add together. Each set's part is concave, so the largest steps win. */
  together(from: number, room: number): number {
    for (let set = 0; set < this.#sets.length; set++) {
      this.#shares[set]?.clear()
      this.#gains[set]?.clear()
    }
    for (let index = from; index < this.#offers.length; index++) {
      const set = this.#setOf[index] ?? 0
      const benefit = this.#offers[index]?.rules.benefit
      const bound = this.#offers[index]?.bound ?? 0
      const share = benefit?.kind === 'percent_off' ? benefit.basisPoints / 10_000 : 0
      const chained = share > 0 && (this.#bases[set] ?? 0) * share <= bound
      const list = chained ? this.#shares[set] : this.#gains[set]
      list?.insert(chained ? share : (this.#gainOf[index] ?? 0), room)
    }
    const steps = this.#steps
    steps.clear()
    for (let set = 0; set < this.#sets.length; set++) {
      const base = this.#bases[set] ?? 0
      const shares = this.#shares[set]
      let kept = base
      for (let at = 0; shares && at < shares.count; at++) {
        const step = kept * shares.at(at)
        steps.insert(step, room)
        kept -= step
      }
      const gains = this.#gains[set]
      let left = base
      for (let at = 0; gains && at < gains.count; at++) {
        const step = Math.min(gains.at(at), left)
        steps.insert(step, room)
        left -= step
      }
    }
    // Against the last digits of floating point; amounts are integers.
    return Math.floor(steps.sum() + 1e-3)
  }
}

/** The few largest of many numbers, largest first; at most `MAX_STACK`. */
class Largest {
  readonly #values = new Float64Array(MAX_STACK)
  count = 0

  clear(): void {
    this.count = 0
  }

  at(index: number): number {
    return this.#values[index] ?? 0
  }

  /** Keeps the `size` largest. */
  insert(value: number, size: number): void {
    const values = this.#values
    if (this.count === size && value <= (values[size - 1] ?? 0)) return
    let at = this.count < size ? this.count : size - 1
    while (at > 0 && (values[at - 1] ?? 0) < value) {
      values[at] = values[at - 1] ?? 0
      at--
    }
    values[at] = value
    if (this.count < size) this.count++
  }

  sum(): number {
    let total = 0
    for (let at = 0; at < this.count; at++) total += this.#values[at] ?? 0
    return total
  }
}
