import { scryptSync } from 'node:crypto'
import type { Change } from '../../../../core/contract/changes.ts'

const COST = { N: 1_024, r: 8, p: 1 } as const

/** Somebody whose PIN is 1234. */
export function person(
  operatorId: string,
  more: Partial<Extract<Change, { kind: 'operator' }>> = {},
): Extract<Change, { kind: 'operator' }> {
  const salt = Buffer.alloc(16, 7)
  const hash = scryptSync('1234', salt, 32, COST).toString('base64url')
  const pin = { algorithm: 'scrypt', ...COST, salt: salt.toString('base64url'), hash } as const
  return { kind: 'operator', changeSeq: 1, operatorId, name: operatorId, role: 'cashier', active: true, pin, ...more }
}
