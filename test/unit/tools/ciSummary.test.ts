import { describe, expect, it } from 'vitest'
import { summarise } from '../../../tools/ciSummary.ts'

const report = (passed: number, failed: number, skipped = 0, brokenFiles = 0) =>
  JSON.stringify({
    success: failed === 0 && brokenFiles === 0,
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
    testResults: Array.from({ length: brokenFiles }, (_, at) => ({
      name: `broken${at}.test.ts`,
      status: 'failed',
      message: 'no such module',
      assertionResults: [],
    })),
  })

describe('the closing line of CI', () => {
  it('adds up the runs; a step without a report is one check', () => {
    const steps = [
      { name: 'test', exitCode: 0, report: report(120, 0, 2) },
      { name: 'hardware', exitCode: 0, report: report(9, 0) },
      { name: 'check', exitCode: 0, report: null },
    ]
    expect(summarise(steps)).toEqual({ passed: 130, failed: 0, skipped: 2, failures: [], secondTry: [] })
  })

  it('counts failing tests and files that do not load', () => {
    expect(summarise([{ name: 'test', exitCode: 1, report: report(10, 3, 0, 2) }])).toMatchObject({
      passed: 10,
      failed: 5,
      failures: [
        { test: 'broken0.test.ts', failure: 'no such module' },
        { test: 'broken1.test.ts', failure: 'no such module' },
      ],
    })
  })

  it('names a test that failed, and one that passed only when it was run again', () => {
    const assertionResults = [
      { fullName: 'a steady test', status: 'passed', failureMessages: [] },
      { fullName: 'a shaky test', status: 'passed', failureMessages: ['expected 1 to be 2', 'stack'] },
      { fullName: 'a broken test', status: 'failed', failureMessages: ['no'] },
    ]
    const text = JSON.stringify({
      ...JSON.parse(report(2, 1)),
      testResults: [{ name: 'x', status: 'failed', assertionResults }],
    })
    const { failed, failures, secondTry } = summarise([{ name: 'test', exitCode: 1, report: text }])
    expect(failed).toBe(1)
    expect(failures).toEqual([{ test: 'a broken test', failure: 'no' }])
    expect(secondTry).toEqual([{ test: 'a shaky test', failure: 'expected 1 to be 2' }])
  })

  it.each([
    ['a check that fails', 1, null],
    ['a runner that dies before its report', 139, ''],
    ['a report that is cut short', 0, report(10, 0).slice(0, 20)],
    ['a runner that fails although every test passed', 1, report(10, 0)],
  ])('is never green after %s', (_, exitCode, text) => {
    expect(summarise([{ name: 'step', exitCode, report: text }]).failed).toBe(1)
  })
})
