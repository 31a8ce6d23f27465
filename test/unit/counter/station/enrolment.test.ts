import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EnrolRequest, EnrolResponse } from '../../../../core/contract/stations.ts'
import { Enrolment } from '../../../../counter/station/enrolment.ts'
import { StationFile } from '../../../../counter/station/stationFile.ts'
import { NOBODY, newStore, ScriptedGateway, STATION } from '../counterParts.ts'

const ENROLLED: EnrolResponse = {
  ...STATION,
  token: 'token-of-this-station',
  mediumHashKeys: [{ v: 1, key: Buffer.alloc(32, 1).toString('base64url') }],
}

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tapcoupon-station-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const file = (): StationFile => {
  const opened = StationFile.open(dir)
  if (!opened.ok) throw new Error(opened.code)
  return opened.value
}

describe('the station’s key file', () => {
  it('has one key pair from the first start, for its user alone', () => {
    const first = file()
    expect(statSync(join(dir, 'station.json')).mode & 0o777).toBe(0o600)
    expect(file().publicKey()).toBe(first.publicKey())
    const signature = sign(
      null,
      Buffer.from('x'),
      createPrivateKey(first.privateKey().export({ format: 'pem', type: 'pkcs8' })),
    )
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: first.publicKey() }, format: 'jwk' })
    expect(verify(null, Buffer.from('x'), publicKey, signature)).toBe(true)
  })

  it('that cannot be read is refused by name, not replaced', () => {
    file()
    writeFileSync(join(dir, 'station.json'), '{"privateKey":"secret')
    expect(StationFile.open(dir)).toEqual({ ok: false, code: 'station_key_unreadable' })
    expect(readFileSync(join(dir, 'station.json'), 'utf8')).toBe('{"privateKey":"secret')
  })
})

describe('enrolling', () => {
  const enrolment = (gateway: ScriptedGateway, store = newStore()) => ({
    store,
    enrolment: new Enrolment(file(), store.journal, gateway),
  })

  it('keeps what the server gave, across a restart', async () => {
    const gateway = new ScriptedGateway().on('enrol', () => ({ kind: 'answered', answer: ENROLLED }))
    const { enrolment: first, store } = enrolment(gateway)
    expect(first.state()).toEqual({ status: 'needed', reason: null })
    expect(await first.enrol('code')).toBeNull()
    const { enrolment: again } = enrolment(gateway, store)
    expect(again.station()).toEqual(STATION)
    expect(again.state()).toMatchObject({ status: 'enrolled', stationId: 'station-1', currency: 'JPY' })
    expect(file().token()).toBe('token-of-this-station')
    expect(store.journal.station()).toEqual(STATION)
  })

  it('survives a power failure between the key file and the journal', async () => {
    file().enrolled(ENROLLED)
    expect(enrolment(new ScriptedGateway()).enrolment.station()).toEqual(STATION)
  })

  it('with the same key at every try: a code whose answer was lost can be used again', async () => {
    const gateway = new ScriptedGateway().on('enrol', () => NOBODY)
    expect((await enrolment(gateway).enrolment.enrol('code'))?.reason).toBe('server_unreachable')
    gateway.on('enrol', () => ({ kind: 'answered', answer: ENROLLED }))
    expect(await enrolment(gateway).enrolment.enrol('code')).toBeNull()
    const keys = gateway.calls('enrol').map(([request]) => (request as EnrolRequest).publicKey)
    expect(new Set(keys).size).toBe(1)
  })

  it('with a wrong code says so, and can be tried again', async () => {
    const problem = { type: 'about:blank', title: '', status: 400, reason: 'unauthorized' }
    const gateway = new ScriptedGateway().on('enrol', () => ({ kind: 'rejected', problem }))
    const { enrolment: station } = enrolment(gateway)
    expect((await station.enrol('wrong'))?.reason).toBe('unauthorized')
    expect(station.state()).toEqual({ status: 'needed', reason: 'unauthorized' })
  })

  it('a station that is enrolled is not enrolled over', async () => {
    const gateway = new ScriptedGateway().on('enrol', () => ({ kind: 'answered', answer: ENROLLED }))
    const { enrolment: station } = enrolment(gateway)
    await station.enrol('code')
    expect((await station.enrol('code'))?.reason).toBe('in_progress')
    expect(gateway.calls('enrol')).toHaveLength(1)
  })
})
