import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { StationSettings } from '../../../core/contract/stations.ts'
import { secretHash } from '../../../server/auth/secrets.ts'
import { openDatabase } from '../../../server/store/sqlite/database.ts'
import { stations } from '../../../server/store/sqlite/stations.ts'

/** Two connections to one file, as two server processes have. */
function twoProcesses() {
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-stations-'))
  const path = join(folder, 'server.db')
  const [here, there] = [openDatabase(path), openDatabase(path)]
  onTestFinished(() => {
    here.close()
    there.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const ours = stations(here)
  let change = 0
  const unit = { now: 1, nextChange: () => ++change, lastChange: () => change }
  const store = { storeId: 's', name: 'S', timeZone: 'Asia/Tokyo', currency: 'JPY', businessDayStartHour: 4 }
  const token = secretHash('token')
  ours.putStore(unit, { store, settings: StationSettings.parse({}), acceptsRawMedia: false })
  const counter = {
    stationId: 'counter',
    storeId: 's',
    name: 'Counter',
    role: 'counter' as const,
    tokenHash: token,
    now: 1,
  }
  ours.putUnsigned(counter)
  return { here, there, ours, theirs: stations(there), token, counter, store, unit }
}

it('a station that is revoked is known as revoked at the next question, whichever process revoked it', () => {
  const { ours, theirs, token, counter } = twoProcesses()
  expect([ours.byToken(token)?.state, theirs.byToken(token)?.state]).toEqual(['enrolled', 'enrolled'])
  ours.revoke('counter', 2)
  expect([ours.byToken(token)?.state, theirs.byToken(token)?.state]).toEqual(['revoked', 'revoked'])
  theirs.putUnsigned(counter)
  expect([ours.byToken(token)?.state, theirs.byToken(token)?.state]).toEqual(['enrolled', 'enrolled'])
})

it('a store that is changed is known as changed, and a token that was exchanged is known no more', () => {
  const { ours, theirs, token, store, unit } = twoProcesses()
  expect([ours.byToken(token)?.store.name, theirs.byToken(token)?.store.name]).toEqual(['S', 'S'])
  theirs.putStore(unit, { store: { ...store, name: 'T' }, settings: StationSettings.parse({}), acceptsRawMedia: true })
  expect([ours.byToken(token)?.store.name, theirs.byToken(token)?.store.name]).toEqual(['T', 'T'])
  const next = secretHash('next')
  ours.exchangeToken('counter', next)
  expect(ours.promote(next)?.stationId).toBe('counter')
  expect([ours.byToken(token), theirs.byToken(token), theirs.byToken(next)?.stationId]).toEqual([null, null, 'counter'])
})

it('what a transaction undid was never so', () => {
  const { here, ours, token } = twoProcesses()
  expect(ours.byToken(token)?.state).toBe('enrolled')
  here.exec('BEGIN IMMEDIATE')
  ours.revoke('counter', 2)
  expect(ours.byToken(token)?.state).toBe('revoked')
  here.exec('ROLLBACK')
  expect(ours.byToken(token)?.state).toBe('enrolled')
})
