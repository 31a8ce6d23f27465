import type { Database } from 'better-sqlite3'
import type { EventResult } from '../../core/events/event.ts'
import type { ArrivedEvent } from '../../server/events/arrivedEvent.ts'
import type { AnswerTo, BatchResult, DecisionCommand, PresentedMedium } from '../../server/store/commands.ts'
import type { CouponStore } from '../../server/store/couponStore.ts'
import type { Ledger, Lines } from './ledger.ts'
import type { Tally } from './tally.ts'
import type { World } from './world.ts'

export interface ServerWatch {
  /** Sees every decision in the order of the commits. */
  around(store: CouponStore): CouponStore
}

/** Tells the ledger what the server has committed, and holds what the database says against it, at every commit. */
export function serverWatch(world: World, ledger: Ledger, tally: Tally, database: () => Database): ServerWatch {
  const settledBefore = new Map<string, string>()
  const rolledBack = new Set<string>()

  const touched = new Set<string>()
  const touch = (acquisitionIds: Iterable<string>): void => {
    for (const id of acquisitionIds) touched.add(id)
  }

  /** After a commit: everything that it touched. */
  const compare = (): void => {
    for (const id of touched) {
      const coupon = ledger.coupons.get(id)
      const held = database().prepare<[string], number>(LEFT).pluck().get(id)
      if (coupon && held !== coupon.left) {
        world.violated(`rule 1: ${id} has ${held} uses left, the oracle counts ${coupon.left}`)
      }
      if (!coupon) continue
      const { campaignId } = coupon.terms
      const uses = database().prepare<[string], number>(USES).pluck().get(campaignId) ?? 0
      const lent = database().prepare<[string], number>(LENT).pluck().get(campaignId) ?? 0
      if (lent !== ledger.leases.lentOf(campaignId)) {
        const counted = ledger.leases.lentOf(campaignId)
        world.violated(`rule 4: campaign ${campaignId} has lent ${lent} uses, the oracle counts ${counted}`)
      }
      const counted = ledger.campaignUses.get(campaignId) ?? 0
      if (uses !== counted) {
        world.violated(`rule 1: campaign ${campaignId} has counted ${uses} uses, the oracle ${counted}`)
      }
      limit(campaignId)
    }
    touched.clear()
  }

  const limit = (campaignId: string): void => {
    const limited = ledger.limitOf(campaignId)
    const uses = database().prepare<[string], number>(USES).pluck().get(campaignId) ?? 0
    const lent = database().prepare<[string], number>(LENT).pluck().get(campaignId) ?? 0
    if (limited !== null && uses + lent > limited) {
      world.violated(`rule 1: campaign ${campaignId} has given ${uses} and lent ${lent} of ${limited}`)
    }
  }

  const decided = (command: DecisionCommand, result: BatchResult): void => {
    if (result.kind !== 'answered' || result.answer.kind !== 'decided') return
    switch (command.kind) {
      case 'acquire': {
        const { response } = result.answer as Extract<AnswerTo<typeof command>, { kind: 'decided' }>
        const { acquisitionId, campaignId } = command.request
        if (response.status === 'acquired') ledger.acquired(acquisitionId, campaignId, holderOf(command.medium) ?? '')
        return
      }
      case 'redeem': {
        const { response } = result.answer as Extract<AnswerTo<typeof command>, { kind: 'decided' }>
        const lines = linesOf(response.lines)
        tally.committed.add(response.redemptionId)
        ledger.decided(response.redemptionId, response.status, lines, holderOf(command.medium))
        touch(lines.keys())
        return
      }
      case 'rollback': {
        const { response } = result.answer as Extract<AnswerTo<typeof command>, { kind: 'decided' }>
        if (rolledBack.has(response.rollbackId)) return
        rolledBack.add(response.rollbackId)
        ledger.undo(response.redemptionId, response.rolledBack)
        touch(response.rolledBack)
        return
      }
    }
  }

  const settled = (stationId: string, event: ArrivedEvent, result: EventResult): void => {
    const place = `${stationId} ${event.seq}`
    const outcome = `${result.status} ${result.lines.map(({ acquisitionId, status }) => acquisitionId + status)}`
    if (result.status === 'retry') return
    if (result.status === 'quarantined' || event.kind !== 'read') {
      world.violated(`an honest event was quarantined: ${result.reason} ${place} ${event.kind}`)
      return
    }
    const before = settledBefore.get(place)
    if (before !== undefined) {
      if (before !== outcome) world.violated(`rule 1: event ${place} was settled twice, differently`)
      return
    }
    settledBefore.set(place, outcome)
    const { content, decidedAt } = event
    if (content.kind === 'annul') {
      const { redemptionId } = content.body
      ledger.annulled(redemptionId)
      touch(ledger.redemptions.get(redemptionId)?.lines.keys() ?? [])
    }
    if (content.kind !== 'redemption') return
    const { redemptionId, decided: how, lines } = content.body
    if (how === 'offline') tally.offline.add(redemptionId)
    const reasons = new Map(result.lines.map(({ acquisitionId, reason }) => [acquisitionId, reason ?? null]))
    const forced = ledger.settled({
      redemptionId,
      lines: linesOf(lines),
      stationId,
      leases: new Map(lines.flatMap((line) => (line.leaseId ? [[line.acquisitionId, line.leaseId]] : []))),
      decidedAt,
      reason: (acquisitionId) => reasons.get(acquisitionId) ?? null,
    })
    for (const { acquisitionId, status, reason } of result.lines) {
      if ((status === 'forced') === forced.get(acquisitionId)) continue
      const expected = forced.get(acquisitionId) ? 'forced' : 'confirmed'
      world.violated(`rule 1: ${redemptionId} ${acquisitionId} is ${status} (${reason}), the oracle says ${expected}`)
    }
    tally.forced = ledger.forcedEver.size
    touch(forced.keys())
  }

  return {
    around: (store) => ({
      ...store,
      async decide(batch, now) {
        const results = await store.decide(batch, now)
        batch.forEach((command, index) => {
          const result = results[index]
          if (result) decided(command, result)
        })
        compare()
        return results
      },
      async actOnCampaign(command) {
        const outcome = await store.actOnCampaign(command)
        if (outcome.ok && command.action === 'suspend') ledger.suspended.add(command.campaignId)
        if (outcome.ok && command.action === 'resume') ledger.suspended.delete(command.campaignId)
        return outcome
      },
      async lend(command) {
        const answer = await store.lend(command)
        if (answer.kind === 'lent' && answer.response.uses > 0) {
          const { leaseId, uses, spendUntil } = answer.response
          const { campaignId } = command.request
          const { stationId } = command.station
          ledger.leases.lend(leaseId, { stationId, campaignId, uses, spendUntil: Date.parse(spendUntil) })
          limit(campaignId)
        }
        return answer
      },
      async returnLease(command) {
        const answer = await store.returnLease(command)
        if (answer.kind === 'ended') ledger.leases.end(command.leaseId)
        return answer
      },
      async settleEvents(command) {
        const answer = await store.settleEvents({
          ...command,
          onFailure: (error) => world.violated(`an event met a bug: ${error}`),
        })
        command.events.forEach((event, index) => {
          const result = answer.results[index]
          if (result) settled(command.station.stationId, event, result)
        })
        compare()
        return answer
      },
    }),
  }
}

const LEFT = 'SELECT uses_left FROM acquisitions WHERE acquisition_id = ?'
const LENT = 'SELECT lent_uses FROM campaign_usage WHERE campaign_id = ?'
const USES = 'SELECT uses FROM campaign_usage WHERE campaign_id = ?'

const holderOf = (medium: PresentedMedium): string | null =>
  medium.ok ? (medium.value.keys.at(-1)?.key ?? null) : null

const linesOf = (
  lines: readonly { readonly acquisitionId: string; readonly discount: { readonly total: number } }[],
): Lines => new Map(lines.map(({ acquisitionId, discount }) => [acquisitionId, discount.total]))
