import { describe, expect, it } from 'vitest'
import type { ShellView } from '../../../core/counter/shellView.ts'
import { CounterState } from '../../../core/counter/state.ts'
import type { Channel } from '../../../core/ports/channel.ts'
import { besideShell, isOccupied, mayLeave } from '../../../counter/besideShell.ts'

const KIOSK: ShellView = { kind: 'electron', kiosk: true, secrets: 'keystore', version: '1.0.0' }

const IDLE: CounterState = CounterState.parse({
  revision: 1,
  enrolment: { status: 'enrolled', stationId: 's', storeName: 'Kanda', currency: 'JPY' },
  connection: { mode: 'online', since: 0, replicaAsOf: 0 },
  waiting: { count: 0, value: 0, forced: 0, quarantined: 0 },
  readers: [],
  cashier: null,
  operators: [
    { operatorId: 'cashier', name: 'Rin Takeda' },
    { operatorId: 'manager', name: 'Emi Kuroda', manages: true },
  ],
  signIn: { problem: null, retryAt: null },
  categories: [],
  purchase: { currency: 'JPY', lines: [], total: 0 },
  visit: { phase: 'idle' },
  settings: { oneTap: false, undoWindowSeconds: 60 },
  notices: [],
  simulator: null,
})
const cashier = { operatorId: 'cashier', name: 'Rin Takeda', role: 'cashier' } as const
const manager = { operatorId: 'manager', name: 'Emi Kuroda', role: 'manager' } as const

/** A counter that only remembers what it was told, beside a shell. */
function beside(shell: ShellView | null = KIOSK) {
  const clients: Channel[] = []
  const heard: unknown[] = []
  const told: unknown[] = []
  const counter = besideShell(
    {
      attach(client) {
        clients.push(client)
        client.onMessage((message) => heard.push(message))
      },
      attachDisplay: () => {},
      attachDevices: () => {},
      stop: async () => {},
    },
    shell ?? undefined,
    { leave: () => told.push('leave'), occupied: (occupied) => told.push(occupied) },
  )
  const seen: unknown[] = []
  let say = (_message: unknown) => {}
  counter.attach({
    post: (message) => seen.push(message),
    onMessage: (listener) => {
      say = listener
    },
    onClosed: () => {},
    close: () => {},
  })
  const show = (change: Partial<CounterState>) => {
    for (const client of clients) client.post({ type: 'state', state: { ...IDLE, ...change } })
  }
  return { seen, heard, told, show, say: (message: unknown) => say(message) }
}

const LEAVE = { requestId: 7, command: { type: 'leaveKiosk' } }

describe('a counter beside its shell', () => {
  it('says on every screen how it is shown', () => {
    const { show, seen } = beside()
    show({})
    expect(seen).toEqual([{ type: 'state', state: { ...IDLE, shell: KIOSK } }])
  })

  it('passes everything else on', () => {
    const { say, heard, show } = beside()
    show({ cashier })
    const signOut = { requestId: 1, command: { type: 'signOut' } }
    say(signOut)
    say({ odd: true })
    expect(heard).toEqual([signOut, { odd: true }])
  })

  it('is ended by a manager, and the shell is told', () => {
    const { say, seen, show, told, heard } = beside()
    show({ cashier: manager })
    say(LEAVE)
    expect(seen.at(-1)).toEqual({ type: 'result', requestId: 7, result: { ok: true } })
    expect(told).toContain('leave')
    expect(heard).toEqual([])
  })

  it('is not ended by anybody else, whoever asks', () => {
    const { say, seen, show, told } = beside()
    show({ cashier })
    say(LEAVE)
    expect(seen.at(-1)).toMatchObject({ requestId: 7, result: { ok: false, reason: 'operator_not_allowed' } })
    expect(told).not.toContain('leave')
  })

  it('is not ended before its first state', () => {
    const { say, seen, told } = beside()
    say(LEAVE)
    expect(seen.at(-1)).toMatchObject({ result: { ok: false, reason: 'in_progress' } })
    expect(told).toEqual([])
  })

  it('tells the shell whether somebody works here, once for each change', () => {
    const { show, told } = beside()
    show({})
    show({})
    show({ cashier })
    show({ cashier, visit: { phase: 'searching' } })
    show({})
    expect(told).toEqual([false, true, false])
  })

  it('without one is the counter as it is', () => {
    const { show, seen, say, heard } = beside(null)
    show({})
    expect(seen).toEqual([{ type: 'state', state: IDLE }])
    say(LEAVE)
    expect(heard).toEqual([LEAVE])
  })
})

describe('who may end the program', () => {
  it.each(['reading', 'searching'] as const)('a manager, but not while a visit is %s', (phase) => {
    const visit = phase === 'reading' ? { phase, readerId: 'r' } : { phase }
    expect(mayLeave({ ...IDLE, cashier: manager })).toBeNull()
    expect(mayLeave({ ...IDLE, cashier: manager, visit })?.reason).toBe('in_progress')
  })

  it('anybody where there is nobody to ask: no store, or files that cannot be used', () => {
    expect(mayLeave({ ...IDLE, enrolment: { status: 'needed', reason: null } })).toBeNull()
    expect(mayLeave({ ...IDLE, closed: 'journal_corrupt' })).toBeNull()
    expect(mayLeave(IDLE)?.reason).toBe('operator_not_allowed')
  })
})

describe('somebody works here', () => {
  it('while they are signed in, or a customer is at the terminal', () => {
    expect(isOccupied(IDLE)).toBe(false)
    expect(isOccupied({ ...IDLE, cashier })).toBe(true)
    expect(isOccupied({ ...IDLE, registration: { visit: { phase: 'idle' } } })).toBe(false)
    expect(isOccupied({ ...IDLE, registration: { visit: { phase: 'looking' } } })).toBe(true)
  })

  it('between the ends of a shift, though nobody is signed in', () => {
    const shift = { shiftId: 'x', startedAt: 0, startedBy: 'Rin Takeda', totals: null }
    expect(isOccupied({ ...IDLE, shift })).toBe(true)
  })
})
