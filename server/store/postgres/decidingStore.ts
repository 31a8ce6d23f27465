import { refused } from '../../../core/outcome.ts'
import type { Ids } from '../../../core/ports/ids.ts'
import type { BatchResult, DecisionAnswer, DecisionCommand } from '../commands.ts'
import { StoreUnavailable } from '../commands.ts'
import type { CouponStore, HolderSeed, SettleAnswer, SettleCommand } from '../couponStore.ts'
import { importPart } from '../deciding/importPart.ts'
import { latestOf } from '../deciding/pool.ts'
import { redemptionResponse } from '../deciding/redemptionRows.ts'
import { RollbackRefused } from '../deciding/resolveConflict.ts'
import { inCommits } from '../inCommits.ts'
import { TryAgain } from './connection.ts'
import { AllMissing, transactions, type Work } from './transactions.ts'
import { wantForCommand, wantForEvent, wantForPart, wantForSearch, wantForSeed } from './wanted.ts'
import { Missing, noWants, type Wants } from './wants.ts'

/** The part of a coupon store that decides by the rules of `deciding`. */
export type DecidingStore = Pick<
  CouponStore,
  | 'decide'
  | 'decidesAtOnce'
  | 'settleEvents'
  | 'search'
  | 'redemption'
  | 'lend'
  | 'returnLease'
  | 'writeOffLeases'
  | 'recallLeases'
  | 'pool'
  | 'resolveConflict'
  | 'seedHolder'
  | 'importHolders'
  | 'importRows'
  | 'close'
>

/** Connections that decide. While one waits for the disk, the other decides what has come meanwhile. */
const LANES = 2

/** Opens no connection before it is asked something. */
export function decidingStore(url: string, ids: Ids): DecidingStore {
  const reading = transactions(url, ids)
  // A part of a list takes longer than a redemption, which must not wait for it.
  const arriving = transactions(url, ids)
  const lanes = Array.from({ length: LANES }, () => ({ lane: transactions(url, ids), busy: 0 }))

  const run = async <Result>(now: number, wants: Wants, positions: number, work: Work<Result>): Promise<Result> => {
    const chosen = lanes.reduce((least, other) => (other.busy < least.busy ? other : least))
    chosen.busy += 1
    try {
      return await chosen.lane.run(now, wants, positions, work)
    } catch (error) {
      throw named(error)
    } finally {
      chosen.busy -= 1
    }
  }

  const decideTogether = (batch: readonly DecisionCommand[], now: number): Promise<readonly DecisionAnswer[]> => {
    const wants = noWants()
    const positions = batch.reduce((sum, command) => sum + wantForCommand(wants, command, now), 0)
    return run(now, wants, positions, (rules, unit) => each(batch, (command) => rules.answer(unit, command)))
  }

  const decideAlone = async (command: DecisionCommand, now: number): Promise<BatchResult> => {
    try {
      const [answer] = await decideTogether([command], now)
      if (!answer) throw new Error('a command without an answer')
      return { kind: 'answered', answer }
    } catch (error) {
      return { kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) }
    }
  }

  const settle = (command: SettleCommand): Promise<SettleAnswer> => {
    const { station, events, now } = command
    const wants = noWants()
    wants.stations.add(station.stationId)
    const positions = events.reduce((sum, event) => sum + wantForEvent(wants, station, event), 1)
    return run(now, wants, positions, (rules, unit) => rules.settle(unit, command, false))
  }

  const settleApart = async (command: SettleCommand): Promise<SettleAnswer> => {
    const results: SettleAnswer['results'][number][] = []
    let changeSeq = 0
    for (const event of command.events) {
      try {
        const answer = await settle({ ...command, events: [event] })
        results.push(...answer.results)
        changeSeq = answer.changeSeq
      } catch (error) {
        // A bug met this event: it stays at the station, and its neighbours are settled.
        if (error instanceof StoreUnavailable) throw error
        command.onFailure(error)
        results.push({ seq: event.seq, id: event.id, status: 'retry', lines: [] })
      }
    }
    return { results, changeSeq }
  }

  const seed = (holders: readonly HolderSeed[], now: number): Promise<void> => {
    const wants = noWants()
    const positions = holders.reduce((sum, holder) => sum + wantForSeed(wants, holder), 0)
    return run(now, wants, positions, (rules, unit) => {
      each(holders, (holder) => rules.seedHolder(unit, holder))
    })
  }

  return {
    decidesAtOnce: LANES,
    async decide(batch, now) {
      try {
        const answers = await decideTogether(batch, now)
        return answers.map((answer) => ({ kind: 'answered', answer }))
      } catch (error) {
        const isLost = error instanceof StoreUnavailable && !(error.cause instanceof TryAgain)
        if (isLost || batch.length === 0) throw error
        if (batch.length === 1 && error instanceof StoreUnavailable) throw error
        // One of them failed and took its neighbours with it: nothing was kept, so each is decided alone.
        const results: BatchResult[] = []
        for (const command of batch) results.push(await decideAlone(command, now))
        return results
      }
    },

    async settleEvents(command) {
      try {
        return await settle(command)
      } catch (error) {
        if (error instanceof StoreUnavailable) throw error
        return settleApart(command)
      }
    },

    search(queries) {
      const wants = noWants()
      for (const query of queries) wantForSearch(wants, query)
      return reading.look(wants, (rules) => each(queries, (query) => rules.search(query)))
    },
    redemption(redemptionId) {
      const wants = noWants()
      wants.redemptions.add(redemptionId)
      return reading.look(wants, (_rules, { redemptions }) => {
        const row = redemptions.find(redemptionId)
        return row ? { storeId: row.storeId, response: redemptionResponse(row) } : null
      })
    },

    lend(command) {
      const wants = noWants()
      wants.leases.add(command.request.leaseId)
      wants.lends.add(command.request.campaignId)
      wants.campaigns.add(command.request.campaignId)
      return run(command.now, wants, 1, (rules, unit) => rules.lend(unit, command))
    },
    returnLease(command) {
      const wants = noWants()
      wants.leases.add(command.leaseId)
      wants.stations.add(command.stationId)
      return run(command.now, wants, 1, (rules, unit) => rules.leases.giveBack(unit, command))
    },
    writeOffLeases(command) {
      const { of } = command
      const wants = noWants()
      if ('leaseId' in of) wants.leases.add(of.leaseId)
      else for (const set of [wants.stations, wants.leasesOf]) set.add(of.stationId)
      return run(command.now, wants, 10, (rules, unit) => rules.leases.writeOff(unit, command))
    },
    async recallLeases(campaignIds, now) {
      const wants = noWants()
      for (const campaignId of campaignIds) wants.campaigns.add(campaignId)
      const waits = await reading.look(wants, (rules) =>
        each(campaignIds, (campaignId) => rules.leases.recallWait(campaignId, now)),
      )
      // Most of the time nothing is lent, or it was called back already: then nobody writes.
      const untils = waits.some(({ mustRecall }) => mustRecall)
        ? await run(now, wants, 4, (rules, unit) =>
            each(campaignIds, (campaignId) => rules.leases.recall(unit, campaignId)),
          )
        : waits.map(({ until }) => until)
      return latestOf(untils)
    },
    pool(campaignId) {
      const wants = noWants()
      wants.campaigns.add(campaignId)
      return reading.look(wants, (rules) => rules.pool(campaignId))
    },

    async resolveConflict(command) {
      const wants = noWants()
      wants.conflicts.add(command.conflictId)
      wants.resolutions.add(command.resolutionId)
      wants.rollbacks.add(command.resolutionId)
      try {
        return await run(command.now, wants, 6, (rules, unit) => rules.resolveConflict(unit, command))
      } catch (error) {
        if (error instanceof RollbackRefused) return refused({ problem: 'differs' })
        throw error
      }
    },

    seedHolder: (holder, now) => seed([holder], now),
    async importHolders(holders, now) {
      for (const some of inCommits(holders)) await seed(some, now)
    },

    async importRows(command) {
      const wants = noWants()
      const positions = wantForPart(wants, command)
      try {
        return await arriving.run(command.now, wants, positions, (rules, unit, imports) =>
          importPart(imports.lists, rules.importing(imports))(unit, command, (rows, decide) => {
            each(rows, decide)
          }),
        )
      } catch (error) {
        throw named(error)
      }
    },

    async close() {
      await Promise.all([...lanes.map(({ lane }) => lane.close()), arriving.close(), reading.close()])
    },
  }
}

/** Work that others were faster with every time is the database's own trouble. */
const named = (error: unknown): unknown =>
  error instanceof TryAgain ? new StoreUnavailable('others were faster every time', { cause: error }) : error

/** Does it for each; whatever is missing for any of them is asked for at once. */
function each<Item, Answer>(items: readonly Item[], work: (item: Item) => Answer): readonly Answer[] {
  const missing: Missing[] = []
  const answers: Answer[] = []
  for (const item of items) {
    try {
      answers.push(work(item))
    } catch (error) {
      if (!(error instanceof Missing)) throw error
      missing.push(error)
    }
  }
  if (missing.length > 0) throw new AllMissing(missing)
  return answers
}
