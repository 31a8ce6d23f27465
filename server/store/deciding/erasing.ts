import type { EraseResponse } from '../../../core/contract/holders.ts'
import type { AuditActor } from '../../audit/entry.ts'
import type { EraseAnswer, EraseCommand } from '../holderCommands.ts'
import type { AuditTrail } from './auditTrail.ts'
import type { HolderRows } from './holderRows.ts'
import type { Unit } from './unit.ts'

export interface Erasing {
  /** By an admin's word. */
  erase(unit: Unit, command: EraseCommand): EraseAnswer
  /** Because nobody has seen them for so long as the settings keep them. */
  eraseInactive(unit: Unit, holderId: string, erasureId: string): void
}

const BY_SERVER: AuditActor = { kind: 'server', id: '' }

/** Customers who are to be forgotten. */
export function erasing(rows: HolderRows, audit: AuditTrail): Erasing {
  const forget = (unit: Unit, holderId: string, erasureId: string, by: AuditActor, reason: string | null) => {
    // Before the media are gone, and their keys with them.
    const keys = rows.keysOf(holderId)
    if (keys.length > 0) rows.scheduleErasure(erasureId, keys)
    const erased = rows.eraseAll(holderId)
    rows.gone(holderId, unit.now, unit.nextChange())
    audit.append(unit, {
      actor: by,
      action: 'holder.erase',
      subject: { kind: 'holder', id: holderId },
      reason,
      details: { ...erased },
    })
    return erased
  }
  return {
    erase(unit, { actionId, intentHash, holderId, reason, by }) {
      const before = rows.action(actionId)
      if (before) {
        if (Buffer.compare(before.intentHash, intentHash) !== 0) return { kind: 'differs' }
        return { kind: 'done', response: before.answer as EraseResponse }
      }
      if (rows.createdAt(holderId) === null) return { kind: 'unknown' }
      const erased = forget(unit, holderId, actionId, by, reason)
      const response: EraseResponse = { actionId, holderId, erased, changeSeq: unit.lastChange() }
      rows.putAction(actionId, intentHash, response, unit.now)
      return { kind: 'done', response }
    },
    eraseInactive: (unit, holderId, erasureId) => void forget(unit, holderId, erasureId, BY_SERVER, null),
  }
}
