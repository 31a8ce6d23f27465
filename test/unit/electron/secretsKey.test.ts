import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ElectronApis } from '../../../electron/main/electronApis.ts'
import { secretsKey } from '../../../electron/main/secretsKey.ts'
import { DoubleSafeStorage } from './electronDoubles.ts'

let dir: string
let keystore: DoubleSafeStorage
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tapcoupon-key-'))
  keystore = new DoubleSafeStorage()
})
afterEach(() => rmSync(dir, { recursive: true }))

const key = (platform: NodeJS.Platform = 'linux') =>
  secretsKey(keystore as unknown as ElectronApis['safeStorage'], dir, platform)
const path = () => join(dir, 'station.key')

describe('the key to the station’s secrets', () => {
  it('is made once, kept sealed in a file only this user may read, and the same ever after', async () => {
    const made = await key()
    expect(made).toMatch(/^[\w-]{43}$/)
    expect(readFileSync(path(), 'utf8')).not.toContain(made ?? '')
    expect(statSync(path()).mode & 0o777).toBe(0o600)
    expect(await key()).toBe(made)
    expect(keystore.sealed).toBe(1)
  })

  it.each(['basic_text', 'unknown'])('is not kept by %s, which is no keystore', async (backend) => {
    keystore.backend = backend
    expect(await key()).toBeNull()
    expect(keystore.sealed).toBe(0)
  })

  it('goes by the one keystore that Windows and macOS have', async () => {
    keystore.backend = 'unknown'
    expect(await key('win32')).not.toBeNull()
  })

  it('is none where the keystore is not there', async () => {
    keystore.available = false
    expect(await key()).toBeNull()
  })

  it('is sealed again when the keystore asks for it', async () => {
    const made = await key()
    keystore.shouldReEncrypt = true
    expect(await key()).toBe(made)
    expect(keystore.sealed).toBe(2)
  })

  it('is not replaced when the keystore does not open it any more', async () => {
    writeFileSync(path(), 'of another keyring')
    expect(await key()).toBeNull()
    expect(readFileSync(path(), 'utf8')).toBe('of another keyring')
  })
})
