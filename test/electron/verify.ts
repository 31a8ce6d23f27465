import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { electronBinary } from '../../bin/electronBinary.ts'
import { hasDisplay } from '../../browser/installedBrowser.ts'
import { CHECKLIST } from './checklist.ts'
import { verifyElectron } from './verifyElectron.ts'

/** `npm run verify:electron`: everything of docs/electron-status.md that needs Electron's program, and a table of it. */
const root = resolve(import.meta.dirname, '../..')

const { code, text } = verifyElectron(CHECKLIST, {
  hasBinary: electronBinary(root, process.env) !== null,
  hasDisplay: hasDisplay(process.platform, process.env),
  run() {
    const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-verify-'))
    const report = join(folder, 'report.json')
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const options = ['run', '--config', 'vitest.electron.config.ts', '--reporter=default', '--reporter=json']
    try {
      spawnSync(process.execPath, [vitest, ...options, `--outputFile.json=${report}`], { cwd: root, stdio: 'inherit' })
      return readFileSync(report, 'utf8')
    } catch {
      return null
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
})
console.log(text)
process.exitCode = code
