import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../../..')

/** The screens as they ship, built into a folder of their own. */
export function buildScreens(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'tapcoupon-screens-'))
  const { NODE_ENV: _, VITEST: _v, ...env } = process.env
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  execFileSync(process.execPath, [vite, 'build', '--outDir', path, '--logLevel', 'error'], { cwd: ROOT, env })
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
