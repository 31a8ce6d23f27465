import type { AuditAction } from '../../../core/contract/audit.ts'
import { type AuditActor, byOperator, type NewAuditEntry } from '../../audit/entry.ts'
import type { DecisionCommand } from '../commands.ts'
import type { AuditTrail } from './auditTrail.ts'
import type { Deciding } from './deciding.ts'
import type { Unit } from './unit.ts'

/**
 * Decisions that write down what people, API keys and commands do by them, in the same transaction. What changed nothing (a
 * repeated request, a refusal) leaves no row; what stations do is in their journals.
 */
export function audited(rules: Deciding, audit: AuditTrail): Deciding {
  /** The change position moves with whatever changes anything. */
  const noting = <Result>(unit: Unit, work: () => Result, entry: (result: Result) => NewAuditEntry): Result => {
    const before = unit.lastChange()
    const result = work()
    if (unit.lastChange() !== before) audit.append(unit, entry(result))
    return result
  }

  return {
    ...rules,
    answer(unit, command) {
      const entry = entryOf(command)
      const work = () => rules.answer(unit, command)
      return entry ? noting(unit, work, () => entry) : work()
    },
    settle(unit, command, apart) {
      const { by, station, events } = command
      const work = () => rules.settle(unit, command, apart)
      if (!by) return work()
      const answer = work()
      const how = answer.results.map(({ status }) => status)
      const count = (status: string) => how.filter((one) => one === status).length
      audit.append(unit, {
        actor: by,
        action: 'station.events-import',
        subject: { kind: 'station', id: station.stationId },
        details: { events: events.length, forced: count('forced'), quarantined: count('quarantined') },
      })
      return answer
    },
    leases: {
      ...rules.leases,
      writeOff(unit, command) {
        const { of, operatorId, reason } = command
        const subject = 'leaseId' in of ? { kind: 'lease', id: of.leaseId } : { kind: 'station', id: of.stationId }
        return noting(
          unit,
          () => rules.leases.writeOff(unit, command),
          (ended) => ({
            actor: byOperator(operatorId),
            action: 'lease.write-off',
            subject,
            reason,
            details: { leases: ended?.length ?? 0 },
          }),
        )
      },
    },
    resolveConflict(unit, command) {
      const { conflictId, operatorId, reason, resolution } = command
      const entry: NewAuditEntry = {
        actor: byOperator(operatorId),
        action: 'conflict.resolve',
        subject: { kind: 'conflict', id: conflictId },
        reason,
        details: { resolution },
      }
      return noting(
        unit,
        () => rules.resolveConflict(unit, command),
        () => entry,
      )
    },
  }
}

/** null: a station does it, in its own name. */
function entryOf(command: DecisionCommand): NewAuditEntry | null {
  switch (command.kind) {
    case 'redeem': {
      const { redemptionId } = command.request
      return byKey(command.station, 'redemption.redeem', { kind: 'redemption', id: redemptionId }, command.intentHash)
    }
    case 'acquire': {
      const { acquisitionId } = command.request
      return byKey(command.station, 'acquisition.acquire', { kind: 'acquisition', id: acquisitionId })
    }
    case 'give': {
      const { actor, holderId, request } = command
      if (!actor) return null
      const subject = { kind: 'acquisition', id: request.acquisitionId }
      return { actor, action: 'acquisition.give', subject, details: { holderId } }
    }
    case 'rollback': {
      const { by, redemptionId, request } = command
      const subject = { kind: 'redemption', id: redemptionId }
      if (by.kind === 'station') return byKey(by.station, 'redemption.rollback', subject)
      const actor = byOperator(by.operatorId)
      const { rollbackId, reason } = request
      return { actor, action: 'redemption.rollback', subject, reason, details: { rollbackId } }
    }
  }
}

function byKey(
  station: { readonly stationId: string; readonly isApiKey?: boolean },
  action: AuditAction,
  subject: NewAuditEntry['subject'],
  intentHash?: Uint8Array,
): NewAuditEntry | null {
  if (station.isApiKey !== true) return null
  const actor: AuditActor = { kind: 'api_key', id: station.stationId }
  return { actor, action, subject, contentHash: intentHash ? Buffer.from(intentHash).toString('base64url') : null }
}
