import type { Database } from 'better-sqlite3'
import type { OperatorRecord } from '../couponStore.ts'
import type { Unit } from '../deciding/unit.ts'
import { type OperatorRow, readOperator } from '../rows/operatorRow.ts'

export interface Operators {
  byName(name: string): OperatorRecord | null
  byId(operatorId: string): OperatorRecord | null
  put(unit: Unit, operator: OperatorRecord): void
}

/** People, as counters know them too. */
export function operators(db: Database): Operators {
  const columns = 'o.operator_id, o.name, o.role, o.active, o.store_id, o.pin'
  const byName = db.prepare<[string], OperatorRow>(`SELECT ${columns} FROM operators o WHERE name = ?`)
  const byId = db.prepare<[string], OperatorRow>(`SELECT ${columns} FROM operators o WHERE operator_id = ?`)
  const put = db.prepare<[string, string, string, number, string | null, string, number]>(
    `INSERT INTO operators (operator_id, name, role, active, store_id, pin, change_seq) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (operator_id) DO UPDATE SET name = excluded.name, role = excluded.role, active = excluded.active,
       store_id = excluded.store_id, pin = excluded.pin, change_seq = excluded.change_seq`,
  )
  const found = (row: OperatorRow | undefined): OperatorRecord | null => (row ? readOperator(row) : null)

  return {
    byName: (name) => found(byName.get(name)),
    byId: (operatorId) => found(byId.get(operatorId)),
    put: (unit, { operatorId, name, role, active, storeId = null, pin }) =>
      void put.run(operatorId, name, role, Number(active), storeId, JSON.stringify(pin), unit.nextChange()),
  }
}
