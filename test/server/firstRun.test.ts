import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CounterState } from '../../core/counter/state.ts'
import { newEnrolmentCode } from '../../core/enrolment/code.ts'
import { invitationText } from '../../core/enrolment/invitation.ts'
import { httpSetupGateway } from '../../counter/gateway/httpSetupGateway.ts'
import { systemClock, systemIds } from '../../counter/system.ts'
import { CounterRig } from './counterRig.ts'
import { type TestServer, testServer } from './fixture.ts'

const BUSY_MS = 120_000
const PATIENCE_MS = 50_000

/** A machine in its box, with a simulated reader, and a real server. */
let server: TestServer
let address: string
let dataDir: string
let machine: CounterRig
beforeAll(async () => {
  server = await testServer()
  address = await server.app.listen({ host: '127.0.0.1', port: 0 })
  dataDir = mkdtempSync(join(tmpdir(), 'tapcoupon-first-run-'))
  machine = new CounterRig({ dataDir })
  expect(await step('language')).not.toBeNull()
}, BUSY_MS)
afterAll(async () => {
  await machine?.kill()
  await server?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const until = (holds: (state: CounterState) => boolean) => machine.until(holds, PATIENCE_MS)
const announce = async () =>
  (await server.ask('POST', '/v1/stations', { storeId: 'north', name: 'Lane 3' }, server.operators.admin.token)).body
    .code
const step = (wanted: string) => until(({ firstRun }) => firstRun?.step === wanted && !firstRun.asking)
const problem = (wanted: string) => until(({ firstRun }) => firstRun?.problem?.code === wanted && !firstRun.asking)
const present = (text: string) => machine.tap({ type: 'qr', identifier: text })

/** Scans until the server was quick enough: this machine may have other things to do. */
async function scan(text: string, holds: (state: CounterState) => boolean): Promise<CounterState | null> {
  for (let tries = 0; tries < 5; tries += 1) {
    present(text)
    const state = await until((now) => holds(now) || now.firstRun?.problem?.code === 'server_slow')
    if (state === null || holds(state)) return state
    // What it says now is of this scan, not of the next.
    await machine.send({ type: 'firstRun', action: { do: 'goTo', step: 'language' } })
  }
  return null
}
const isAt =
  (wanted: string) =>
  ({ firstRun }: CounterState) =>
    firstRun?.step === wanted && !firstRun.asking

it(
  'what is no code has a name, and changes nothing',
  async () => {
    const unknown = newEnrolmentCode(systemIds)
    for (const [text, name] of [
      ['https://shop.example/menu', 'other_qr'],
      [JSON.stringify({ handshakeVersion: 9, url: address, code: unknown }), 'newer_qr'],
      [`${unknown.slice(0, -1)}U`, 'mistyped'],
      [unknown.slice(0, 12), 'incomplete'],
      [unknown, 'address_missing'],
      [invitationText('http://127.0.0.1:9', unknown), 'server_unreachable'],
      [invitationText(address, unknown), 'enrolment_unknown'],
    ] as const) {
      const named = await scan(text, ({ firstRun }) => firstRun?.problem?.code === name && !firstRun.asking)
      expect(named, name).not.toBeNull()
      expect(machine.state.enrolment.status).toBe('needed')
    }
  },
  BUSY_MS,
)

it(
  'nobody may confirm what was not offered, name readers of no station, or begin again without a manager',
  async () => {
    for (const action of [{ do: 'confirm' }, { do: 'finish' }, { do: 'again', step: 'server' }] as const) {
      expect(await machine.send({ type: 'firstRun', action })).toMatchObject({ ok: false })
    }
    const name = { do: 'name', readerId: 'rig', name: 'x' } as const
    expect(await machine.send({ type: 'readerSetup', action: name })).toMatchObject({ ok: false })
  },
  BUSY_MS,
)

it(
  'a machine is a station after one scan and one yes; the code is in no file, state or log',
  async () => {
    const code = await announce()
    expect((await scan(invitationText(address, code), isAt('confirm')))?.firstRun?.offered).toEqual({
      stationName: 'Lane 3',
      storeName: 'Store north',
      role: 'counter',
    })
    await machine.send({ type: 'firstRun', action: { do: 'confirm' } })
    const ready = await step('readers')
    expect(ready?.enrolment).toMatchObject({ status: 'enrolled', storeName: 'Store north' })
    await machine.send({ type: 'firstRun', action: { do: 'readersDone' } })
    await machine.send({ type: 'firstRun', action: { do: 'finish' } })
    expect(await until(({ firstRun }) => firstRun === null)).not.toBeNull()
    expect(JSON.stringify(machine.states)).not.toContain(code)
    expect(machine.errors).not.toContain(code)
    for (const name of ['setup.json', 'station.json', 'journal.db', 'journal.db-wal', 'replica.db']) {
      const path = join(dataDir, name)
      if (existsSync(path)) expect(readFileSync(path).includes(code), name).toBe(false)
    }
  },
  BUSY_MS,
)

it(
  'a manager does a step again: the test tap, and a move to another address of the same server',
  async () => {
    const ready = await until(({ firstRun, operators }) => firstRun === null && operators.length > 0)
    const manager = ready?.operators.find(({ manages }) => manages)
    const again = (step: 'test' | 'server') => machine.send({ type: 'firstRun', action: { do: 'again', step } })
    expect(await again('test')).toMatchObject({ ok: false, reason: 'operator_not_allowed' })
    const open = { do: 'open', operatorId: manager?.operatorId ?? '', pin: '1234' } as const
    expect(await machine.send({ type: 'readerSetup', action: open })).toEqual({ ok: true })
    expect(await again('test')).toEqual({ ok: true })
    expect((await step('test'))?.firstRun).toMatchObject({
      repeated: true,
      station: { stationName: 'Lane 3', role: 'counter' },
    })
    await machine.send({ type: 'firstRun', action: { do: 'goTo', step: 'server' } })
    const setServer = (to: string) => machine.send({ type: 'firstRun', action: { do: 'setServer', address: to } })
    await setServer('http://127.0.0.1:9')
    expect(await problem('server_unreachable')).not.toBeNull()
    expect(machine.state.firstRun?.server.address).toBe(address)
    const other = address.replace('127.0.0.1', 'localhost')
    await setServer(other)
    expect(await until(({ firstRun }) => firstRun?.server.address === other && !firstRun.asking)).not.toBeNull()
    await machine.send({ type: 'firstRun', action: { do: 'finish' } })
    expect(await until(({ firstRun }) => firstRun === null)).not.toBeNull()
    expect(JSON.parse(readFileSync(join(dataDir, 'setup.json'), 'utf8'))).toMatchObject({
      serverUrl: other,
      finished: true,
    })
  },
  BUSY_MS,
)

it('a server that does not know a station does not get it', async () => {
  const { publicKey } = generateKeyPairSync('ed25519')
  const stranger = {
    publicKey: () => publicKey.export({ format: 'jwk' }).x ?? '',
    enrolment: () => ({ stationId: 'nobody' }),
    sign: () => new Uint8Array(64),
    renewed: () => true,
  }
  const gateway = httpSetupGateway({ station: stranger, clock: systemClock })
  expect(await gateway.reach(address)).toMatchObject({ kind: 'reached' })
  expect(await gateway.isKnownAt(address)).toMatchObject({ kind: 'revoked' })
})
