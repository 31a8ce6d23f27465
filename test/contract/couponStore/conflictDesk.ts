import { uuidv7 } from 'uuidv7'
import type { Change } from '../../../core/contract/changes.ts'
import type { ConflictResolution } from '../../../core/contract/conflicts.ts'
import type { StationContext } from '../../../server/store/commands.ts'
import type { ConflictScope, ConflictsQuery, ResolveCommand } from '../../../server/store/conflictCommands.ts'
import type { Lane, StoreWorld } from './world.ts'

export const EVERY_STORE: ConflictScope = { storeId: null }

/** What a manager does about conflicts, over a world. */
export function conflictDesk(world: StoreWorld) {
  const list = (query: Partial<ConflictsQuery> = {}) =>
    world.coupons.conflicts({ scope: EVERY_STORE, after: null, limit: 200, ...query })
  return {
    list,
    async story(conflictId: string, scope = EVERY_STORE) {
      const story = await world.coupons.conflict(conflictId, scope)
      if (!story) throw new Error('no such conflict')
      return story
    },
    resolve: (conflictId: string, resolution: ConflictResolution, more: Partial<ResolveCommand> = {}) => {
      const said = { resolutionId: uuidv7(), reason: 'I was there', operatorId: 'manager-id', scope: EVERY_STORE }
      return world.coupons.resolveConflict({ conflictId, resolution, now: world.now, ...said, ...more })
    },
    /** A coupon that was used online at another station, and offline at this one: the line that was forced. */
    async forcedLine(till: Lane) {
      const { medium, campaignId, coupon } = await world.held()
      const { redemptionId: onlineId } = await world.redeem(medium)
      const redemptionId = uuidv7()
      const more = { redemptionId, entry: 'tap', operatorId: 'cashier-id', totalDiscount: 100 }
      await till.send(world.offline(till, [coupon], more))
      const [conflict] = (await list({ campaignId, state: 'open' })).conflicts
      if (!conflict) throw new Error('nothing was forced')
      return { medium, campaignId, coupon, redemptionId, onlineId, conflict }
    },
    /** What the feed tells a station of how its conflicts ended. */
    async told(station: StationContext) {
      const { changes } = await world.feed(station)
      return changes.filter((change): change is Extract<Change, { kind: 'resolution' }> => change.kind === 'resolution')
    },
  }
}
