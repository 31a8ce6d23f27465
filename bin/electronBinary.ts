import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const DOWNLOAD_DEADLINE_MS = 120_000

/**
 * Where Electron's program is, or null when it is not there. Electron's own package finds it the same way, but fetches
 * it as soon as it is loaded, which must not happen by the way.
 *
 * Source: node_modules/electron/index.js (45): `path.txt` names the program inside `dist` or ELECTRON_OVERRIDE_DIST_PATH.
 */
export function electronBinary(root: string, env: NodeJS.ProcessEnv): string | null {
  const home = join(root, 'node_modules/electron')
  const named = join(home, 'path.txt')
  const program = existsSync(named) ? readFileSync(named, 'utf8') : 'electron'
  const path = join(env.ELECTRON_OVERRIDE_DIST_PATH ?? join(home, 'dist'), program)
  return existsSync(path) ? path : null
}

/**
 * Fetches Electron's program by the package's own `install-electron`, within two minutes. False when it cannot be had;
 * where only a package registry is reachable that is known at once.
 */
export function fetchElectron(root: string, deadlineMs: number = DOWNLOAD_DEADLINE_MS): Promise<boolean> {
  const installer = join(root, 'node_modules/electron/install.js')
  // Electron is a development dependency: an installation without those runs in a browser.
  if (!existsSync(installer)) return Promise.resolve(false)
  return new Promise((resolve) => {
    // Its stack trace helps nobody: the caller says in one line what happens instead.
    const child = spawn(process.execPath, [installer], { stdio: 'ignore' })
    const deadline = setTimeout(() => child.kill('SIGKILL'), deadlineMs)
    child.once('error', () => resolve(false))
    child.once('exit', (code) => {
      clearTimeout(deadline)
      resolve(code === 0)
    })
  })
}
