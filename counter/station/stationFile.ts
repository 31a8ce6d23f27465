import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { EnrolResponse } from '../../core/contract/stations.ts'
import { accepted, type Outcome, refused } from '../../core/outcome.ts'
import type { RetiredBecause } from './enrolment.ts'

/** The private key is on disk before the one-time code is used: an enrolment whose answer is lost can be repeated. */
const StationSecrets = z.object({
  /** Ed25519: PKCS #8 DER, and the raw 32 bytes of the public key; base64url. */
  privateKey: z.string(),
  publicKey: z.string(),
  /** The server's answer; null until there is one. */
  enrolment: EnrolResponse.nullable(),
  /** Which station this machine was; its journal is set aside at the next start. */
  retired: z
    .object({ stationId: z.string(), because: z.enum(['unenrolled', 'station_revoked']) })
    .nullable()
    .default(null),
})
type StationSecrets = z.infer<typeof StationSecrets>

/**
 * The station's private key, token and media hash keys: a file that only its user can read, beside the databases. A
 * keystore of the operating system is to take its place.
 */
export class StationFile {
  readonly #path: string
  #secrets: StationSecrets
  #privateKey: KeyObject

  private constructor(path: string, secrets: StationSecrets) {
    this.#path = path
    this.#secrets = secrets
    this.#privateKey = createPrivateKey({
      key: Buffer.from(secrets.privateKey, 'base64url'),
      format: 'der',
      type: 'pkcs8',
    })
  }

  /** Reads `station.json` in `dataDir`, or makes one with a new key pair. Refused when it is there but damaged. */
  static open(dataDir: string): Outcome<StationFile, { readonly code: 'station_key_unreadable' | 'storage_failed' }> {
    const path = join(dataDir, 'station.json')
    let text: string
    try {
      text = readFileSync(path, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        return refused({ code: 'station_key_unreadable' as const })
      const secrets = newSecrets()
      if (!writeAtomically(path, secrets)) return refused({ code: 'storage_failed' as const })
      return accepted(new StationFile(path, secrets))
    }
    try {
      return accepted(new StationFile(path, StationSecrets.parse(JSON.parse(text))))
    } catch {
      // The error of a parser may quote the file.
      return refused({ code: 'station_key_unreadable' as const })
    }
  }

  privateKey = (): KeyObject => this.#privateKey

  publicKey(): string {
    return this.#secrets.publicKey
  }

  enrolment(): EnrolResponse | null {
    return this.#secrets.enrolment
  }

  token = (): string | null => this.#secrets.enrolment?.token ?? null

  /** false: not on disk, and the station is not enrolled. */
  enrolled(enrolment: EnrolResponse): boolean {
    const secrets = { ...this.#secrets, enrolment, retired: null }
    if (!writeAtomically(this.#path, secrets)) return false
    this.#secrets = secrets
    return true
  }

  /** The key in memory stays until the program ends, so that nothing in its journal is ever signed by two. */
  forget(because: RetiredBecause): boolean {
    const { stationId } = this.#secrets.enrolment ?? {}
    if (stationId === undefined) return false
    return writeAtomically(this.#path, { ...newSecrets(), retired: { stationId, because } })
  }

  retired(): RetiredBecause | null {
    return this.#secrets.retired?.because ?? null
  }

  /** Whose journal lies here although the keys to it are gone; null: nobody's. */
  formerStationId(): string | null {
    return this.#secrets.retired?.stationId ?? null
  }
}

function newSecrets(): StationSecrets {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url'),
    publicKey: publicKey.export({ format: 'jwk' }).x ?? '',
    enrolment: null,
    retired: null,
  }
}

/** Write aside, fsync, rename, fsync the folder: the file is the old one or the new one, whenever the power fails. */
function writeAtomically(path: string, secrets: StationSecrets): boolean {
  try {
    const aside = `${path}.new`
    const file = openSync(aside, 'w', 0o600)
    try {
      writeSync(file, JSON.stringify(secrets))
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(aside, path)
    syncFolder(dirname(path))
    return true
  } catch {
    return false
  }
}

/** Windows cannot open a folder; there a rename is as durable as it gets. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
