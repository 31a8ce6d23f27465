import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { EnrolResponse } from '../../../../core/contract/stations.ts'
import type { CommandResult, CounterCommand } from '../../../../core/counter/commands.ts'
import type { FromCounter } from '../../../../core/counter/protocol.ts'
import type { CounterState } from '../../../../core/counter/state.ts'
import type { Channel } from '../../../../core/ports/channel.ts'
import { DevicesConfiguration, type DevicesMessage } from '../../../../core/readers/protocol.ts'
import { createCounter } from '../../../../counter/host.ts'
import { systemIds } from '../../../../counter/system.ts'
import { trainableCounter } from '../../../../counter/training/trainableCounter.ts'
import { person } from '../cashier/people.ts'
import { fillReplica, NOW, newStore, ScriptedGateway, STATION, settled, VirtualTime } from '../counterParts.ts'

/** A line whose other end is this test. */
class Line implements Channel {
  readonly sent: unknown[] = []
  #listener: (message: unknown) => void = () => {}
  #closed: () => void = () => {}
  post = (message: unknown) => void this.sent.push(message)
  onMessage = (listener: (message: unknown) => void) => {
    this.#listener = listener
  }
  onClosed = (listener: () => void) => {
    this.#closed = listener
  }
  close = () => this.#closed()
  say = (message: unknown) => this.#listener(message)
}

const line = { lineId: '1', label: 'Tea', category: 'drinks', quantity: { value: 1, scale: 0 } }

/** An enrolled counter with a screen, a devices process and one cashier, whose server this test plays. */
async function setUp() {
  const folder = join(mkdtempSync(join(tmpdir(), 'tapcoupon-training-')), 'training')
  const time = new VirtualTime()
  const store = newStore()
  fillReplica({ store }, [person('rin')])
  const gateway = new ScriptedGateway()
  const enrolment = EnrolResponse.parse({
    ...STATION,
    token: 'token',
    mediumHashKeys: [{ v: 1, key: Buffer.alloc(32, 1).toString('base64url') }],
  })
  const counter = trainableCounter(
    {
      store,
      station: {
        publicKey: () => '',
        sign: () => new Uint8Array(),
        enrolment: () => enrolment,
        enrolled: () => false,
        forget: () => false,
        retired: () => null,
      },
      gateway,
      clock: time,
      ids: systemIds,
      scheduler: time,
      devicesConfiguration: DevicesConfiguration.parse({ pcsc: false, hid: false, wedge: false, simulated: true }),
      categories: [],
      sample: null,
    },
    { create: createCounter, folder, soon: (task) => void setImmediate(task) },
  )
  const screen = new Line()
  const devices = new Line()
  counter.attach(screen)
  counter.attachDevices(devices)
  onTestFinished(async () => {
    await counter.stop()
    rmSync(join(folder, '..'), { recursive: true, force: true })
  })
  const messages = () => screen.sent as FromCounter[]
  const state = (): CounterState => {
    const found = messages().findLast((message) => message.type === 'state')
    if (found?.type !== 'state') throw new Error('no state yet')
    return found.state
  }
  let requests = 0
  const send = async (command: CounterCommand): Promise<CommandResult | null> => {
    requests += 1
    const requestId = requests
    screen.say({ requestId, command })
    const result = () => messages().find((message) => message.type === 'result' && message.requestId === requestId)
    await expect.poll(result).toBeDefined()
    const answered = result()
    return answered?.type === 'result' ? answered.result : null
  }
  const until = (holds: (state: CounterState) => boolean) => expect.poll(() => holds(state())).toBe(true)
  const tap = (uid: string) => {
    const readId = systemIds.uuid7()
    const read = { readId, readerId: 'reader', readAt: NOW, entry: 'tap' }
    devices.say({ type: 'read', read: { ...read, medium: { type: 'nfc-uid', identifier: uid } } } as DevicesMessage)
  }
  expect(await send({ type: 'signIn', operatorId: 'rin', pin: '1234' })).toEqual({ ok: true })
  const begin = async () => {
    expect(await send({ type: 'training', on: true })).toEqual({ ok: true })
    await until(({ training }) => training)
  }
  return { store, gateway, folder, screen, devices, counter, state, send, until, tap, begin, time }
}

const CARD = '04a1b2c3d4e5f6'

describe('a training', () => {
  it('asks the server nothing and leaves the journal as it was, whatever is done in it', async () => {
    const { store, gateway, begin, send, until, tap } = await setUp()
    const journal = () => store.journal.due(Number.MAX_SAFE_INTEGER, 500, 1e7)
    await begin()
    const before = { journal: journal(), waiting: store.journal.waiting(), asked: gateway.calls('redeem').length }
    await send({ type: 'setPurchase', lines: [{ ...line, unitPrice: 1_000, lineTotal: 1_000 }] })
    tap(CARD)
    await until(({ visit }) => visit.phase === 'offers')
    await send({ type: 'approve', select: 'best' })
    await until(({ visit }) => visit.phase === 'approved')
    await send({ type: 'training', on: false })
    await until(({ training }) => !training)
    expect(journal()).toEqual(before.journal)
    expect(store.journal.waiting()).toEqual(before.waiting)
    for (const call of ['search', 'redeem', 'rollback'] as const) expect(gateway.calls(call)).toEqual([])
    const sent = gateway.calls('settle').flatMap(([events]) => events as { readonly type: string }[])
    expect(sent.filter(({ type }) => type !== 'session')).toEqual([])
  })

  it('answers as a server would: offers, a discount, undone on request, and used up at the next tap', async () => {
    const { begin, send, until, tap, state } = await setUp()
    await begin()
    await send({ type: 'setPurchase', lines: [{ ...line, unitPrice: 1_000, lineTotal: 1_000 }] })
    tap(CARD)
    await until(({ visit }) => visit.phase === 'offers')
    const { visit } = state()
    if (visit.phase !== 'offers') throw new Error(visit.phase)
    expect(visit).toMatchObject({ source: 'server', best: [{ totalDiscount: 145 }] })
    expect(visit.unusable).toHaveLength(1)
    await send({ type: 'approve', select: 'best' })
    await until((now) => now.visit.phase === 'approved')
    const approved = state().visit
    if (approved.phase !== 'approved') throw new Error(approved.phase)
    expect(approved).toMatchObject({ certainty: 'confirmed', totalDiscount: 145 })
    await send({ type: 'undo', redemptionId: approved.redemptionId, reason: 'wrong_coupon' })
    await until((now) => now.visit.phase === 'undone')
  })

  it('leaves nothing behind: not its files, not its purchase, not its cashier’s visit', async () => {
    const { folder, begin, send, until, state } = await setUp()
    await begin()
    expect(readdirSync(folder)).not.toEqual([])
    await send({ type: 'setPurchase', lines: [{ ...line, unitPrice: 500, lineTotal: 500 }] })
    await send({ type: 'training', on: false })
    await until(({ training }) => !training)
    await expect.poll(() => existsSync(folder)).toBe(false)
    expect(state().purchase.lines).toEqual([])
    expect(state().cashier).toMatchObject({ operatorId: 'rin' })
  })

  it('has the readers that the real counter has, and gives them back', async () => {
    const { begin, devices, send, until } = await setUp()
    const health = { readerId: 'reader', transport: 'simulated', name: 'Reader', state: 'ready' }
    devices.say({ type: 'health', health })
    await until(({ readers }) => readers.length === 1)
    await begin()
    await until(({ readers }) => readers[0]?.state === 'ready')
    await send({ type: 'training', on: false })
    await until(({ training, readers }) => !training && readers[0]?.state === 'ready')
  })

  it('begins only for somebody who is signed in, and not in the middle of a visit', async () => {
    const { send, devices, until } = await setUp()
    devices.say({ type: 'reading', readerId: 'reader' })
    await until(({ visit }) => visit.phase === 'reading')
    expect(await send({ type: 'training', on: true })).toMatchObject({ ok: false, reason: 'in_progress' })
    await send({ type: 'nextCustomer' })
    await send({ type: 'signOut' })
    expect(await send({ type: 'training', on: true })).toMatchObject({ ok: false, reason: 'operator_not_allowed' })
  })

  it('has no manager’s screens, no shift to end and no enrolment', async () => {
    const { begin, send } = await setUp()
    await begin()
    for (const command of [
      { type: 'readerSetup', action: { do: 'open', operatorId: 'rin' } },
      { type: 'offlineDesk', action: { do: 'open', operatorId: 'rin' } },
      { type: 'shift', action: { do: 'end' } },
      { type: 'exportQueue' },
      { type: 'staffCard', do: 'link' },
      { type: 'customerCode', do: 'ask' },
    ] as const satisfies readonly CounterCommand[]) {
      expect(await send(command), command.type).toMatchObject({ ok: false, reason: 'operator_not_allowed' })
    }
  })

  it('ends with the counter, and what a dead program left of one is thrown away at the next start', async () => {
    const { folder, begin, counter } = await setUp()
    await begin()
    await counter.stop()
    expect(existsSync(folder)).toBe(false)
    await settled()
  })
})
