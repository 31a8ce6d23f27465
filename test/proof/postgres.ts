import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/**
 * `npm run proof -- postgres [vitest's options]`: every file of test/server that asks a server over HTTP, over PostgreSQL;
 * `npm test` runs the quick ones of them. Throws when a test fails.
 */
export async function run(_say: (line: string) => void, options: readonly string[]): Promise<void> {
  const root = join(import.meta.dirname, '../..')
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', '--project', 'postgres', ...options], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TAPCOUPON_POSTGRES_SUITES: 'all' },
  })
  process.once('exit', () => child.kill())
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`vitest ended with ${code}`)
}
