import type { Database } from 'better-sqlite3'
import { OperatorRole, PinVerifier } from '../../../core/contract/sessions.ts'
import { mayHavePin, NO_PIN } from '../../people/person.ts'
import type { OperatorRecord } from '../couponStore.ts'
import type { Unit } from '../deciding/unit.ts'

export interface Operators {
  byName(name: string): OperatorRecord | null
  byId(operatorId: string): OperatorRecord | null
  put(unit: Unit, operator: OperatorRecord): void
}

export interface OperatorRow {
  readonly operator_id: string
  readonly name: string
  readonly role: string
  readonly active: number
  readonly store_id: string | null
  readonly pin: string
}

export const readOperator = (row: OperatorRow): OperatorRecord => ({
  operatorId: row.operator_id,
  name: row.name,
  role: OperatorRole.parse(row.role),
  active: row.active === 1,
  storeId: row.store_id,
  pin: PinVerifier.parse(JSON.parse(row.pin)),
})

/**
 * Head office's people are not for tills: only that they may not sign in, for whoever may have been a cashier before.
 * Which store somebody looks after is nothing a till needs.
 */
export function operatorAtTheTill(row: OperatorRow): Omit<OperatorRecord, 'storeId'> {
  const { storeId: _, ...operator } = readOperator(row)
  return mayHavePin(operator.role) ? operator : { ...operator, name: '', active: false, pin: NO_PIN }
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
