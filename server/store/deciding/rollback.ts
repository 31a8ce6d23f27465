import type { RollbackResponse } from '../../../core/contract/redemptions.ts'
import type { RollbackAnswer, RollbackCommand } from '../commands.ts'
import type { Definitions } from './definitions.ts'
import type { Issuing } from './issuing.ts'
import type { Outbox } from './notices.ts'
import type { Overuse } from './overuse.ts'
import type { LineRow, RedemptionRow, RedemptionRows } from './redemptionRows.ts'
import type { Unit } from './unit.ts'
import type { Uses } from './uses.ts'

/** An undoing that a station's journal reports. */
export interface Annul {
  readonly annulId: string
  readonly redemptionId: string
  readonly stationId: string
  readonly operatorId: string | null
  readonly reason: string
  readonly intentHash: Uint8Array
}

export interface Rollbacks {
  rollback(unit: Unit, command: RollbackCommand): RollbackAnswer
  /** Undoes what a journal says was undone; before its redemption it waits. Returns the acquisitions that were undone. */
  annul(unit: Unit, annul: Annul): readonly string[]
  /** Undoes a redemption that has just been made when its undoing came first; false when none did. */
  applyWaiting(unit: Unit, redemptionId: string, stationId: string): boolean
  /** Gives back what these lines took; the redemption is rolled back when none is left. */
  undoLines(unit: Unit, redemptionId: string, lines: readonly LineRow[]): void
}

export interface NewRollback {
  readonly rollbackId: string
  readonly redemptionId: string
  readonly stationId: string | null
  readonly operatorId: string | null
  readonly reason: string
  readonly intentHash: Uint8Array
  /** Epoch milliseconds. */
  readonly at: number
  /** waiting: came before its redemption and undoes it when it comes. */
  readonly state: 'waiting' | 'applied'
  readonly answer: RollbackResponse
}

/** The rollbacks table, inside one transaction. */
export interface RollbackRows {
  find(rollbackId: string): { readonly intentHash: Uint8Array; readonly answer: RollbackResponse } | null
  /** Nothing when the id is there already. */
  insert(rollback: NewRollback): void
  /** Ids of what waits for a redemption of this station. */
  waiting(redemptionId: string, stationId: string): readonly string[]
  setApplied(rollbackId: string, answer: RollbackResponse): void
  /** Whether somebody may allow what is not a station's own to undo. */
  isManager(operatorId: string): boolean
}

const isActive = (line: LineRow): boolean => line.state !== 'rolled_back'

/** Undoing, online and from journals, each under an id of its own. */
export function rollbacks(
  itsRows: RollbackRows,
  rows: RedemptionRows,
  uses: Uses,
  overuse: Overuse,
  definitions: Definitions,
  issuing: Pick<Issuing, 'undone'>,
  outbox: Outbox,
): Rollbacks {
  const tellUndone = (unit: Unit, redemptionId: string, lines: readonly LineRow[]): void => {
    const redemption = rows.find(redemptionId)
    if (!redemption || lines.length === 0) return
    const { storeId, stationId, state } = redemption
    const acquisitionIds = lines.map(({ acquisitionId }) => acquisitionId)
    const data = { redemptionId, storeId, stationId, state, acquisitionIds }
    outbox.tell(unit, { type: 'redemption.rolled_back', data })
  }

  const undoLines: Rollbacks['undoLines'] = (unit, redemptionId, lines) => {
    const campaigns = definitions.current(unit)
    for (const line of lines) {
      rows.putLine(redemptionId, line, 'rolled_back')
      if (line.state === 'counted') {
        uses.uncount(unit, line)
        overuse.returnUse(unit, line, campaigns)
      } else if (line.state === 'forced') {
        overuse.undo(unit, redemptionId, line, campaigns)
      }
    }
    if (!rows.lines(redemptionId).some(isActive)) rows.setState(redemptionId, 'rolled_back')
    issuing.undone(unit, redemptionId)
    tellUndone(unit, redemptionId, lines)
  }

  /**
   * A station undoes its own: within its window, or, where it keeps a journal, at any time what it never journalled as
   * shown (it lost power before the screen). Otherwise a manager must have agreed, whose PIN the station has checked.
   */
  const mayRollBack = (unit: Unit, { by, request }: RollbackCommand, redemption: RedemptionRow): boolean => {
    if (by.kind === 'manager') return true
    const { stationId, store, settings, keepsJournal } = by.station
    if (redemption.storeId !== store.storeId) return false
    if (redemption.stationId === stationId) {
      const inWindow = unit.now - redemption.decidedAt <= settings.undoWindowSeconds * 1_000
      if (inWindow || (keepsJournal && !redemption.shown)) return true
    }
    return request.operatorId !== undefined && itsRows.isManager(request.operatorId)
  }

  const keep = (unit: Unit, command: RollbackCommand, response: RollbackResponse): void => {
    const { by, redemptionId, request, intentHash } = command
    const stationId = by.kind === 'station' ? by.station.stationId : null
    const operatorId = by.kind === 'manager' ? by.operatorId : (request.operatorId ?? null)
    const { rollbackId, reason } = request
    const kept = { rollbackId, redemptionId, stationId, operatorId, reason, intentHash, at: unit.now }
    itsRows.insert({ ...kept, state: 'applied', answer: response })
  }

  return {
    rollback(unit, command) {
      const { redemptionId, request } = command
      const before = itsRows.find(request.rollbackId)
      if (before) {
        if (Buffer.compare(before.intentHash, command.intentHash) !== 0) return { kind: 'differs' }
        return { kind: 'decided', response: before.answer }
      }
      const { rollbackId, acquisitionIds } = request
      const redemption = rows.find(redemptionId)
      // A station that must undo what may still be on its way says so by an annul event, which waits for it.
      if (!redemption) return { kind: 'unknown' }
      if (!mayRollBack(unit, command, redemption)) return { kind: 'not_allowed' }

      const lines = rows.lines(redemptionId)
      const unknown = acquisitionIds?.find((id) => !lines.some((line) => line.acquisitionId === id))
      if (unknown !== undefined) return { kind: 'no_such_line', acquisitionId: unknown }
      const asked = lines.filter((line) => !acquisitionIds || acquisitionIds.includes(line.acquisitionId))
      undoLines(unit, redemptionId, asked.filter(isActive))
      const response: RollbackResponse = {
        rollbackId,
        redemptionId,
        state: rows.find(redemptionId)?.state ?? 'rolled_back',
        rolledBack: asked.map((line) => line.acquisitionId),
        changeSeq: unit.lastChange(),
      }
      keep(unit, command, response)
      return { kind: 'decided', response }
    },

    annul(unit, { annulId, redemptionId, stationId, operatorId, reason, intentHash }) {
      const redemption = rows.find(redemptionId)
      const active = redemption ? rows.lines(redemptionId).filter(isActive) : []
      if (redemption) undoLines(unit, redemptionId, active)
      const rolledBack = active.map((line) => line.acquisitionId)
      const answer: RollbackResponse = {
        rollbackId: annulId,
        redemptionId,
        state: 'rolled_back',
        rolledBack,
        changeSeq: unit.lastChange(),
      }
      const kept = { rollbackId: annulId, redemptionId, stationId, operatorId, reason, intentHash, at: unit.now }
      itsRows.insert({ ...kept, state: redemption ? 'applied' : 'waiting', answer })
      return rolledBack
    },

    applyWaiting(unit, redemptionId, stationId) {
      const tombstones = itsRows.waiting(redemptionId, stationId)
      if (tombstones.length === 0) return false
      const active = rows.lines(redemptionId).filter(isActive)
      undoLines(unit, redemptionId, active)
      rows.setState(redemptionId, 'rolled_back')
      const rolledBack = active.map((line) => line.acquisitionId)
      for (const rollbackId of tombstones) {
        const changeSeq = unit.lastChange()
        const answer: RollbackResponse = { rollbackId, redemptionId, state: 'rolled_back', rolledBack, changeSeq }
        itsRows.setApplied(rollbackId, answer)
      }
      return true
    },

    undoLines,
  }
}
