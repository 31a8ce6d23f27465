import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import { databaseOf } from '../options.ts'
import { secretText } from '../secretText.ts'
import { MEDIUM_KEY, SECRET_KEY } from '../serverKeys.ts'
import { isShared } from '../store/openStore.ts'
import { backupCommand } from './backup.ts'
import { restoreCommand } from './restore.ts'

/** `backup` and `restore`: answers the line to print; null for any other command. */
export async function copiesCommand(
  [command, ...rest]: readonly string[],
  env: NodeJS.ProcessEnv,
  clock: Clock,
  ids: Ids,
): Promise<object | null> {
  if (command !== 'backup' && command !== 'restore') return null
  const options = { database: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ args: [...rest], allowPositionals: true, options })
  const [file] = positionals
  if (file === undefined || positionals.length > 1) throw new Error(`${command} takes one file`)
  const database = databaseOf(values.database)
  if (isShared(database)) throw new Error(`PostgreSQL has tools of its own to ${command}: see docs/operate.md`)
  if (command === 'backup') return backupCommand(file, database)
  for (const [name, suffix] of [
    [MEDIUM_KEY, '.key'],
    [SECRET_KEY, '.secret-key'],
  ] as const) {
    const path = `${database}${suffix}`
    // With a new key no medium would ever be found again, and no second factor would open.
    if (!secretText(name, env) && !existsSync(path))
      throw new Error(`its key is missing: put back ${path}, or set ${name}`)
  }
  return restoreCommand(file, database, clock.now(), ids)
}
