import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '../../counter/station/wholeFile.ts'
import type { ElectronApis } from './electronApis.ts'

/** The key that seals the station's file, itself sealed by the operating system's keystore. */
const SEALED_KEY_FILE = 'station.key'
const KEY_BYTES = 32

/**
 * The key that the counter seals its secrets with, 32 bytes as base64url; made at the first start. null: this machine has
 * no keystore, and the secrets stay in a file that only its user may read.
 *
 * On Linux Chromium falls back to `basic_text`, a password that stands in its source: that is no keystore. A key that
 * exists and cannot be opened (a keyring that was reset) is not replaced: null, and the counter says by name that it cannot
 * read its station.
 */
export async function secretsKey(
  safeStorage: ElectronApis['safeStorage'],
  dataDir: string,
  platform: NodeJS.Platform,
): Promise<string | null> {
  try {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return null
    if (platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) return null
    const path = join(dataDir, SEALED_KEY_FILE)
    if (existsSync(path)) {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(readFileSync(path))
      if (shouldReEncrypt) writeWhole(path, await safeStorage.encryptStringAsync(result))
      return isKey(result) ? result : null
    }
    const made = randomBytes(KEY_BYTES).toString('base64url')
    const sealed = await safeStorage.encryptStringAsync(made)
    // Nothing may be sealed by a key that is not kept, or that the keystore does not give back.
    if ((await safeStorage.decryptStringAsync(sealed)).result !== made) return null
    return writeWhole(path, sealed) ? made : null
  } catch {
    return null
  }
}

const isKey = (text: string): boolean => /^[\w-]{43}$/.test(text)
