import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** What we read of the report that vitest's JSON reporter writes. */
const RunReport = z.object({
  success: z.boolean(),
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).default([]) }),
      ),
    }),
  ),
})

/** One step of CI: how its command exited and, for a run of tests, the text of its report; null where there is none. */
export interface Step {
  readonly name: string
  readonly exitCode: number
  readonly report: string | null
}

export interface Summary {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** Tests that failed, and files that did not load, with why. */
  readonly failures: readonly Failure[]
  /** Tests that failed and passed when they were run again, with why they failed. */
  readonly secondTry: readonly Failure[]
}

export interface Failure {
  readonly test: string
  readonly failure: string
}

/**
 * Adds up the tests of all steps. Whatever fails without a failing test (a file that does not load, a runner that
 * crashes, a compiler that complains) counts as one failure: a red step can never add up to green.
 */
export function summarise(steps: readonly Step[]): Summary {
  const total = { passed: 0, failed: 0, skipped: 0 }
  const failures: Failure[] = []
  const secondTry: Failure[] = []
  for (const { exitCode, report } of steps) {
    const run = report === null ? null : parseReport(report)
    const broken = run?.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
    const failed = (run?.numFailedTests ?? 0) + (broken?.length ?? 0)
    const red = exitCode !== 0 || run?.success === false || (report !== null && run === null)
    total.passed += run?.numPassedTests ?? (red ? 0 : 1)
    total.skipped += run?.numPendingTests ?? 0
    total.failed += red ? Math.max(failed, 1) : failed
    for (const { name, message } of broken ?? []) failures.push({ test: name, failure: message })
    for (const { assertionResults } of run?.testResults ?? []) {
      for (const { fullName, status, failureMessages } of assertionResults) {
        const [failure] = failureMessages
        if (status === 'failed') failures.push({ test: fullName, failure: failure ?? '' })
        else if (failure !== undefined) secondTry.push({ test: fullName, failure })
      }
    }
  }
  return { ...total, failures, secondTry }
}

function parseReport(text: string): z.infer<typeof RunReport> | null {
  try {
    return RunReport.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** `node tools/ciSummary.ts NAME:EXIT[:REPORT] …`; exits with 1 when anything failed. A missing report is a failure. */
if (import.meta.main) {
  const steps = process.argv.slice(2).map((word): Step => {
    const [name = '', exit = '', file] = word.split(':')
    return { name, exitCode: Number(exit), report: file === undefined ? null : readReport(file) }
  })
  for (const { name, exitCode } of steps)
    console.log(`${name}: ${exitCode === 0 ? 'passed' : `FAILED (exit ${exitCode})`}`)
  const { passed, failed, skipped, failures, secondTry } = summarise(steps)
  for (const { test, failure } of failures) console.log(`failed: ${test}\n  ${failure}`)
  for (const { test, failure } of secondTry) console.log(`passed only at the second try: ${test}\n  ${failure}`)
  if (skipped > 0) console.log(`${skipped} skipped`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
}

function readReport(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
