import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { REPORT } from './rig/approvedPictures.ts'

/**
 * `npm run journeys`: every journey, in every language. `-- --approve` keeps what it sees as approved; `--language english`
 * (or japanese, german, arabic) and `--only NAME` take fewer. The report and what differs are in test-results/journeys.
 */
const root = resolve(import.meta.dirname, '../..')
const { values } = parseArgs({
  options: {
    approve: { type: 'boolean', default: false },
    language: { type: 'string' },
    only: { type: 'string' },
  },
})
mkdirSync(REPORT, { recursive: true })
const child = spawn(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    ...['run', '--project', 'journeys', `test/journeys/${values.language ?? ''}`],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${join(REPORT, 'report.json')}`],
    ...(values.only === undefined ? [] : ['-t', values.only]),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TAPCOUPON_JOURNEYS: values.approve ? 'approve' : 'compare' },
  },
)
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
