import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { StationSettings } from '../../../core/contract/stations.ts'
import { hashOf, type MakeStore, settings, storeWorld } from './world.ts'

/** Stores, and the stations that stand in them. */
export function stations(make: MakeStore): void {
  const world = storeWorld(make)
  const HOUR = 3_600_000
  const key = Buffer.alloc(32, 9)

  const announce = (storeId = 'north', code = uuidv7()) => {
    const stationId = uuidv7()
    const codeHash = hashOf(code)
    const announced = { stationId, storeId, name: 'lane 1', role: 'counter', announcedBy: 'admin' } as const
    const done = world.coupons.announceStation({
      ...announced,
      codeHash,
      codeExpiresAt: world.now + HOUR,
      now: world.now,
    })
    return { stationId, codeHash, done }
  }
  const enrol = (
    codeHash: Uint8Array,
    tokenHash = hashOf(uuidv7()),
    publicKey: Uint8Array = key,
    by = world.coupons,
    isProven = false,
  ) => by.enrolStation({ codeHash, tokenHash, publicKey, isProven, now: world.now })
  const announced = async () => {
    const one = announce()
    expect(await one.done).toBe(true)
    return one
  }

  describe('a station', () => {
    it('is announced in a store that is there, and waits to be enrolled', async () => {
      expect(await announce('nowhere').done).toBe(false)
      const { stationId } = await announced()
      expect(await world.coupons.station(stationId)).toMatchObject({
        stationId,
        name: 'lane 1',
        role: 'counter',
        state: 'announced',
        store: { storeId: 'north' },
        settings,
        acceptsRawMedia: true,
        publicKey: null,
        revokedAt: null,
      })
      expect(await world.coupons.station('nobody')).toBeNull()
    })

    it('gives its id to no key', async () => {
      const { stationId } = await announced()
      const key = { keyId: stationId, tokenHash: hashOf('key'), name: 'till', storeId: 'north', createdBy: 'admin' }
      const asked = { ...key, scopes: ['search' as const], expiresAt: world.now + HOUR, reason: null, now: world.now }
      expect(await world.coupons.addApiKey(asked)).toEqual({ ok: false, problem: 'differs' })
      expect(await world.coupons.apiKeys(10)).toEqual([])
    })

    it('enrols with its code, and is known by its token from then on', async () => {
      const { stationId, codeHash } = await announced()
      const tokenHash = hashOf('token')
      expect(await world.coupons.stationByToken(tokenHash)).toBeNull()
      const enrolled = await enrol(codeHash, tokenHash)
      expect(enrolled).toMatchObject({ stationId, state: 'enrolled' })
      expect(Buffer.compare(enrolled?.publicKey ?? new Uint8Array(), key)).toBe(0)
      expect(await world.coupons.stationByToken(tokenHash)).toEqual(enrolled)
      expect(await (await world.open()).stationByToken(tokenHash)).toEqual(enrolled)
    })

    it('of a wrong code or one that has expired is not made', async () => {
      const { codeHash } = await announced()
      expect(await enrol(hashOf('another code'))).toBeNull()
      world.advance(HOUR)
      expect(await enrol(codeHash)).toBeNull()
      world.advance(-1)
      expect(await enrol(codeHash)).not.toBeNull()
    })

    it('whose answer was lost asks again by its key while the code lasts; the first token is good until the new one is used', async () => {
      const { stationId, codeHash } = await announced()
      const [lost, kept] = [hashOf('lost'), hashOf('kept')]
      await enrol(codeHash, lost)
      expect(await enrol(codeHash, kept)).toBeNull()
      expect(await enrol(codeHash, kept, Buffer.alloc(32, 1), world.coupons, true)).toBeNull()
      expect(await enrol(codeHash, kept, key, world.coupons, true)).toMatchObject({ stationId, state: 'enrolled' })
      expect(await world.coupons.stationByToken(lost)).toMatchObject({ stationId })
      expect(await world.coupons.stationByToken(kept)).toMatchObject({ stationId })
      expect(await world.coupons.stationByToken(lost)).toBeNull()
      world.advance(HOUR)
      expect(await enrol(codeHash, hashOf('late'), key, world.coupons, true)).toBeNull()
    })

    it('is found by its code, used or not, until it is revoked', async () => {
      const { stationId, codeHash } = await announced()
      const codeExpiresAt = world.now + HOUR
      expect(await world.coupons.stationByCode(hashOf('another code'))).toBeNull()
      expect(await world.coupons.stationByCode(codeHash)).toMatchObject({
        station: { stationId, state: 'announced', store: { storeId: 'north' } },
        codeExpiresAt,
      })
      await enrol(codeHash)
      expect(await world.coupons.stationByCode(codeHash)).toMatchObject({ station: { stationId, state: 'enrolled' } })
      await world.coupons.revokeStation(stationId, world.now)
      expect(await world.coupons.stationByCode(codeHash)).toBeNull()
    })

    it('of a code that many have at once is made for one of them', async () => {
      const { codeHash } = await announced()
      const other = await world.open()
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, n) =>
          enrol(codeHash, hashOf(`token ${n}`), Buffer.alloc(32, n), n % 2 ? other : world.coupons),
        ),
      )
      expect(answers.filter((answer) => answer !== null)).toHaveLength(1)
    })

    it('is revoked for good; the first time counts', async () => {
      const { stationId, codeHash } = await announced()
      const tokenHash = hashOf('token')
      await enrol(codeHash, tokenHash)
      const revokedAt = world.now
      expect(await world.coupons.revokeStation(stationId, revokedAt)).toBe(true)
      expect(await world.coupons.revokeStation(stationId, revokedAt + 5_000)).toBe(true)
      expect(await world.coupons.stationByToken(tokenHash)).toMatchObject({ state: 'revoked', revokedAt })
      expect(await world.coupons.revokeStation('nobody', revokedAt)).toBe(false)
    })

    it('that was announced and revoked cannot be enrolled', async () => {
      const { stationId, codeHash } = await announced()
      await world.coupons.revokeStation(stationId, world.now)
      expect(await enrol(codeHash)).toBeNull()
    })

    it('without a key gets a new token under its id, and is in service again', async () => {
      const put = (tokenHash: Uint8Array) =>
        world.coupons.putUnsignedStation({
          stationId: 'pos-1',
          storeId: 'north',
          name: 'POS',
          role: 'counter',
          tokenHash,
          now: world.now,
        })
      await put(hashOf('one'))
      await world.coupons.revokeStation('pos-1', world.now)
      await put(hashOf('two'))
      expect(await world.coupons.stationByToken(hashOf('one'))).toBeNull()
      expect(await world.coupons.stationByToken(hashOf('two'))).toMatchObject({
        stationId: 'pos-1',
        state: 'enrolled',
        publicKey: null,
        revokedAt: null,
      })
    })
  })

  describe('a store', () => {
    it('that is put again is changed, for its stations at once, from whichever process', async () => {
      const { stationId } = await announced()
      const other = await world.open()
      expect(await other.station(stationId)).toMatchObject({ settings, acceptsRawMedia: true })
      const store = { ...world.at().store, name: 'The new north' }
      const changed = StationSettings.parse({ undoWindowSeconds: 7 })
      await world.coupons.putStore({ store, settings: changed, acceptsRawMedia: false })
      const record = { store: { name: 'The new north' }, settings: changed, acceptsRawMedia: false }
      for (const coupons of [world.coupons, other]) expect(await coupons.station(stationId)).toMatchObject(record)
    })
  })
}
