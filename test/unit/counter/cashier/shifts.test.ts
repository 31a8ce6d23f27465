import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ShiftEndBody, ShiftStartBody } from '../../../../core/counter/shift.ts'
import { accepted, refused } from '../../../../core/outcome.ts'
import { RecentApprovals } from '../../../../counter/cashier/recentApprovals.ts'
import { Shifts } from '../../../../counter/cashier/shifts.ts'
import { approve } from '../../../../counter/session/approve.ts'
import { refusal } from '../../../../counter/session/model.ts'
import { undo } from '../../../../counter/session/undo.ts'
import { ed25519Sealer } from '../../../../counter/station/sealer.ts'
import { openCounterStore } from '../../../../counter/store/sqlite/openCounterStore.ts'
import { fillReplica, newParts, type TestParts } from '../counterParts.ts'
import { answer, ask, changes } from '../session/redeeming.ts'
import { id } from '../session/visits.ts'
import { person } from './people.ts'

const RIN = { operatorId: 'rin', name: 'rin', role: 'cashier' } as const
const SOTA = { operatorId: 'sota', name: 'sota', role: 'cashier' } as const
const DAY_MS = 86_400_000

/** A counter's shifts over a real journal; `who` stands at the till. */
function setUp() {
  const parts: TestParts = newParts()
  fillReplica(parts, [...changes({}, { limits: { acquisitionUses: 9 } }, 9), person('rin'), person('sota')])
  const at: { who: typeof RIN | typeof SOTA | null; busy: boolean } = { who: RIN, busy: false }
  const shifts = new Shifts({
    ...parts,
    cashier: () => at.who,
    isBusy: () => at.busy,
    signOut: () => {
      at.who = null
    },
    storageFailed: () => {},
    changed: () => {},
    journaled: () => {},
  })
  const session = { ...parts, cashier: () => at.who }
  const recent = new RecentApprovals({
    session,
    till: () => ({
      session: { visit: { phase: 'idle' } } as never,
      undo: async () => null,
      dispatch: () => null,
    }),
    admit: async (operatorId, pin) =>
      operatorId === 'boss' && pin === '4321'
        ? accepted({ operatorId, name: operatorId, role: 'manager' as const })
        : refused({ refused: refusal('operator_not_allowed') }),
    changed: () => {},
    journaled: () => {},
  })
  /** Approves 150 off under this id; without the server unless `online`. */
  const give = async (n: number, online = true) => {
    parts.gateway.on('redeem', ({ redemptionId }) =>
      online ? answer({ redemptionId }) : { kind: 'unreachable', cause: 'connection' },
    )
    const decided = await approve(session, ask({ redemptionId: id(n) }))
    if (decided.kind !== 'approved') throw new Error(decided.refused.reason)
    return decided.approval
  }
  const journaled = () => parts.store.journal.due(Number.MAX_SAFE_INTEGER, 100, 1e6)
  const look = () => {
    expect(shifts.carryOut({ do: 'look' })).toBeNull()
    return shifts.view().shift?.totals
  }
  return { parts, at, shifts, recent, give, journaled, look, session }
}

describe('a shift', () => {
  it('begins with the first who signs in, and whoever comes next works in it', () => {
    const { shifts, journaled } = setUp()
    shifts.arrived(RIN)
    const { shift } = shifts.view()
    expect(shift).toMatchObject({ startedBy: 'rin', totals: null })
    shifts.arrived(SOTA)
    expect(shifts.view().shift?.shiftId).toBe(shift?.shiftId)
    const started = journaled().map(({ body }) => ShiftStartBody.safeParse(body).data)
    expect(started).toMatchObject([{ action: 'shift_start', operatorId: 'rin', shiftId: shift?.shiftId }])
  })

  it('adds up what was approved, taken back, and still waits, by coupon and by cashier', async () => {
    const { shifts, at, give, look, session } = setUp()
    shifts.arrived(RIN)
    const approval = await give(1)
    await give(2)
    at.who = SOTA
    await give(3, false)
    session.gateway.on('rollback', () => ({
      kind: 'answered',
      answer: { rollbackId: id(50), redemptionId: id(1), state: 'rolled_back', rolledBack: [], changeSeq: 9 },
    }))
    await undo(session, { redemptionId: id(1), reason: 'wrong_coupon', approval })
    expect(look()).toEqual({
      approved: { count: 3, discount: 450 },
      annulled: { count: 1, discount: 150 },
      waiting: { count: 1, discount: 150 },
      settled: { count: 0, discount: 0 },
      forced: { count: 0, discount: 0 },
      quarantined: { count: 0, discount: 0 },
      campaigns: [{ title: '150 off', titles: {}, count: 2, discount: 300 }],
      cashiers: [
        { operatorId: 'rin', name: 'rin', count: 2, discount: 300, annulled: { count: 1, discount: 150 } },
        { operatorId: 'sota', name: 'sota', count: 1, discount: 150, annulled: { count: 0, discount: 0 } },
      ],
    })
  })

  it('says what the server has confirmed of what waited, and what it set aside', async () => {
    const { shifts, give, look, parts, journaled } = setUp()
    shifts.arrived(RIN)
    await give(1, false)
    await give(2, false)
    const [, first, second] = journaled().filter(({ type }) => type !== 'refusal')
    if (!first || !second) throw new Error('two approvals wait')
    const confirmed = { seq: first.seq, id: first.id, status: 'confirmed' as const, lines: [] }
    const aside = { seq: second.seq, id: second.id, status: 'quarantined' as const, reason: 'too_old', lines: [] }
    expect(parts.store.journal.settle([first, second], [confirmed, aside], 3, 0, 0).ok).toBe(true)
    expect(look()).toMatchObject({
      waiting: { count: 0 },
      settled: { count: 1, discount: 150 },
      quarantined: { count: 1, discount: 150 },
    })
  })

  it('ends with its totals in the journal though approvals wait, signs out, and keeps them to be read', async () => {
    const { shifts, at, give, journaled } = setUp()
    shifts.arrived(RIN)
    await give(1, false)
    expect(shifts.carryOut({ do: 'end' })).toBeNull()
    expect(at.who).toBeNull()
    expect(shifts.view().shift).toBeNull()
    const totals = { approved: { count: 1, discount: 150 }, waiting: { count: 1, discount: 150 } }
    expect(shifts.view().lastShift).toMatchObject({ startedBy: 'rin', endedBy: 'rin', totals })
    const ended = journaled().flatMap(({ body }) => ShiftEndBody.safeParse(body).data ?? [])
    expect(ended).toMatchObject([{ operatorId: 'rin', leftOpen: false, totals }])
    expect(shifts.carryOut({ do: 'dismissLast' })).toBeNull()
    expect(shifts.view().lastShift).toBeNull()
  })

  it('counts nothing of the one before', async () => {
    const { shifts, at, give, look } = setUp()
    shifts.arrived(RIN)
    await give(1)
    shifts.carryOut({ do: 'end' })
    at.who = SOTA
    shifts.arrived(SOTA)
    await give(2)
    expect(look()).toMatchObject({ approved: { count: 1 }, cashiers: [{ operatorId: 'sota' }] })
  })

  it('that was left open ends by itself on the next business day', async () => {
    const { shifts, give, parts, journaled } = setUp()
    shifts.arrived(RIN)
    const before = shifts.view().shift?.shiftId
    await give(1)
    await parts.time.pass(DAY_MS)
    shifts.arrived(SOTA)
    expect(shifts.view().shift).toMatchObject({ startedBy: 'sota' })
    expect(shifts.view().lastShift).toMatchObject({
      shiftId: before,
      endedBy: null,
      totals: { approved: { count: 1 } },
    })
    const ended = journaled().flatMap(({ body }) => ShiftEndBody.safeParse(body).data ?? [])
    expect(ended).toMatchObject([{ leftOpen: true, shiftId: before }])
  })

  it('is not ended while an approval is under way, nor by nobody', () => {
    const { shifts, at } = setUp()
    shifts.arrived(RIN)
    at.busy = true
    expect(shifts.carryOut({ do: 'end' })?.reason).toBe('in_progress')
    at.who = null
    expect(shifts.carryOut({ do: 'end' })?.reason).toBe('operator_not_allowed')
    expect(shifts.view().shift).not.toBeNull()
  })
})

it('a shift is on disk as soon as it has begun: a program that is killed goes on with it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-shift-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const { privateKey } = generateKeyPairSync('ed25519')
  const open = () => {
    const opened = openCounterStore(
      folder,
      ed25519Sealer(() => privateKey),
    )
    if (!opened.ok) throw new Error(opened.code)
    onTestFinished(() => opened.value.close())
    return opened.value.journal
  }
  const event = {
    type: 'session',
    id: id(1),
    stationAt: 1,
    correctedAt: 1,
    body: { action: 'shift_start', operatorId: 'rin', shiftId: id(2) },
  } as const
  expect(open().startShift({ shiftId: id(2), startedAt: 1, startedBy: 'rin' }, event).ok).toBe(true)
  // The first program is still there and has closed nothing, as one that was killed.
  const after = open()
  expect(after.openShift()).toEqual({ shiftId: id(2), startedAt: 1, startedBy: 'rin' })
  expect(after.due(2, 10, 1e6)).toMatchObject([{ type: 'session', body: { action: 'shift_start' } }])
})

describe('past approvals', () => {
  it('are shown newest first while somebody looks, and name no customer', async () => {
    const { recent, shifts, give } = setUp()
    shifts.arrived(RIN)
    await give(1)
    await give(2, false)
    expect(recent.view()).toBeNull()
    await recent.carryOut({ do: 'open' })
    expect(recent.view()).toMatchObject([
      { redemptionId: id(2), certainty: 'stored', cashier: 'rin', totalDiscount: 150, undone: false },
      { redemptionId: id(1), certainty: 'confirmed' },
    ])
    expect(Object.keys(recent.view()?.[0] ?? {})).not.toContain('medium')
  })

  it('can be taken back within the window, once, with a reason', async () => {
    const { recent, give, parts, journaled } = setUp()
    await give(1, false)
    expect(await recent.carryOut({ do: 'annul', redemptionId: id(1), reason: 'wrong_coupon' })).toBeNull()
    await recent.carryOut({ do: 'open' })
    expect(recent.view()).toMatchObject([{ undone: true, undoUntil: null }])
    const annul = journaled().find(({ type }) => type === 'annul')
    expect(annul?.body).toMatchObject({ redemptionId: id(1), reason: 'wrong_coupon', operatorId: 'rin' })
    const again = await recent.carryOut({ do: 'annul', redemptionId: id(1), reason: 'wrong_coupon' })
    expect(again?.reason).toBe('invalid_request')
    expect(parts.store.journal.waiting().count).toBe(0)
  })

  it('cannot be taken back here once the window is over', async () => {
    const { recent, give, parts } = setUp()
    await give(1)
    await parts.time.pass(121_000)
    expect((await recent.carryOut({ do: 'annul', redemptionId: id(1), reason: 'x' }))?.reason).toBe('too_old')
    await recent.carryOut({ do: 'open' })
    expect(recent.view()).toMatchObject([{ undone: false, undoUntil: null }])
  })
})

describe('after its time an approval', () => {
  const late = { do: 'annulLate', redemptionId: id(1), reason: 'wrong_coupon', operatorId: 'boss' } as const

  it.each([
    ['the server is asked', true, 'confirmed'],
    ['an annul follows, without the server', false, 'stored'],
  ] as const)('is a manager’s to take back by their PIN: %s', async (_how, online, certainty) => {
    const { recent, give, parts, journaled } = setUp()
    await give(1, online)
    const HOUR = 3_600_000
    await parts.time.pass(HOUR)
    const asked = { do: 'annul', redemptionId: id(1), reason: 'wrong_coupon' } as const
    expect(await recent.carryOut(asked)).toMatchObject({ reason: 'too_old' })
    expect(await recent.carryOut({ ...late, pin: '1234' })).toMatchObject({ reason: 'operator_not_allowed' })
    // The window is over for the station: what the server does not take back at once it is told by an annul.
    parts.gateway.on('rollback', () =>
      online
        ? { kind: 'rejected', problem: { type: 'about:blank', title: '', status: 403, reason: 'too_old' } }
        : { kind: 'unreachable', cause: 'connection' },
    )
    expect(await recent.carryOut({ ...late, pin: '4321' })).toBeNull()
    expect(parts.store.journal.pastApproval(id(1))?.undone).toBe(true)
    const annuls = journaled().filter(({ type }) => type === 'annul')
    expect(annuls).toMatchObject([{ body: { redemptionId: id(1), reason: 'wrong_coupon', operatorId: 'boss' } }])
    expect(certainty === 'confirmed').toBe(parts.gateway.calls('rollback').length > 0)
    expect(await recent.carryOut({ ...late, pin: '4321' })).toMatchObject({ reason: 'invalid_request' })
  })
})
