import type { ImportProgress } from '../../../core/contract/acquisitionImports.ts'
import type { ImportRowsCommand } from '../registrationCommands.ts'
import type { DecideRow } from './importing.ts'
import type { Unit } from './unit.ts'

/** Lists and their bad rows, inside one transaction. */
export interface ImportLists {
  find(importId: string): ImportProgress | null
  move(importId: string, to: ImportMove): void
  fault(importId: string, row: number, reason: string): void
}

/** How far a list has come. `endedAt` null: it goes on. */
export interface ImportMove {
  readonly nextRow: number
  readonly acquired: number
  readonly reasons: Readonly<Record<string, number>>
  readonly endedAt: number | null
}

/** The answer to a part of a list, as `RegistrationStore.importRows` gives it. */
export type TakePart = (
  unit: Unit,
  command: ImportRowsCommand,
  /** Decides rows in order, each seeing those before it. */
  decideAll: (rows: ImportRowsCommand['rows'], decide: (row: ImportRowsCommand['rows'][number]) => void) => void,
) => ImportProgress | 'gap' | 'over' | null

/** Takes the next rows of a list; what was taken already, and came again because its answer was lost, is passed over. */
export function importPart(lists: ImportLists, decideRow: DecideRow): TakePart {
  return (unit, { importId, firstRow, rows, last, now }, decideAll) => {
    const before = lists.find(importId)
    if (!before) return null
    if (before.state === 'finished' && firstRow + rows.length <= before.nextRow) return before
    if (before.state !== 'open') return 'over'
    if (firstRow > before.nextRow) return 'gap'
    let { nextRow, acquired } = before
    const reasons = { ...before.reasons }
    decideAll(rows.slice(before.nextRow - firstRow), (arrived) => {
      const number = nextRow
      nextRow += 1
      const reason = decideRow(unit, importId, before.dryRun, number, arrived)
      if (reason === null) {
        acquired += 1
        return
      }
      reasons[reason] = (reasons[reason] ?? 0) + 1
      lists.fault(importId, number, reason)
    })
    lists.move(importId, { nextRow, acquired, reasons, endedAt: last ? now : null })
    return lists.find(importId)
  }
}
