import type { Database } from 'better-sqlite3'
import type { EventResult } from '../../core/events/event.ts'
import type { ArrivedEvent } from '../../server/events/arrivedEvent.ts'
import type { AnswerTo, BatchResult, DecisionCommand, PresentedMedium } from '../../server/store/commands.ts'
import type { CouponStore } from '../../server/store/couponStore.ts'
import { databaseCheck } from './databaseCheck.ts'
import type { Ledger, Lines } from './ledger.ts'
import type { Tally } from './tally.ts'
import type { World } from './world.ts'

export interface ServerWatch {
  /** Sees every decision in the order of the commits. */
  around(store: CouponStore): CouponStore
}

/** Tells the ledger what the server has committed, and holds what the database says against it, at every commit. */
export function serverWatch(
  world: World,
  ledger: Ledger,
  tally: Tally,
  parts: {
    readonly database: () => Database
    /** Leases may have been called back. */
    readonly recalled: () => void
  },
): ServerWatch {
  const { database, recalled } = parts
  const settledBefore = new Map<string, string>()
  const rolledBack = new Set<string>()
  /** Who was shown at a terminal, by what proves it. */
  const presented = new Map<string, string>()

  const { campaign, compare, touch, uncalled, lineOf } = databaseCheck(world, ledger, database)

  const decided = (command: DecisionCommand, result: BatchResult): void => {
    if (result.kind !== 'answered' || result.answer.kind !== 'decided') return
    switch (command.kind) {
      case 'acquire': {
        const { response } = result.answer as Extract<AnswerTo<typeof command>, { kind: 'decided' }>
        const { acquisitionId, campaignId = '' } = command.request
        if (response.status === 'acquired') ledger.acquired(acquisitionId, campaignId, holderOf(command.medium) ?? '')
        return
      }
      case 'redeem': {
        const { response } = result.answer as Extract<AnswerTo<typeof command>, { kind: 'decided' }>
        const lines = linesOf(response.lines)
        tally.committed.add(response.redemptionId)
        const isNew = !ledger.redemptions.has(response.redemptionId)
        ledger.decided(response.redemptionId, response.status, lines, holderOf(command.medium))
        touch(lines.keys())
        if (isNew && response.status === 'refused' && response.reason === 'campaign_limit_reached') {
          exhausted(response.failingAcquisitionId)
        }
        return
      }
      case 'rollback': {
        const { response } = result.answer as Extract<AnswerTo<typeof command>, { kind: 'decided' }>
        if (rolledBack.has(response.rollbackId)) return
        rolledBack.add(response.rollbackId)
        if (command.by.kind === 'manager') ledger.undoByManager(response.redemptionId, response.rolledBack)
        else ledger.undo(response.redemptionId, response.rolledBack)
        touch(response.rolledBack)
        return
      }
    }
  }

  /** A campaign is said to be used up only after what is lent of it was called back. */
  const exhausted = (acquisitionId: string | null): void => {
    const campaignId = ledger.coupons.get(acquisitionId ?? '')?.terms.campaignId
    const left = campaignId === undefined ? 0 : uncalled(campaignId)
    if (left > 0) world.violated(`rule 4: a limit was answered though ${left} uses were lent and not called back`)
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
        if (results.some((one) => one.kind === 'answered' && one.answer.kind === 'recalling')) recalled()
        return results
      },
      async recallLeases(campaignIds, now) {
        const until = await store.recallLeases(campaignIds, now)
        if (until !== null) recalled()
        return until
      },
      async actOnCampaign(command) {
        const outcome = await store.actOnCampaign(command)
        if (outcome.ok && command.action === 'suspend') ledger.suspended.add(command.campaignId)
        if (outcome.ok && command.action === 'resume') ledger.suspended.delete(command.campaignId)
        return outcome
      },
      async revokeStation(stationId, now) {
        const isThere = await store.revokeStation(stationId, now)
        if (isThere && !ledger.revoked.has(stationId)) ledger.revoked.set(stationId, now)
        return isThere
      },
      async resolveConflict(command) {
        const outcome = await store.resolveConflict(command)
        const line = lineOf(command.conflictId)
        if (!outcome.ok || !line) return outcome
        const { redemptionId, acquisitionId } = line
        if (!ledger.resolve(redemptionId, acquisitionId, command.resolution)) {
          world.violated(`rule 1: ${redemptionId} ${acquisitionId} was ${command.resolution} and was no forced line`)
        }
        touch([acquisitionId])
        compare()
        return outcome
      },
      async present(command) {
        const answer = await store.present(command)
        const holder = holderOf(command.medium)
        if (holder !== null) presented.set(hex(command.tokenHash), holder)
        return answer
      },
      async actOnMedia(command) {
        const answer = await store.actOnMedia(command)
        if (answer.kind !== 'done' || command.kind !== 'block' || !('presentation' in command.medium)) return answer
        const holder = presented.get(hex(command.medium.presentation)) ?? ''
        if (!command.blocked) ledger.blocked.delete(holder)
        else if (!ledger.blocked.has(holder)) ledger.blocked.set(holder, world.now)
        return answer
      },
      async lend(command) {
        const answer = await store.lend(command)
        if (answer.kind === 'lent' && answer.response.uses > 0) {
          const { leaseId, uses, value = null, spendUntil } = answer.response
          const { campaignId } = command.request
          const { stationId } = command.station
          const until = Date.parse(spendUntil)
          ledger.counts.leases.lend(leaseId, { stationId, campaignId, uses, value, spendUntil: until })
          campaign(campaignId)
        }
        return answer
      },
      async returnLease(command) {
        const answer = await store.returnLease(command)
        if (answer.kind === 'ended') ledger.counts.leases.end(command.leaseId)
        return answer
      },
      async writeOffLeases(command) {
        const ended = await store.writeOffLeases(command)
        for (const { leaseId } of ended ?? []) ledger.counts.leases.end(leaseId)
        return ended
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

/** Who a medium belongs to: here everybody has one. */
export const holderOf = (medium: PresentedMedium): string | null =>
  medium.ok ? (medium.value.keys.at(-1)?.key ?? null) : null

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const linesOf = (
  lines: readonly { readonly acquisitionId: string; readonly discount: { readonly total: number } }[],
): Lines => new Map(lines.map(({ acquisitionId, discount }) => [acquisitionId, discount.total]))
