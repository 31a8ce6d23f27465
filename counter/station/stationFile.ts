import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { EnrolResponse } from '../../core/contract/stations.ts'
import { accepted, type Outcome, refused } from '../../core/outcome.ts'
import type { RetiredBecause } from './enrolment.ts'
import { openText, sealText } from './sealedSecrets.ts'
import { writeWhole } from './wholeFile.ts'

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

/** The same in the file of a machine with a keystore: what is secret is sealed, what is public stays readable to tools. */
const SealedSecrets = z.object({
  publicKey: z.string(),
  /** Whether there is an enrolment inside. */
  enrolled: z.boolean(),
  sealed: z.string(),
})
type SealedFile = z.infer<typeof SealedSecrets>

/**
 * The station's private key, token and media hash keys, in a file beside the databases that only its user can read. With a
 * key from the operating system's keystore they are sealed besides (AES-256-GCM): a stolen disk does not open them.
 */
export class StationFile {
  readonly #path: string
  readonly #key: string | null
  #secrets: StationSecrets
  #isForgotten = false
  #privateKey: KeyObject

  private constructor(path: string, key: string | null, secrets: StationSecrets) {
    this.#path = path
    this.#key = key
    this.#secrets = secrets
    this.#privateKey = createPrivateKey({
      key: Buffer.from(secrets.privateKey, 'base64url'),
      format: 'der',
      type: 'pkcs8',
    })
  }

  /**
   * Reads `station.json` in `dataDir`, or makes one with a new key pair; a plain one is sealed when there is a `key` (32
   * bytes, base64url) now. Refused when it is there but damaged, or sealed by a key that is not this one.
   */
  static open(
    dataDir: string,
    key: string | null = null,
  ): Outcome<StationFile, { readonly code: 'station_key_unreadable' | 'storage_failed' }> {
    const path = join(dataDir, 'station.json')
    let text: string
    try {
      text = readFileSync(path, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        return refused({ code: 'station_key_unreadable' as const })
      const secrets = newSecrets()
      if (!write(path, key, secrets)) return refused({ code: 'storage_failed' as const })
      return accepted(new StationFile(path, key, secrets))
    }
    try {
      const { secrets, isSealed } = read(JSON.parse(text), key)
      if (key !== null && !isSealed && !write(path, key, secrets)) return refused({ code: 'storage_failed' as const })
      return accepted(new StationFile(path, key, secrets))
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

  /** Signs with the station's own key. */
  sign = (message: Uint8Array): Uint8Array => sign(null, message, this.#privateKey)

  /** Takes a token in place of the one before; false: not on disk, or there is no station any more, and nothing changes. */
  renewed(token: string): boolean {
    const { enrolment } = this.#secrets
    return enrolment !== null && !this.#isForgotten && this.enrolled({ ...enrolment, token })
  }

  /** false: not on disk, and the station is not enrolled. */
  enrolled(enrolment: EnrolResponse): boolean {
    const secrets = { ...this.#secrets, enrolment, retired: null }
    if (!write(this.#path, this.#key, secrets)) return false
    this.#secrets = secrets
    return true
  }

  /** The key in memory stays until the program ends, so that nothing in its journal is ever signed by two. */
  forget(because: RetiredBecause): boolean {
    const { stationId } = this.#secrets.enrolment ?? {}
    if (stationId === undefined) return false
    const isForgotten = write(this.#path, this.#key, { ...newSecrets(), retired: { stationId, because } })
    // What comes later must not bring it back.
    this.#isForgotten ||= isForgotten
    return isForgotten
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

/** Throws for a file that is neither, and for one whose seal the key does not open. */
function read(file: unknown, key: string | null): { readonly secrets: StationSecrets; readonly isSealed: boolean } {
  const { success, data } = SealedSecrets.safeParse(file)
  if (!success) return { secrets: StationSecrets.parse(file), isSealed: false }
  const opened = key === null ? null : openText(data.sealed, key)
  if (opened === null) throw new Error('sealed by another key')
  return { secrets: StationSecrets.parse(JSON.parse(opened)), isSealed: true }
}

function write(path: string, key: string | null, secrets: StationSecrets): boolean {
  if (key === null) return writeWhole(path, JSON.stringify(secrets))
  const { publicKey, enrolment } = secrets
  const sealed = sealText(JSON.stringify(secrets), key)
  return writeWhole(path, JSON.stringify({ publicKey, enrolled: enrolment !== null, sealed } satisfies SealedFile))
}

/** What may be known of a sealed file without the keystore: the raw public key. null: it is not sealed, damaged or not there. */
export function sealedStation(dataDir: string): { readonly publicKey: Uint8Array; readonly enrolled: boolean } | null {
  try {
    const { publicKey, enrolled } = SealedSecrets.parse(JSON.parse(readFileSync(join(dataDir, 'station.json'), 'utf8')))
    return { publicKey: Buffer.from(publicKey, 'base64url'), enrolled }
  } catch {
    return null
  }
}

/** Whether a station file holds a server's answer, as far as anybody may know; false for one that is damaged or missing. */
export function isEnrolledFile(dataDir: string): boolean {
  try {
    const file: unknown = JSON.parse(readFileSync(join(dataDir, 'station.json'), 'utf8'))
    const sealed = SealedSecrets.safeParse(file)
    return sealed.success ? sealed.data.enrolled : z.object({ enrolment: z.object({}) }).safeParse(file).success
  } catch {
    return false
  }
}
