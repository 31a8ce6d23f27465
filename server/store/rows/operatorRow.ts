import { OperatorRole, PinVerifier } from '../../../core/contract/sessions.ts'
import { mayHavePin, NO_PIN } from '../../people/person.ts'
import type { OperatorRecord } from '../couponStore.ts'

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
