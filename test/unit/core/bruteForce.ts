import type { Benefit, CampaignRules } from '../../../core/campaigns/rules.ts'
import type { Acquisition, QualifyInput } from '../../../core/qualification/model.ts'

/**
 * The rules of CONTRACT.md §9 told a second time, slowly and in another way (every piece by itself, every subset tried), for
 * baskets whose pieces have exact prices and whose coupons all stand. Nothing of `core` is used but types.
 */
interface Line {
  id: string
  left: number
  category: string
  discountable: boolean
}

interface Piece {
  line: Line
  price: number
}

interface Coupon {
  acquisition: Acquisition
  rules: CampaignRules
  campaign: string
  expiry: number
}

export interface BruteResult {
  ids: string[]
  total: number
  /** Amount by line, of each coupon. */
  given: Map<string, Map<string, number>>
}

const STAGE = { free_item: 0, buy_x_get_y: 0, fixed_price: 1, percent_off: 2, amount_off: 3 }

/** The best of all allowed subsets of at most five. */
export function bruteBest(input: QualifyInput, order: string[]): BruteResult {
  const coupons = input.acquisitions.map((acquisition): Coupon => {
    const rules = input.campaigns.get(acquisition.campaignId)?.rules
    if (!rules) throw new Error('brute force knows supported campaigns only')
    const end = Date.parse(rules.validUntil)
    return {
      acquisition,
      rules,
      campaign: acquisition.campaignId,
      expiry: Math.min(end, acquisition.expiresAt ?? end),
    }
  })
  const alone = coupons.filter((coupon) => give([coupon], input, order) !== null)
  let best: { coupons: Coupon[]; result: BruteResult } | null = null
  for (let subset = 1; subset < 2 ** alone.length; subset++) {
    const chosen = alone.filter((_, index) => (subset >> index) & 1)
    const result = chosen.length <= 5 ? give(chosen, input, order) : null
    if (!result) continue
    if (!best || isBetter(chosen, result.total, best.coupons, best.result.total)) best = { coupons: chosen, result }
  }
  return best?.result ?? { ids: [], total: 0, given: new Map() }
}

function isBetter(a: Coupon[], aTotal: number, b: Coupon[], bTotal: number): boolean {
  if (aTotal !== bTotal) return aTotal > bTotal
  if (a.length !== b.length) return a.length < b.length
  const keys = [
    (coupons: Coupon[]) => coupons.map(({ expiry }) => expiry).sort((x, y) => x - y),
    (coupons: Coupon[]) => coupons.map(({ rules }) => -rules.priority).sort((x, y) => x - y),
    (coupons: Coupon[]) => coupons.map(({ acquisition }) => acquisition.acquisitionId).sort(),
  ]
  for (const key of keys) {
    const [left, right] = [key(a), key(b)]
    const at = left.findIndex((value, index) => value !== right[index])
    if (at >= 0) return left[at]! < right[at]!
  }
  return false
}

/** What coupons give together; null when they may not be used together or one would give nothing. */
function give(coupons: Coupon[], input: QualifyInput, order: string[]): BruteResult | null {
  if (coupons.length > 1 && coupons.some(({ rules }) => rules.stacking.mode === 'exclusive')) return null
  const groups = coupons.flatMap(({ rules }) => rules.stacking.group ?? [])
  if (new Set(groups).size !== groups.length) return null

  const lines: Line[] = input.objective.items.map((item) => ({
    id: item.lineId,
    left: item.lineTotal,
    category: item.category ?? '',
    discountable: item.discountable,
  }))
  lines.sort((a, b) => a.id.localeCompare(b.id))
  const pieces: Piece[] = lines.flatMap((line) => {
    const count = input.objective.items.find(({ lineId }) => lineId === line.id)!.quantity.value
    return Array.from({ length: count }, () => ({ line, price: line.left / count }))
  })
  let purse = input.objective.total
  const given = new Map<string, Map<string, number>>()
  const spent = new Map<string, number>()
  const uses = new Map<string, number>()
  for (const coupon of inOrder(coupons, order)) {
    const may = (line: Line) => line.discountable && speaksOf(coupon.rules.benefit, line)
    const off = amounts(coupon.rules.benefit, lines.filter(may), pieces, may)
    const wanted = [...off.values()].reduce((a, b) => a + b, 0)
    const total = Math.min(wanted, purse)
    const final = total < wanted ? share(total, [...off]) : off
    if (total === 0) return null
    for (const [line, amount] of final) line.left -= amount
    purse -= total
    given.set(
      coupon.acquisition.acquisitionId,
      new Map([...final].filter(([, amount]) => amount > 0).map(([line, amount]) => [line.id, amount])),
    )
    spent.set(coupon.campaign, (spent.get(coupon.campaign) ?? 0) + total)
    uses.set(coupon.campaign, (uses.get(coupon.campaign) ?? 0) + 1)
    const { holderUses, campaignValue } = coupon.rules.limits
    if (uses.get(coupon.campaign)! > (holderUses ?? Infinity)) return null
    if (spent.get(coupon.campaign)! > (campaignValue ?? Infinity)) return null
  }
  const ids = coupons.map(({ acquisition }) => acquisition.acquisitionId)
  return { ids: ids.sort(), total: input.objective.total - purse, given }
}

/** Stages are told again here; the order within a stage, which no rule fixes, is given. */
function inOrder(coupons: Coupon[], order: string[]): Coupon[] {
  const rank = ({ acquisition }: Coupon) => order.indexOf(acquisition.acquisitionId)
  return coupons
    .toSorted((a, b) => rank(a) - rank(b))
    .sort((a, b) => STAGE[a.rules.benefit.kind] - STAGE[b.rules.benefit.kind])
}

function speaksOf(benefit: Benefit, line: Line): boolean {
  const items = benefit.items
  return !items || items.categories.length === 0 || items.categories.includes(line.category)
}

function amounts(benefit: Benefit, lines: Line[], pieces: Piece[], may: (line: Line) => boolean): Map<Line, number> {
  const mine = pieces.filter(({ line }) => may(line)).sort((a, b) => b.price - a.price || cmp(a.line.id, b.line.id))
  const takeAway = (taken: Piece[]) => {
    for (const piece of taken) pieces.splice(pieces.indexOf(piece), 1)
  }
  const left = lines.reduce((sum, line) => sum + line.left, 0)
  switch (benefit.kind) {
    case 'free_item':
    case 'fixed_price': {
      const [count, price] = benefit.kind === 'free_item' ? [benefit.pieces, 0] : [benefit.maxPieces, benefit.price]
      const taken = mine.filter((piece) => piece.price > price).slice(0, count)
      takeAway(taken)
      return sums(taken.map((piece) => [piece.line, piece.price - price]))
    }
    case 'buy_x_get_y': {
      const sets = Math.min(benefit.maxSets, Math.floor(mine.length / (benefit.buy + benefit.get)))
      const taken = mine.slice(mine.length - sets * benefit.get)
      takeAway(taken)
      const values = sums(taken.map((piece) => [piece.line, piece.price]))
      const value = [...values.values()].reduce((a, b) => a + b, 0)
      return share(
        Math.floor((value * benefit.basisPoints) / 10_000),
        [...values].sort(([a], [b]) => cmp(a.id, b.id)),
      )
    }
    case 'percent_off': {
      const off = Math.floor((left * benefit.basisPoints) / 10_000)
      return share(
        Math.min(off, benefit.cap ?? off),
        lines.map((line) => [line, line.left]),
      )
    }
    case 'amount_off':
      return share(
        Math.min(benefit.amount, left),
        lines.map((line) => [line, line.left]),
      )
  }
}

function sums(parts: [Line, number][]): Map<Line, number> {
  const byLine = new Map<Line, number>()
  for (const [line, amount] of parts) byLine.set(line, (byLine.get(line) ?? 0) + amount)
  return byLine
}

/** In proportion, rounded down; what is over goes to the largest that has room, again and again. */
function share(total: number, weights: [Line, number][]): Map<Line, number> {
  const whole = weights.reduce((sum, [, weight]) => sum + weight, 0)
  const parts = new Map(weights.map(([line, weight]) => [line, whole ? Math.floor((total * weight) / whole) : 0]))
  let over = whole ? total - [...parts.values()].reduce((a, b) => a + b, 0) : 0
  for (const [line, weight] of [...weights].sort(([a, x], [b, y]) => y - x || cmp(a.id, b.id))) {
    const extra = Math.min(over, weight - parts.get(line)!)
    parts.set(line, parts.get(line)! + extra)
    over -= extra
  }
  return parts
}

function cmp(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
