import type { EventDraft, Stored } from '../counterStore.ts'
import type { StaffCardBook } from '../staffCardBook.ts'
import type { Db } from './database.ts'

/** Staff cards over the journal. `send` appends an event in the open transaction. */
export function staffCardsOf(
  db: Db,
  unit: (work: () => unknown) => Stored,
  send: (event: EventDraft) => void,
): StaffCardBook {
  const select = db
    .prepare<[number, string], string>('SELECT operator_id FROM staff_card WHERE key_version = ? AND key = ?')
    .pluck()
  const any = db.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM staff_card)').pluck()
  const replace = db.prepare('REPLACE INTO staff_card VALUES (?, ?, ?)')
  const drop = db.prepare('DELETE FROM staff_card WHERE operator_id = ?')
  return {
    staffCardOf(keys) {
      for (const { v, key } of keys) {
        const operatorId = select.get(v, key)
        if (operatorId !== undefined) return operatorId
      }
      return null
    },
    hasStaffCards: () => any.get() === 1,
    keepStaffCard: (operatorId, keys, event) =>
      unit(() => {
        for (const { v, key } of keys) replace.run(v, key, operatorId)
        send(event)
      }),
    forgetStaffCards: (operatorId, event) =>
      unit(() => {
        drop.run(operatorId)
        send(event)
      }),
  }
}
