import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { accepted, refused } from '../../../core/outcome.ts'
import { Service } from '../../../counter/service.ts'
import { refusal } from '../../../counter/session/model.ts'
import type { RetiredBecause } from '../../../counter/station/enrolment.ts'
import { newParts } from './counterParts.ts'

const MANAGER = { operatorId: 'op-m', name: 'Mio', role: 'manager' as const }

function setUp() {
  const parts = newParts()
  const { store, time } = parts
  const forgotten: RetiredBecause[] = []
  const leases: boolean[] = []
  const seen = { busy: false, revoked: false, signedOut: 0, ended: 0, changes: 0, forgets: true }
  const service = new Service({
    store,
    scheduler: time,
    now: () => time.now(),
    isBusy: () => seen.busy,
    giveUpLeases: (up) => void leases.push(up),
    changed: () => {
      seen.changes += 1
    },
    ended: () => {
      seen.ended += 1
    },
    connectivity: {
      get toldRevoked() {
        return seen.revoked
      },
    },
    cashiers: {
      admitManager: async (_operatorId, pin) =>
        pin === '1234' ? accepted(MANAGER) : refused({ refused: refusal('operator_not_allowed') }),
      signOut: () => {
        seen.signedOut += 1
      },
    },
    station: {
      publicKey: () => '',
      sign: () => new Uint8Array(),
      enrolment: () => null,
      enrolled: () => false,
      retired: () => null,
      forget: (because) => {
        if (seen.forgets) forgotten.push(because)
        return seen.forgets
      },
    },
  })
  const record = () => store.journal.record(parts.events.session('sign_in', 'op-1'))
  /** The server takes all that waits. */
  const settle = () => {
    const sent = store.journal.due(Number.MAX_SAFE_INTEGER, 500, 1e9)
    const results = sent.map(({ seq, id }) => ({ seq, id, status: 'confirmed' as const, lines: [] }))
    store.journal.settle(sent, results, 1, time.now(), time.now())
  }
  return { service, seen, forgotten, leases, record, settle, time, store }
}

describe('a queue that is saved', () => {
  it('is a file of what waits, signed, which says where it is', () => {
    const { service, record, seen } = setUp()
    record()
    record()
    expect(service.exportQueue()).toBeNull()
    const { path = '', events } = service.queueExport ?? {}
    expect(events).toBe(2)
    expect(seen.changes).toBe(1)
    const [header, ...lines] = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(header).toMatchObject({ format: 'tapcoupon-journal', kind: 'queue' })
    expect(lines).toMatchObject([{ seq: 1, type: 'session' }, { seq: 2 }, { end: true, events: 2 }])
  })
})

describe('taking a machine out of service', () => {
  it('takes a manager’s PIN, and nobody who is being served', async () => {
    const { service, seen, forgotten } = setUp()
    expect(await service.unenrol('op-m', '9999')).toMatchObject({ reason: 'operator_not_allowed' })
    seen.busy = true
    expect(await service.unenrol('op-m', '1234')).toMatchObject({ reason: 'in_progress' })
    expect(forgotten).toEqual([])
    expect(seen.signedOut).toBe(0)
  })

  it('is refused while events wait that nobody takes', async () => {
    const { service, seen, forgotten, leases, record, time, store } = setUp()
    record()
    const asked = service.unenrol('op-m', '1234')
    await time.pass(60_000)
    expect(await asked).toMatchObject({ reason: 'events_waiting' })
    expect({ forgotten, ended: seen.ended, signedOut: seen.signedOut }).toEqual({
      forgotten: [],
      ended: 0,
      signedOut: 0,
    })
    expect(store.journal.backlog().stored).toBe(1)
    // What was lent may be borrowed again.
    expect(leases.at(-1)).toBe(false)
  })

  it('waits a little for the last of them to be sent', async () => {
    const { service, seen, forgotten, record, settle, time } = setUp()
    record()
    const asked = service.unenrol('op-m', '1234')
    await time.pass(2_000)
    expect(forgotten).toEqual([])
    settle()
    await time.pass(2_000)
    expect(await asked).toBeNull()
    expect({ forgotten, ended: seen.ended, signedOut: seen.signedOut }).toEqual({
      forgotten: ['unenrolled'],
      ended: 1,
      signedOut: 1,
    })
  })

  it('a disk that does not take it leaves everything', async () => {
    const { service, seen } = setUp()
    seen.forgets = false
    expect(await service.unenrol('op-m', '1234')).toMatchObject({ reason: 'storage_failed' })
    expect(seen.ended).toBe(0)
  })
})

describe('a revoked station', () => {
  it('forgets its keys when the server has everything, not before, and empties its copy', async () => {
    const { service, seen, forgotten, record, settle, time, store } = setUp()
    store.replica.apply([], { cursor: 'c', changeSeq: 1, asOf: 1 })
    record()
    seen.revoked = true
    service.purgeWhenClear()
    service.purgeWhenClear()
    await time.pass(60_000)
    expect(forgotten).toEqual([])
    settle()
    await time.pass(5_000)
    expect(forgotten).toEqual(['station_revoked'])
    expect(seen.ended).toBe(1)
    expect(store.replica.position().cursor).toBe('')
  })

  it('that is in service again keeps them', async () => {
    const { service, seen, forgotten, record, settle, time } = setUp()
    record()
    seen.revoked = true
    service.purgeWhenClear()
    await time.pass(5_000)
    seen.revoked = false
    settle()
    await time.pass(5_000)
    expect(forgotten).toEqual([])
    seen.revoked = true
    service.purgeWhenClear()
    await time.pass(5_000)
    expect(forgotten).toEqual(['station_revoked'])
  })
})
