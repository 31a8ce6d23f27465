import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Ids } from '../../core/ports/ids.ts'

/** One version of a key of the deployment's: for `core/media/mediumKey`, or for sealing; `key` is 32 bytes. */
export interface HashKey {
  readonly v: number
  readonly key: Uint8Array
}

const HexKey = z.string().regex(/^[0-9a-f]{64}$/)
const KeyFile = z.object({
  keys: z
    .array(z.object({ v: z.int().min(1).max(255), key: HexKey }))
    .min(1)
    .max(4),
})

const decode = (keys: z.infer<typeof KeyFile>['keys']): HashKey[] =>
  keys.map(({ v, key }) => ({ v, key: Buffer.from(key, 'hex') })).sort((a, b) => b.v - a.v)

/**
 * Reads keys as the variable `name` holds them: `1:<64 hex digits>`, or several versions separated by commas while a
 * rotation runs. Highest version first. Throws without showing the value when it does not parse.
 */
export function hashKeysFromText(text: string, name = 'TAPCOUPON_MEDIUM_HASH_KEY'): HashKey[] {
  const keys = text.split(',').map((part) => {
    const [v, key] = part.trim().split(':')
    return { v: Number(v), key }
  })
  const parsed = KeyFile.safeParse({ keys })
  const versions = new Set(keys.map(({ v }) => v))
  if (!parsed.success || versions.size !== keys.length) {
    throw new Error(`${name} must look like 1:<64 lower-case hex digits>[,2:<…>]`)
  }
  return decode(parsed.data.keys)
}

/**
 * The keys kept in `path` (JSON, readable by its owner only), made at first start. Losing the file of media makes every
 * registered medium unknown, losing that of secrets every second factor. Throws when it is there and broken: a new key would do the same silently.
 */
export function hashKeysFromFile(path: string, ids: Ids): HashKey[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const made = newHashKeys(ids)
    mkdirSync(dirname(path), { recursive: true })
    // `wx`: of two processes that start together, one makes the file and the other fails and is started again.
    const file = openSync(path, 'wx', 0o600)
    writeSync(
      file,
      `${JSON.stringify({ keys: made.map(({ v, key }) => ({ v, key: Buffer.from(key).toString('hex') })) })}\n`,
    )
    fsyncSync(file)
    closeSync(file)
    return made
  }
  const parsed = KeyFile.safeParse(parseJson(text))
  if (!parsed.success) throw new Error(`the keys in ${path} are broken: restore the file from a backup`)
  return decode(parsed.data.keys)
}

/** Version 1 of a new random key. */
export function newHashKeys(ids: Ids): HashKey[] {
  return [{ v: 1, key: ids.randomBytes(32) }]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
