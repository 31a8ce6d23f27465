import { scryptSync } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Change } from '../../../../core/contract/changes.ts'
import { Cashiers } from '../../../../counter/cashiers.ts'
import { fillReplica, newParts } from '../counterParts.ts'

const COST = { N: 1_024, r: 8, p: 1 } as const

function operator(operatorId: string, role: 'cashier' | 'manager' | 'admin' | 'auditor', active = true): Change {
  const salt = Buffer.alloc(16, 7)
  const hash = scryptSync('3456', salt, 32, COST)
  const pin = {
    algorithm: 'scrypt' as const,
    ...COST,
    salt: salt.toString('base64url'),
    hash: hash.toString('base64url'),
  }
  return { kind: 'operator', changeSeq: 1, operatorId, name: operatorId, role, active, pin }
}

/** Cashiers over a real copy; nobody is signed in and no server is in reach. */
function newCashiers() {
  const parts = newParts()
  fillReplica(parts, [
    operator('rin', 'cashier'),
    operator('kaori', 'manager'),
    operator('emi', 'admin'),
    operator('naoki', 'auditor'),
    operator('gone', 'manager', false),
  ])
  const cashiers = new Cashiers({
    store: parts.store,
    events: parts.events,
    clock: parts.clock,
    record: (event) => parts.store.journal.record(event).ok,
    storageFailed: () => {},
    changed: () => {},
    arrived: () => {},
  })
  return { cashiers, parts }
}

it('lets a manager or an admin in by their PIN, offline, and signs nobody out', async () => {
  const { cashiers } = newCashiers()
  await cashiers.signIn('rin', '3456')
  for (const operatorId of ['kaori', 'emi']) {
    expect(await cashiers.admitManager(operatorId, '3456')).toMatchObject({ ok: true, value: { operatorId } })
  }
  expect(cashiers.current?.operatorId).toBe('rin')
})

it.each(['rin', 'naoki', 'gone', 'nobody'])('does not let %s in with the right PIN', async (operatorId) => {
  const { cashiers } = newCashiers()
  expect(await cashiers.admitManager(operatorId, '3456')).toMatchObject({
    ok: false,
    refused: { reason: 'operator_not_allowed' },
  })
})

it('needs no second PIN from the manager who is signed in, and one from every other', async () => {
  const { cashiers } = newCashiers()
  expect(await cashiers.admitManager('kaori', undefined)).toMatchObject({ ok: false })
  await cashiers.signIn('kaori', '3456')
  expect(await cashiers.admitManager('kaori', undefined)).toMatchObject({ ok: true })
  expect(await cashiers.admitManager('emi', undefined)).toMatchObject({ ok: false })
})

it('throttles and journals wrong PINs with those of signing in', async () => {
  const { cashiers, parts } = newCashiers()
  for (let n = 0; n < 3; n++) await cashiers.signIn('kaori', '0000')
  for (let n = 0; n < 2; n++) await cashiers.admitManager('kaori', '0000')
  expect(await cashiers.admitManager('kaori', '3456')).toMatchObject({
    ok: false,
    refused: { reason: 'operator_not_allowed', params: { retryAt: parts.time.now() + 5_000 } },
  })
  expect(parts.store.journal.due(Number.MAX_SAFE_INTEGER, 100, 1e6).map(({ body }) => body.action)).toEqual(
    Array(6).fill('sign_in_refused'),
  )
  await parts.time.pass(5_000)
  expect(await cashiers.admitManager('kaori', '3456')).toMatchObject({ ok: true })
})
