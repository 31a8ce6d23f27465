import { unreachable } from '../../core/outcome.ts'
import { REDEEM_DEADLINE_MS } from '../deadlines.ts'
import type { ShownApproval, Undo } from '../store/counterStore.ts'
import { askServer } from './askWithin.ts'
import { refusal, refusalFromProblem, STORAGE_FAILED, type UndoEnded } from './model.ts'
import type { SessionParts } from './parts.ts'

/**
 * Takes back an approval that was shown. Confirmed and online: a rollback on the server. Otherwise an annul event, which
 * follows the redemption to the server; what it does not meet there it waits for. The wish is on disk before anything
 * else, so that a counter that dies meanwhile still carries it out.
 */
export async function undo(
  parts: SessionParts,
  ask: {
    readonly redemptionId: string
    readonly reason: string
    readonly approval: ShownApproval
    /** The sale is given up: what the server does not take back at once it is told by an annul, however late. */
    readonly insist?: boolean
    /** Who takes it back; absent: the cashier. */
    readonly operatorId?: string
  },
): Promise<UndoEnded> {
  const { store, gateway, connectivity, ids } = parts
  const { redemptionId, reason, approval, insist = false } = ask
  const who = ask.operatorId ?? parts.cashier()?.operatorId ?? null
  const wish: Undo = { redemptionId, rollbackId: ids.uuid7(), reason, operatorId: who }
  const begun = store.journal.beginUndo(wish)
  if (!begun.ok) return failed(parts, begun.detail)
  // A stored one may not be there yet: a rollback would find nothing.
  if (approval.certainty === 'stored' || !connectivity.worthAsking) return annul(parts, wish)
  const { rollbackId, operatorId } = wish
  const request = { rollbackId, reason, ...(operatorId === null ? {} : { operatorId }) }
  const result = await askServer(parts, REDEEM_DEADLINE_MS, () => gateway.rollback(redemptionId, request))
  switch (result.kind) {
    case 'answered': {
      const ended = store.journal.endUndo(redemptionId, 'rolled_back', null)
      // It is done on the server; that the local copy does not know it yet only makes it more careful.
      if (!ended.ok) parts.storageFailed(ended.detail)
      return { kind: 'undone', certainty: 'confirmed' }
    }
    case 'rejected':
      if (insist) return annul(parts, wish)
      return notUndone(parts, redemptionId, { kind: 'refused', refused: refusalFromProblem(result.problem) })
    case 'revoked':
      if (insist) return annul(parts, wish)
      return notUndone(parts, redemptionId, { kind: 'refused', refused: refusal('station_revoked') })
    case 'throttled':
    case 'unreachable':
      return annul(parts, wish)
    default:
      return unreachable(result)
  }
}

/** Undos that were asked for when the power went: carried out as annul events. */
export function finishPendingUndos(parts: SessionParts): readonly Undo[] {
  return parts.store.journal.pendingUndos().filter((wish) => annul(parts, wish).kind === 'undone')
}

function annul(parts: SessionParts, { redemptionId, rollbackId, reason, operatorId }: Undo): UndoEnded {
  const event = parts.events.annul({ annulId: rollbackId, redemptionId, reason, operatorId })
  const ended = parts.store.journal.endUndo(redemptionId, 'annulled', event)
  return ended.ok ? { kind: 'undone', certainty: 'stored' } : failed(parts, ended.detail)
}

function notUndone(parts: SessionParts, redemptionId: string, ended: UndoEnded): UndoEnded {
  const written = parts.store.journal.endUndo(redemptionId, 'refused', null)
  return written.ok ? ended : failed(parts, written.detail)
}

function failed(parts: SessionParts, detail: string): UndoEnded {
  parts.storageFailed(detail)
  return { kind: 'refused', refused: STORAGE_FAILED }
}
