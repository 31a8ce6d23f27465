import type { EventResult } from '../../../core/events/event.ts'
import type { ArrivedEvent } from '../../events/arrivedEvent.ts'
import { sha256 } from '../../system.ts'
import type { StationContext } from '../commands.ts'
import type { Conflicts } from './conflicts.ts'
import type { OveruseRows } from './overuse.ts'
import type { Unit } from './unit.ts'

/** Opens and ends the conflicts that settling an event leads to. */
export interface ConflictEvents {
  /** `result` is what the event was answered with; `setAside`: nothing of it is in the journal of its station here. */
  settled(unit: Unit, station: StationContext, event: ArrivedEvent, result: EventResult, setAside: boolean): void
  /** Whether an event of this station that was quarantined is still to be looked at. */
  isOpen(stationId: string, eventId: string): boolean
}

export function conflictEvents(overuse: Pick<OveruseRows, 'findOpen'>, conflicts: Conflicts): ConflictEvents {
  return {
    isOpen: conflicts.isOpen,
    settled(unit, station, event, result, setAside) {
      const { seq, id: eventId } = event
      const { stationId, store } = station
      const happenedAt = event.kind === 'read' ? event.decidedAt : null
      const body = event.kind === 'read' && event.content.kind === 'redemption' ? event.content.body : null
      const common = {
        stationId,
        storeId: store.storeId,
        eventId,
        seq,
        redemptionId: body?.redemptionId ?? null,
        operatorId: body?.operatorId ?? null,
        happenedAt,
      }
      if (result.status === 'quarantined') {
        const digest = setAside ? sha256(Buffer.from(event.redacted, 'utf8')) : null
        const discount = body?.totalDiscount ?? null
        const reason = result.reason ?? 'invalid_request'
        const nothing = { acquisitionId: null, campaignId: null }
        conflicts.open(unit, { ...common, ...nothing, kind: 'quarantined', digest, discount, reason })
        return
      }
      if (eventId !== null) conflicts.eventSettled(unit, stationId, eventId)
      if (body === null) return
      for (const { acquisitionId, status } of result.lines) {
        // Its undoing may have come before it: then nothing is left to look at.
        const line = status === 'forced' ? overuse.findOpen(body.redemptionId, acquisitionId) : null
        if (!line) continue
        const { campaignId, reason, discount } = line
        const about = { acquisitionId, campaignId: campaignId === '' ? null : campaignId }
        conflicts.open(unit, { ...common, ...about, kind: 'forced', digest: null, discount, reason })
      }
    },
  }
}
