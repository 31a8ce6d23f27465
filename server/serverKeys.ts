import type { Ids } from '../core/ports/ids.ts'
import { type HashKey, hashKeysFromFile, hashKeysFromText, newHashKeys } from './media/hashKeys.ts'
import { type SecretText, secretText } from './secretText.ts'
import { isShared } from './store/openStore.ts'

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
 * where `databasePath` is null or in memory, new ones that end with the process. Throws where servers share a database and
 * would each have keys of their own.
 */
export function serverKeys(databasePath: string | null, env: NodeJS.ProcessEnv, ids: Ids): ServerKeys {
  const keysOf = (name: string, suffix: string): KeysOf => {
    const given = secretText(name, env)
    if (given) return { name, keys: hashKeysFromText(given.text, name), given }
    if (databasePath !== null && isShared(databasePath)) {
      throw new Error(`${name} must be set, to the same for every server that shares the database`)
    }
    const keys =
      databasePath === null || databasePath === ':memory:'
        ? newHashKeys(ids)
        : hashKeysFromFile(`${databasePath}${suffix}`, ids)
    return { name, keys, given }
  }
  return { media: keysOf(MEDIUM_KEY, '.key'), secrets: keysOf(SECRET_KEY, '.secret-key') }
}
