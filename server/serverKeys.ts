import type { Ids } from '../core/ports/ids.ts'
import { type HashKey, hashKeysFromFile, hashKeysFromText, newHashKeys } from './media/hashKeys.ts'
import { type SecretText, secretText } from './secretText.ts'

export const MEDIUM_KEY = 'TAPCOUPON_MEDIUM_HASH_KEY'
export const SECRET_KEY = 'TAPCOUPON_SECRET_KEY'

/** One deployment's keys of one kind, and where they were given; `given` null: the server keeps them beside its database. */
export interface KeysOf {
  readonly name: string
  readonly keys: readonly HashKey[]
  readonly given: SecretText | null
}

export interface ServerKeys {
  /** What media are known by. */
  readonly media: KeysOf
  /** What second factors are sealed with. */
  readonly secrets: KeysOf
}

/**
 * From the environment or files that it names, else from files beside the database, which are made when they are missing;
 * where `databasePath` is null or in memory, new ones that end with the process.
 */
export function serverKeys(databasePath: string | null, env: NodeJS.ProcessEnv, ids: Ids): ServerKeys {
  const keysOf = (name: string, suffix: string): KeysOf => {
    const given = secretText(name, env)
    if (given) return { name, keys: hashKeysFromText(given.text, name), given }
    const keys =
      databasePath === null || databasePath === ':memory:'
        ? newHashKeys(ids)
        : hashKeysFromFile(`${databasePath}${suffix}`, ids)
    return { name, keys, given }
  }
  return { media: keysOf(MEDIUM_KEY, '.key'), secrets: keysOf(SECRET_KEY, '.secret-key') }
}
