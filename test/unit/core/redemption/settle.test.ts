import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Campaign } from '../../../../core/campaigns/campaign.ts'
import type { Acquisition, CampaignUsage } from '../../../../core/qualification/model.ts'
import { type AppliedLine, type EventLine, type SettleInput, settle } from '../../../../core/redemption/settle.ts'
import { acquisitionId, campaignId, campaignOf, held, NOON } from '../shop.ts'

const discount = (total: number) => ({ total, allocations: [{ lineId: 'a', amount: total }] })
const shown = (number: number, total = 100): EventLine => ({
  acquisitionId: acquisitionId(number),
  discount: discount(total),
})
const applied = (number: number, total = 100, rolledBack = false): AppliedLine => ({
  acquisitionId: acquisitionId(number),
  campaignId: campaignId(number),
  discount: discount(total),
  rolledBack,
})

function scene(lines: EventLine[], more: Partial<SettleInput> & { all?: Campaign[]; owned?: Acquisition[] } = {}) {
  const { all = [campaignOf(1), campaignOf(2)], owned = [held(1), held(2)], ...rest } = more
  return settle({
    lines,
    online: null,
    campaigns: new Map(all.map((campaign) => [campaign.campaignId, campaign])),
    acquisitions: new Map(owned.map((acquisition) => [acquisition.acquisitionId, acquisition])),
    usage: new Map(),
    decidedAt: NOON,
    ...rest,
  })
}

const outcomes = (settled: ReturnType<typeof settle>) =>
  settled.lines.map((line) =>
    line.outcome === 'forced' ? `${line.outcome} ${line.reason} ${line.takesUse}` : line.outcome,
  )

describe('settling what a counter approved offline', () => {
  it('applies what the server never heard of', () => {
    expect(scene([shown(1), shown(2)])).toEqual({
      lines: [
        { acquisitionId: acquisitionId(1), outcome: 'apply' },
        { acquisitionId: acquisitionId(2), outcome: 'apply' },
      ],
      undo: [],
    })
  })

  it('writes nothing where the server approved the same', () => {
    const settled = scene([shown(1)], {
      online: { status: 'approved', lines: [applied(1)] },
      owned: [held(1, { usesLeft: 0 })],
    })
    expect(outcomes(settled)).toEqual(['already'])
    expect(settled.undo).toEqual([])
  })

  it('undoes what the server approved instead, a line at a time, and applies what was shown', () => {
    const settled = scene([shown(1), shown(2)], {
      online: { status: 'approved', lines: [applied(1), applied(3)] },
      owned: [held(1, { usesLeft: 0 }), held(2), held(3, { usesLeft: 0 })],
    })
    expect(outcomes(settled)).toEqual(['already', 'apply'])
    expect(settled.undo).toEqual([acquisitionId(3)])
  })

  it('gives the use back before it takes it again at another discount', () => {
    const settled = scene([shown(1, 80)], {
      online: { status: 'approved', lines: [applied(1, 100)] },
      owned: [held(1, { usesLeft: 0 })],
      all: [campaignOf(1, { limits: { holderUses: 1, campaignValue: 100 } })],
      usage: new Map([[campaignId(1), { campaign: { uses: 1, value: 100 }, holderUses: 1, holderPeriodUses: 1 }]]),
    })
    expect(outcomes(settled)).toEqual(['apply'])
    expect(settled.undo).toEqual([acquisitionId(1)])
  })

  it('leaves alone what was rolled back since', () => {
    const settled = scene([shown(1)], { online: { status: 'approved', lines: [applied(1, 100, true)] } })
    expect(outcomes(settled)).toEqual(['already'])
    expect(settled.undo).toEqual([])
  })

  it('forces what the server refused, with its reason, and takes the use that is left', () => {
    expect(outcomes(scene([shown(1)], { online: { status: 'refused', reason: 'wrong_time' } }))).toEqual([
      'forced wrong_time true',
    ])
  })

  it('forces an overuse without going below zero', () => {
    expect(outcomes(scene([shown(1)], { owned: [held(1, { usesLeft: 0 })] }))).toEqual(['forced already_used false'])
  })

  it('forces with the reason that the server would have given', () => {
    const forced = (
      campaign: Campaign,
      acquisition: Partial<Acquisition> = {},
      used?: CampaignUsage,
      line = shown(1),
    ) =>
      outcomes(
        scene([line], {
          all: [campaign],
          owned: [held(1, acquisition)],
          usage: new Map(used ? [[campaignId(1), used]] : []),
        }),
      )[0]
    const full = { campaign: { uses: 5, value: 500 }, holderUses: 5, holderPeriodUses: 5 }
    const limited = campaignOf(1, { limits: { campaignUses: 5 } })
    expect(forced(campaignOf(1, {}, 'suspended'))).toBe('forced suspended true')
    expect(forced(campaignOf(1), { expiresAt: NOON })).toBe('forced expired true')
    expect(forced(campaignOf(1), { revoked: true })).toBe('forced not_held true')
    expect(forced(limited, {}, full)).toBe('forced campaign_limit_reached true')
    expect(forced(campaignOf(1, { limits: { campaignValue: 599 } }), {}, full)).toBe(
      'forced campaign_limit_reached true',
    )
    expect(forced(campaignOf(1, { limits: { campaignValue: 600 } }), {}, full)).toBe('apply')
  })

  it('forces what the holder never held, as an overuse', () => {
    expect(outcomes(scene([shown(7)]))).toEqual(['forced not_held false'])
  })

  it('forces for a reason that the caller found', () => {
    const refusals = new Map([[acquisitionId(2), 'medium_blocked' as const]])
    expect(outcomes(scene([shown(1), shown(2)], { refusals }))).toEqual(['apply', 'forced medium_blocked true'])
  })

  it('counts the lines of one event against a limit together', () => {
    const limited = campaignOf(1, { limits: { holderUses: 1 } })
    const owned = [held(1), held(2, { campaignId: campaignId(1) })]
    expect(outcomes(scene([shown(1), shown(2)], { all: [limited], owned }))).toEqual([
      'apply',
      'forced holder_limit_reached true',
    ])
  })
})

/** The least server that could keep what `settle` says. */
class Ledger {
  readonly usesLeft = new Map<number, number>()
  readonly overuse = new Map<number, number>()
  readonly redemptions = new Map<string, { number: number; total: number; takesUse: boolean; counts: boolean }[]>()
  readonly campaigns: Campaign[]

  constructor(uses: number[], limit: number) {
    this.campaigns = uses.map((_, number) =>
      campaignOf(number, { limits: { acquisitionUses: 3, campaignUses: limit } }),
    )
    uses.forEach((left, number) => {
      this.usesLeft.set(number, left)
    })
  }

  counted(number: number): number {
    return [...this.redemptions.values()].flat().filter((line) => line.number === number && line.counts).length
  }

  online(id: string, numbers: number[], limit: number): void {
    if (this.redemptions.has(id)) return
    if (numbers.some((number) => this.usesLeft.get(number) === 0 || this.counted(number) >= limit)) return
    this.redemptions.set(id, [])
    for (const number of numbers) this.#write(id, number, 100, true, true)
  }

  event(id: string, numbers: number[]): string[] {
    const before = this.redemptions.get(id)
    const settled = settle({
      lines: numbers.map((number) => shown(number)),
      online: before ? { status: 'approved', lines: before.map(({ number, total }) => applied(number, total)) } : null,
      campaigns: new Map(this.campaigns.map((campaign) => [campaign.campaignId, campaign])),
      acquisitions: new Map(
        [...this.usesLeft].map(([number, usesLeft]) => [acquisitionId(number), held(number, { usesLeft })]),
      ),
      usage: new Map(
        this.campaigns.map((campaign, number) => {
          const uses = this.counted(number)
          return [campaign.campaignId, { campaign: { uses, value: 0 }, holderUses: 0, holderPeriodUses: 0 }]
        }),
      ),
      decidedAt: NOON,
    })
    for (const undone of settled.undo) this.#undo(id, Number(undone.slice(-12)))
    this.redemptions.set(id, this.redemptions.get(id) ?? [])
    for (const line of settled.lines) {
      const number = Number(line.acquisitionId.slice(-12))
      if (line.outcome === 'apply') this.#write(id, number, 100, true, true)
      if (line.outcome === 'forced') this.#write(id, number, 100, line.takesUse, false)
    }
    return settled.lines.map(({ outcome }) => outcome)
  }

  #write(id: string, number: number, total: number, takesUse: boolean, counts: boolean): void {
    this.redemptions.get(id)?.push({ number, total, takesUse, counts })
    const book = takesUse ? this.usesLeft : this.overuse
    book.set(number, (book.get(number) ?? 0) + (takesUse ? -1 : 1))
  }

  #undo(id: string, number: number): void {
    const lines = this.redemptions.get(id) ?? []
    const line = lines.find((each) => each.number === number)
    if (!line) throw new Error('undoes what is not there')
    lines.splice(lines.indexOf(line), 1)
    const book = line.takesUse ? this.usesLeft : this.overuse
    book.set(number, (book.get(number) ?? 0) + (line.takesUse ? 1 : -1))
  }
}

describe('whatever arrives, in whatever order, as often as it likes', () => {
  const coupons = fc.subarray([0, 1, 2], { minLength: 1 })
  const step = fc.record({ way: fc.constantFrom('online', 'event'), id: fc.constantFrom('r1', 'r2', 'r3'), coupons })
  const steps = fc.array(step, { minLength: 1, maxLength: 20 })
  const uses = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 })

  it('uses never go below zero, limits hold, every shown line is there once, and repeating changes nothing', () => {
    fc.assert(
      fc.property(uses, fc.integer({ min: 1, max: 3 }), steps, (initial, limit, all) => {
        const ledger = new Ledger(initial, limit)
        const shownBy = new Map<string, number[]>()
        for (const { way, id, coupons: numbers } of all) {
          // A station never sends two different events for one redemption, and settled ones win over late requests.
          if (way === 'online' && !shownBy.has(id)) ledger.online(id, numbers, limit)
          if (way === 'event') {
            const event = shownBy.get(id) ?? numbers
            shownBy.set(id, event)
            ledger.event(id, event)
            const after = JSON.stringify([...ledger.redemptions])
            expect(ledger.event(id, event)).toEqual(event.map(() => 'already'))
            expect(JSON.stringify([...ledger.redemptions])).toBe(after)
          }
          for (const left of ledger.usesLeft.values()) expect(left).toBeGreaterThanOrEqual(0)
          for (const number of initial.keys()) expect(ledger.counted(number)).toBeLessThanOrEqual(limit)
        }
        for (const [id, event] of shownBy) {
          expect(
            ledger.redemptions
              .get(id)
              ?.map(({ number }) => number)
              .sort(),
          ).toEqual(event.toSorted())
        }
        initial.forEach((had, number) => {
          const lines = [...ledger.redemptions.values()].flat().filter((line) => line.number === number).length
          const gone = had - (ledger.usesLeft.get(number) ?? 0)
          expect(gone + (ledger.overuse.get(number) ?? 0)).toBe(lines)
        })
      }),
      { numRuns: 1_000 },
    )
  })
})
