import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { electronBinary } from '../../bin/electronBinary.ts'
import { hasDisplay } from '../../browser/installedBrowser.ts'

/** `npm run test:electron`: the Electron shell in a real Electron, where there is one. */
const root = resolve(import.meta.dirname, '../..')

if (electronBinary(root, process.env) === null) {
  console.log(
    'test:electron did not run: Electron’s program is not here (npx install-electron fetches it; ELECTRON_OVERRIDE_DIST_PATH names another).',
  )
} else if (!hasDisplay(process.platform, process.env)) {
  console.log('test:electron did not run: there is no display (xvfb-run -a npm run test:electron gives it one).')
} else {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--config', 'vitest.electron.config.ts'], {
    cwd: root,
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
}
