import { z } from 'zod'
import type { ChecklistLine } from './checklist.ts'

/** Exit codes of `npm run verify:electron`. */
export const VERIFY_EXIT = { proven: 0, failed: 1, ELECTRON_ABSENT: 3, NO_DISPLAY: 4 } as const

/** What we read of vitest's JSON report. */
const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ title: z.string(), status: z.string() })),
    }),
  ),
})

export interface Machine {
  readonly hasBinary: boolean
  readonly hasDisplay: boolean
  /** Runs the suite in Electron; the text of vitest's JSON report, or null when there is none. */
  run(): string | null
}

/**
 * Proves what only Electron's program can: runs the suite, and says of each line of the checklist what came of it. A line
 * whose test did not run is not proven. Out: an exit code and what to print.
 */
export function verifyElectron(lines: readonly ChecklistLine[], machine: Machine): { code: number; text: string } {
  const wanted = lines.flatMap(({ topic, proofs }) =>
    proofs.filter(({ proof }) => proof === 'binary').map(({ file, test }) => ({ topic, file, test })),
  )
  if (!machine.hasBinary) {
    const text = `verify:electron: ELECTRON_ABSENT: Electron's program is not here; ${wanted.length} proofs wait for it (npx install-electron fetches it, ELECTRON_OVERRIDE_DIST_PATH names another).`
    return { code: VERIFY_EXIT.ELECTRON_ABSENT, text }
  }
  if (!machine.hasDisplay) {
    const text = 'verify:electron: NO_DISPLAY: there is no display (xvfb-run -a npm run verify:electron gives it one).'
    return { code: VERIFY_EXIT.NO_DISPLAY, text }
  }
  const ran = outcomes(machine.run())
  const rows = wanted.map(({ topic, file, test }) => {
    const statuses = ran
      .filter(({ path, title }) => path.endsWith(file) && matches(title, test))
      .map(({ status }) => status)
    const outcome = statuses.length === 0 ? 'did not run' : (statuses.find((status) => status !== 'passed') ?? 'passed')
    return { topic, test, outcome }
  })
  const width = Math.max(...rows.map(({ topic }) => topic.length))
  const table = rows.map(({ topic, test, outcome }) => `${outcome.padEnd(11)} ${topic.padEnd(width)} ${test}`)
  const unproven = rows.filter(({ outcome }) => outcome !== 'passed').length
  const text = [...table, '', `${rows.length - unproven} of ${rows.length} proven in Electron`].join('\n')
  return { code: unproven === 0 ? VERIFY_EXIT.proven : VERIFY_EXIT.failed, text }
}

/** A title as vitest writes it, of a test whose title may have `%s` in it. */
function matches(title: string, test: string): boolean {
  const parts = test.split(/%[sio]/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(parts.join('.*')).test(title)
}

function outcomes(report: string | null): { path: string; title: string; status: string }[] {
  try {
    const { testResults } = Report.parse(JSON.parse(report ?? ''))
    return testResults.flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ title, status }) => ({ path: name.replaceAll('\\', '/'), title, status })),
    )
  } catch {
    return []
  }
}
