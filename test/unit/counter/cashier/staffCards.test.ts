import { describe, expect, it } from 'vitest'
import { StaffCards } from '../../../../counter/cashier/staffCards.ts'
import { Cashiers } from '../../../../counter/cashiers.ts'
import { fillReplica, newParts, settled } from '../counterParts.ts'
import { card } from '../session/visits.ts'
import { person } from './people.ts'

/** Nobody is signed in, no server is in reach; `rin` and the manager `kaori` have PINs. */
function setUp() {
  const parts = newParts()
  fillReplica(parts, [person('rin'), person('kaori', { role: 'manager' })])
  const cashiers = new Cashiers({
    ...parts,
    record: (event) => parts.store.journal.record(event).ok,
    storageFailed: () => {},
    changed: () => {},
    arrived: () => {},
  })
  const cards = new StaffCards({
    ...parts,
    cashiers,
    storageFailed: () => {},
    changed: () => {},
    journaled: () => {},
  })
  const link = async (operatorId: string, n: number) => {
    await cashiers.signIn(operatorId, '1234')
    cards.carryOut('link')
    cards.takes(card(n))
    cashiers.signOut()
    cards.left()
  }
  const tap = async (n: number) => {
    const taken = cards.takes(card(n))
    await settled()
    return taken
  }
  const actions = () => parts.store.journal.due(Number.MAX_SAFE_INTEGER, 100, 1e6).map(({ body }) => body.action)
  return { parts, cashiers, cards, link, tap, actions }
}

describe('a staff card', () => {
  it('signs in whoever linked it, with no server in reach', async () => {
    const { cashiers, link, tap, actions } = setUp()
    await link('rin', 1)
    expect(await tap(1)).toBe(true)
    expect(cashiers.current).toMatchObject({ operatorId: 'rin' })
    expect(actions()).toEqual(['sign_in', 'staff_card_linked', 'sign_out', 'sign_in'])
  })

  it('of a manager opens the till and no manager’s screen: no PIN was shown', async () => {
    const { cashiers, link, tap } = setUp()
    await link('kaori', 2)
    await tap(2)
    expect(cashiers.current).toMatchObject({ operatorId: 'kaori' })
    expect(cashiers.isManager).toBe(false)
    expect((await cashiers.admitManager('kaori', undefined)).ok).toBe(false)
    expect((await cashiers.admitManager('kaori', '1234')).ok).toBe(true)
  })

  it('that nobody has linked is said to be unknown, and many of them cost time', async () => {
    const { cashiers, link, tap, parts } = setUp()
    await link('rin', 1)
    for (let n = 10; n < 15; n++) await tap(n)
    expect(cashiers.current).toBeNull()
    expect(cashiers.signInState.problem).toBe('unknown_card')
    await tap(1)
    expect(cashiers.signInState).toMatchObject({ problem: 'throttled' })
    await parts.time.pass(6_000)
    await tap(1)
    expect(cashiers.current).toMatchObject({ operatorId: 'rin' })
  })

  it('is a customer’s again while somebody is signed in, and where nobody has linked one', async () => {
    const { cashiers, cards, link, tap } = setUp()
    expect(await tap(1)).toBe(false)
    await link('rin', 1)
    await cashiers.signIn('kaori', '1234')
    expect(await tap(1)).toBe(false)
    expect(cards.isWanted).toBe(false)
  })

  it('that was forgotten signs nobody in', async () => {
    const { cashiers, cards, link, tap } = setUp()
    await link('rin', 1)
    await link('kaori', 2)
    await cashiers.signIn('rin', '1234')
    expect(cards.carryOut('forgetAll')).toBeNull()
    cashiers.signOut()
    await tap(1)
    expect(cashiers.current).toBeNull()
    await tap(2)
    expect(cashiers.current).toMatchObject({ operatorId: 'kaori' })
  })

  it('of somebody who has left signs nobody in', async () => {
    const { parts, cashiers, link, tap } = setUp()
    await link('rin', 1)
    fillReplica(parts, [person('rin', { active: false })])
    await tap(1)
    expect(cashiers.current).toBeNull()
  })

  it('is linked from a card alone: what is scanned or typed can be copied by looking at it', async () => {
    const { cashiers, cards } = setUp()
    await cashiers.signIn('rin', '1234')
    cards.carryOut('link')
    expect(cards.takes({ ...card(1), entry: 'scan' })).toBe(true)
    expect(cards.state).toBe('waiting')
    cards.takes(card(1))
    expect(cards.state).toBe('linked')
  })
})
