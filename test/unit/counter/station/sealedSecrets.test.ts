import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openText, sealText } from '../../../../counter/station/sealedSecrets.ts'
import { isEnrolledFile, StationFile } from '../../../../counter/station/stationFile.ts'

const newKey = () => randomBytes(32).toString('base64url')

describe('a sealed text', () => {
  it('is opened by its key, and by no other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const key = newKey()
        const sealed = sealText(text, key)
        expect(openText(sealed, key)).toBe(text)
        expect(openText(sealed, newKey())).toBeNull()
      }),
    )
  })

  it('that was changed anywhere is not opened', () => {
    const key = newKey()
    const sealed = Buffer.from(sealText('token', key), 'base64url')
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(sealed)
        changed[at] = (changed[at] ?? 0) ^ flip
        expect(openText(changed.toString('base64url'), key)).toBeNull()
      }),
    )
    expect(openText('', key)).toBeNull()
  })
})

describe('a station’s file on a machine with a keystore', () => {
  let dir: string
  const key = newKey()
  const text = () => readFileSync(join(dir, 'station.json'), 'utf8')
  const opened = (with_: string | null) => {
    const file = StationFile.open(dir, with_)
    if (!file.ok) throw new Error(file.code)
    return file.value
  }
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'tapcoupon-sealed-'))
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  const enrolment = {
    stationId: 'station-1',
    token: 'token-of-the-station',
    store: { storeId: 'st-1', name: 'Kanda', currency: 'JPY', timeZone: 'Asia/Tokyo' },
    mediumHashKeys: [{ version: 1, key: 'c2VjcmV0LWtleQ' }],
  } as unknown as Parameters<StationFile['enrolled']>[0]

  it('holds no secret in the clear, and its public key for the tools that check a journal', () => {
    const station = opened(key)
    const der = station.privateKey().export({ format: 'der', type: 'pkcs8' }).toString('base64url')
    expect(station.enrolled(enrolment)).toBe(true)
    for (const secret of [der, 'token-of-the-station', 'c2VjcmV0LWtleQ']) expect(text()).not.toContain(secret)
    expect(JSON.parse(text())).toMatchObject({ publicKey: station.publicKey(), enrolled: true })
    expect(statSync(join(dir, 'station.json')).mode & 0o777).toBe(0o600)
    expect(isEnrolledFile(dir)).toBe(true)
  })

  it('is sealed when the keystore comes later, with the same key pair', () => {
    const before = opened(null)
    expect(isEnrolledFile(dir)).toBe(false)
    const after = opened(key)
    expect(after.publicKey()).toBe(before.publicKey())
    expect(text()).not.toContain('privateKey')
    expect(opened(key).publicKey()).toBe(before.publicKey())
  })

  it.each([
    ['without its key', null],
    ['with another', newKey()],
  ])('is unreadable %s, and is not replaced', (_, other) => {
    opened(key)
    const before = text()
    expect(StationFile.open(dir, other)).toEqual({ ok: false, code: 'station_key_unreadable' })
    expect(text()).toBe(before)
  })
})
