import { scryptSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../../../core/contract/changes.ts'
import { SignIn, tillOperators } from '../../../../counter/session/signIn.ts'
import { fillReplica, newParts } from '../counterParts.ts'

const COST = { N: 1_024, r: 8, p: 1 } as const
const operator = (operatorId: string, more: Partial<Extract<Change, { kind: 'operator' }>> = {}): Change => {
  const salt = Buffer.alloc(16, 7)
  const hash = scryptSync('1234', salt, 32, COST)
  const pin = {
    algorithm: 'scrypt' as const,
    ...COST,
    salt: salt.toString('base64url'),
    hash: hash.toString('base64url'),
  }
  return { kind: 'operator', changeSeq: 1, operatorId, name: 'Rin', role: 'cashier', active: true, pin, ...more }
}
const setUp = () => {
  const parts = newParts()
  fillReplica(parts, [operator('rin'), operator('sota')])
  return { ...parts, signIn: new SignIn(parts.store, parts.time.now) }
}

describe('signing in', () => {
  it('works from the copy alone', async () => {
    const { signIn } = setUp()
    expect(await signIn.attempt('rin', '1234')).toEqual({
      ok: true,
      value: { operatorId: 'rin', name: 'Rin', role: 'cashier' },
    })
    expect(await signIn.attempt('rin', '1235')).toEqual({ ok: false, problem: 'wrong', retryAt: null })
    expect(await signIn.attempt('nobody', '1234')).toMatchObject({ ok: false, problem: 'wrong' })
  })

  it('takes the PIN however its digits are typed', async () => {
    const { signIn } = setUp()
    expect((await signIn.attempt('rin', '１２３４')).ok).toBe(true)
  })

  it('after five wrong PINs costs time, more each time, even for the right one', async () => {
    const { signIn, time } = setUp()
    for (let n = 0; n < 4; n++) expect(await signIn.attempt('rin', '0000')).toMatchObject({ retryAt: null })
    expect(await signIn.attempt('rin', '0000')).toMatchObject({ problem: 'wrong', retryAt: time.now() + 5_000 })
    expect(await signIn.attempt('rin', '1234')).toMatchObject({ problem: 'throttled', retryAt: time.now() + 5_000 })
    await time.pass(5_000)
    expect(await signIn.attempt('rin', '0000')).toMatchObject({ problem: 'wrong', retryAt: time.now() + 10_000 })
    await time.pass(10_000)
    expect((await signIn.attempt('rin', '1234')).ok).toBe(true)
    // And the count starts again.
    expect(await signIn.attempt('rin', '0000')).toMatchObject({ retryAt: null })
  })

  it('the wait is never longer than five minutes', async () => {
    const { signIn, time } = setUp()
    let longest = 0
    for (let n = 0; n < 16; n++) {
      const attempt = await signIn.attempt('rin', '0000')
      if (!attempt.ok && attempt.retryAt !== null) longest = Math.max(longest, attempt.retryAt - time.now())
      await time.pass(5 * 60_000)
    }
    expect(longest).toBe(5 * 60_000)
  })

  it('a clock that is set back makes nobody wait for longer', async () => {
    const { store, time, signIn } = setUp()
    for (let n = 0; n < 5; n++) await signIn.attempt('rin', '0000')
    const back = new SignIn(store, () => time.now() - 365 * 86_400_000)
    const yearBefore = time.now() - 365 * 86_400_000
    expect(await back.attempt('rin', '1234')).toMatchObject({ problem: 'throttled', retryAt: yearBefore + 5_000 })
    await time.pass(5_000)
    expect((await back.attempt('rin', '1234')).ok).toBe(true)
  })

  it('switching off does not help, and one person’s mistakes are not another’s', async () => {
    const { store, time, signIn } = setUp()
    for (let n = 0; n < 5; n++) await signIn.attempt('rin', '0000')
    const afterRestart = new SignIn(store, time.now)
    expect(await afterRestart.attempt('rin', '1234')).toMatchObject({ problem: 'throttled' })
    expect((await afterRestart.attempt('sota', '1234')).ok).toBe(true)
  })

  it('tries at the same moment are counted one by one', async () => {
    const { signIn } = setUp()
    const attempts = await Promise.all(Array.from({ length: 8 }, () => signIn.attempt('rin', '0000')))
    expect(attempts.filter((attempt) => !attempt.ok && attempt.problem === 'throttled')).toHaveLength(3)
  })

  it('is for people of the till who are still there', () => {
    const parts = newParts()
    fillReplica(parts, [
      operator('rin'),
      operator('gone', { active: false }),
      operator('boss', { role: 'manager' }),
      operator('plan', { role: 'planner' }),
      operator('audit', { role: 'auditor' }),
    ])
    expect(tillOperators(parts.store).map(({ operatorId }) => operatorId)).toEqual(['boss', 'rin'])
  })
})
