import { describe, expect, it } from 'vitest'
import type { Conflict, ConflictPage } from '../../../../core/contract/conflicts.ts'
import type { LeaseOverview } from '../../../../core/contract/leases.ts'
import { OfflineSettings } from '../../../../core/contract/stations.ts'
import type { OfflineDeskAction } from '../../../../core/counter/offlineDesk.ts'
import { accepted, refused } from '../../../../core/outcome.ts'
import type { GatewayResult } from '../../../../core/ports/couponGateway.ts'
import type { ManagerGateway } from '../../../../core/ports/managerGateway.ts'
import { OfflineWork } from '../../../../counter/offline/offlineWork.ts'
import { refusal } from '../../../../counter/session/model.ts'
import { STORY } from '../../../e2e/offline/deskStates.ts'
import { NOBODY, newParts, settled } from '../counterParts.ts'

const KAORI = { operatorId: 'm-1', name: 'Kaori', role: 'manager' } as const
const { station: _station, server: _server, history: _history, ...CONFLICT } = STORY
const PAGE: ConflictPage = { conflicts: [CONFLICT satisfies Conflict], cursor: null, open: 1 }
const answered = <Answer>(answer: Answer): GatewayResult<Answer> => ({ kind: 'answered', answer })
const NOW_LENT: LeaseOverview = {
  leaseId: 'lease-1',
  campaignId: 'campaign-1',
  stationId: 'station-2',
  stationName: 'lane 2',
  storeId: 'store-1',
  state: 'recalled',
  uses: 5,
  value: null,
  drawnUses: 2,
  drawnValue: 0,
  lentAt: '2026-11-22T09:00:00.000Z',
  spendUntil: '2026-11-25T09:00:00.000Z',
  recalledAt: '2026-11-22T10:00:00.000Z',
  ended: null,
}
const HERE = { ...NOW_LENT, leaseId: 'lease-2', stationId: 'station-1', state: 'out', drawnUses: 0 } as const
const LEASES = [
  NOW_LENT,
  HERE,
  { ...HERE, leaseId: 'lease-3', storeId: 'store-2' },
  { ...HERE, leaseId: 'lease-4', ended: { at: NOW_LENT.lentAt, operatorId: null, reason: null } },
]
const SESSION_END = '2026-11-22T12:00:00.000Z'
const SESSION = answered({ token: 'a-token', operator: KAORI, expiresAt: SESSION_END })

/** The desk over a real journal, with a server that answers as told. */
function newDesk(server: Partial<ManagerGateway> = {}) {
  const parts = newParts()
  const asked: unknown[][] = []
  const state = { busy: false, forced: false, woken: 0 }
  const managers: ManagerGateway = {
    signIn: async () => SESSION,
    conflicts: async () => answered(PAGE),
    conflict: async () => answered(STORY),
    leases: async () => answered({ leases: LEASES }),
    redemptions: async () => answered({ redemptions: [], cursor: null }),
    resolve: async () => answered({ ...STORY, state: 'resolved' }),
    ...server,
  }
  const remembered = new Proxy(managers, {
    get:
      (target, name: keyof ManagerGateway) =>
      (...call: never[]) => {
        asked.push([name, ...call])
        return (target[name] as (...call: never[]) => unknown)(...call)
      },
  })
  const { desk, overrides } = new OfflineWork({
    journal: parts.store.journal,
    replica: parts.store.replica,
    events: parts.events,
    scheduler: parts.time,
    ids: parts.ids,
    clock: parts.clock,
    connectivity: {
      force: (offline) => {
        state.forced = offline
      },
    },
    managers: remembered,
    station: () => ({ stationId: 'station-1', storeId: 'store-1', settings: OfflineSettings.parse({}) }),
    admit: async (operatorId, pin) =>
      operatorId === KAORI.operatorId && (pin === undefined || pin === '3456')
        ? accepted(KAORI)
        : refused({ refused: refusal('operator_not_allowed') }),
    isBusy: () => state.busy,
    record: (event) => parts.store.journal.record(event).ok,
    storageFailed: (detail) => {
      throw new Error(detail)
    },
    changed: () => {},
    journaled: () => {},
    sendAgain: () => {
      state.woken += 1
    },
  })
  const act = (action: OfflineDeskAction) => desk.carryOut(action)
  const open = (pin = '3456') => act({ do: 'open', operatorId: KAORI.operatorId, pin })
  const openSignedIn = () => act({ do: 'open', operatorId: KAORI.operatorId })
  return { parts, desk, overrides, asked, state, act, open, openSignedIn }
}

describe('the desk', () => {
  it('opens with a manager’s PIN and does nothing while it is closed', async () => {
    const { desk, act, open } = newDesk()
    expect(await act({ do: 'sendAgain' })).toMatchObject({ reason: 'operator_not_allowed' })
    expect(await open('0000')).toMatchObject({ reason: 'operator_not_allowed' })
    expect(desk.view()).toBeNull()
    expect(await open()).toBeNull()
    expect(desk.view()?.operator).toEqual({ operatorId: 'm-1', name: 'Kaori' })
    await act({ do: 'close' })
    expect(desk.view()).toBeNull()
  })

  it('waits for a visit that nothing may interrupt, closes by itself, and when the manager is one no more', async () => {
    const { desk, parts, open, state } = newDesk()
    state.busy = true
    expect(await open()).toMatchObject({ reason: 'in_progress' })
    state.busy = false
    await open()
    await parts.time.pass(10 * 60_000 + 1)
    expect(desk.isOpen).toBe(false)
    await open()
    desk.recheck(() => false)
    expect(desk.isOpen).toBe(false)
  })

  it('shows the server the PIN in the manager’s own name, and what is open at this store', async () => {
    const { desk, asked, open } = newDesk()
    await open()
    await settled()
    expect(asked).toEqual([
      ['signIn', { name: 'Kaori', pin: '3456', minutes: 20 }],
      ['conflicts', 'a-token', { state: 'open', storeId: 'store-1' }],
      ['leases', 'a-token'],
    ])
    expect(desk.view()).toMatchObject({ server: 'connected', list: { conflicts: [{ discount: 200 }], open: 1 } })
  })

  it('shows what this counter holds, and with the server’s word what is lent to the store and not over', async () => {
    const { desk, parts, open } = newDesk()
    const { journal } = parts.store
    const ask = { campaignId: 'campaign-1', wantUses: 5, wantValue: 500, askedAt: 1 }
    for (const leaseId of ['own-1', 'own-2']) journal.askForLease({ ...ask, leaseId })
    journal.holdLease('own-1', { uses: 4, value: 300, spendUntil: 9_000 })
    await open()
    expect(desk.view()?.leases).toEqual({
      of: 'counter',
      rows: [
        {
          ...{ leaseId: 'own-1', stationName: null, title: '', titles: {}, uses: 4, usesLeft: 4 },
          ...{ value: 300, valueLeft: 300, until: 9_000, state: 'out' },
        },
      ],
    })
    await settled()
    const { of, rows } = desk.view()?.leases ?? {}
    expect(of).toBe('store')
    expect(rows).toMatchObject([
      { leaseId: 'lease-2', stationName: null, usesLeft: 5, state: 'out' },
      { leaseId: 'lease-1', stationName: 'lane 2', usesLeft: 3, state: 'recalled' },
    ])
  })

  it('opened by the manager who is signed in, asks for the PIN before the server is asked anything', async () => {
    const { desk, asked, act } = newDesk()
    await act({ do: 'open', operatorId: KAORI.operatorId })
    await settled()
    expect(asked).toEqual([])
    expect(desk.view()?.server).toBe('pin_needed')
    expect(await act({ do: 'connect', pin: '3456' })).toBeNull()
    expect(desk.view()).toMatchObject({ server: 'connected', list: { open: 1 } })
  })

  it('a resolution is asked of the server with that session, and forgotten with it', async () => {
    const { desk, asked, act, open, openSignedIn } = newDesk()
    await open()
    await settled()
    const { conflictId } = STORY
    const word = { conflictId, resolution: 'accepted', reason: 'I was there' } as const
    expect(await act({ do: 'resolve', ...word })).toBeNull()
    expect(asked.find(([name]) => name === 'resolve')).toMatchObject([
      'resolve',
      'a-token',
      conflictId,
      { resolution: 'accepted', reason: 'I was there', resolutionId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ])
    expect(desk.view()?.story?.state).toBe('resolved')
    await act({ do: 'close' })
    await openSignedIn()
    expect(await act({ do: 'resolve', ...word })).toMatchObject({ reason: 'operator_not_allowed' })
    expect(desk.view()).toMatchObject({ server: 'pin_needed', list: null, story: null })
  })

  it.each([
    ['a wrong PIN', { kind: 'revoked' } as const, 'operator_not_allowed', 'pin_needed'],
    ['nobody there', NOBODY, 'server_unreachable', 'unreachable'],
    ['a pause', { kind: 'throttled', retryAfterMs: 1_000 } as const, 'server_unreachable', 'unreachable'],
  ])('%s: says so, and the desk stays open', async (_, result, reason, server) => {
    const { desk, act, open } = newDesk({ signIn: async () => result })
    await open()
    await settled()
    expect(await act({ do: 'connect', pin: '3456' })).toMatchObject({ reason })
    expect(desk.view()).toMatchObject({ server, list: null })
  })

  it('a session that has ended asks for the PIN again', async () => {
    const { desk, act, open } = newDesk({ conflict: async () => ({ kind: 'revoked' }) })
    await open()
    await settled()
    expect(await act({ do: 'look', conflictId: STORY.conflictId })).toMatchObject({ reason: 'operator_not_allowed' })
    expect(desk.view()?.server).toBe('pin_needed')
  })

  it('somebody else of the same name is not the manager', async () => {
    const { desk, open } = newDesk({
      signIn: async () =>
        answered({ token: 'another', operator: { ...KAORI, operatorId: 'x' }, expiresAt: SESSION_END }),
    })
    await open()
    await settled()
    expect(desk.view()).toMatchObject({ server: 'pin_needed', list: null })
  })

  it('what comes back after it was closed is nobody’s', async () => {
    let answer = (_: GatewayResult<ConflictPage>) => {}
    const { desk, act, open, openSignedIn } = newDesk({
      conflicts: () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    })
    await open()
    await settled()
    await act({ do: 'close' })
    await openSignedIn()
    answer(answered(PAGE))
    await settled()
    expect(desk.view()).toMatchObject({ server: 'pin_needed', list: null })
  })

  it('forces the counter offline, and lets it go', async () => {
    const { act, open, state, parts } = newDesk()
    await open()
    const wish = { do: 'override', kind: 'force_offline', reason: 'slow', raisePercent: null } as const
    expect(await act({ ...wish, minutes: 30 })).toBeNull()
    expect(state.forced).toBe(true)
    expect(await act({ do: 'endOverride', kind: 'force_offline' })).toBeNull()
    expect(state.forced).toBe(false)
    await act({ ...wish, minutes: 5 })
    await parts.time.pass(5 * 60_000 + 2_000)
    expect(state.forced).toBe(false)
  })
})
