import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CHECKLIST, type ChecklistLine, checklistTable } from '../../electron/checklist.ts'
import { VERIFY_EXIT, verifyElectron } from '../../electron/verifyElectron.ts'

const root = resolve(import.meta.dirname, '../../..')
const text = (path: string) => readFileSync(join(root, path), 'utf8')

describe('docs/electron-status.md', () => {
  it('is the checklist', () => {
    expect(text('docs/electron-status.md')).toContain(checklistTable(CHECKLIST))
  })

  it.each(CHECKLIST.flatMap(({ topic, proofs }) => proofs.map((proof) => ({ topic, ...proof }))))(
    '$topic: the test "$test" is there',
    ({ file, test, proof }) => {
      expect(text(file)).toContain(test)
      expect(file.endsWith('.electron.ts')).toBe(proof === 'binary')
    },
  )

  it('names every test that runs in Electron', () => {
    for (const file of ['test/electron/shell.electron.ts', 'test/electron/kiosk.electron.ts']) {
      const titles = [...text(file).matchAll(/ it(?:\.each\([^)]*\))?\('([^']+)'/g)].map(([, title]) => title ?? '')
      const named = CHECKLIST.flatMap(({ proofs }) => proofs).filter((proof) => proof.file === file)
      for (const title of titles)
        expect(
          named.some(({ test }) => title.includes(test)),
          title,
        ).toBe(true)
    }
  })
})

describe('npm run verify:electron', () => {
  const LINES: readonly ChecklistLine[] = [
    {
      topic: 'Crash',
      claim: 'x',
      proofs: [
        { proof: 'double', file: 'test/unit/electron/shell.test.ts', test: 'is loaded again' },
        { proof: 'binary', file: 'test/electron/shell.electron.ts', test: 'recovers when its %s process is killed' },
      ],
    },
    {
      topic: 'Fuses',
      claim: 'y',
      proofs: [{ proof: 'binary', file: 'test/electron/kiosk.electron.ts', test: 'has every fuse' }],
    },
  ]
  const report = (statuses: readonly string[], fuses = 'passed') =>
    JSON.stringify({
      testResults: [
        {
          name: '/x/test/electron/shell.electron.ts',
          assertionResults: statuses.map((status, n) => ({
            title: `recovers when its ${n} process is killed`,
            status,
          })),
        },
        {
          name: '/x/test/electron/kiosk.electron.ts',
          assertionResults: [{ title: 'has every fuse as it should', status: fuses }],
        },
      ],
    })
  const on = (run: () => string | null, machine = {}) =>
    verifyElectron(LINES, { hasBinary: true, hasDisplay: true, run, ...machine })

  it('says by name that the program is not here, runs nothing, and has a code of its own', () => {
    const run = () => {
      throw new Error('must not run')
    }
    const { code, text: said } = on(run, { hasBinary: false })
    expect(code).toBe(VERIFY_EXIT.ELECTRON_ABSENT)
    expect(said).toContain('ELECTRON_ABSENT')
    expect(said).toContain('2 proofs wait')
    expect(on(run, { hasDisplay: false }).code).toBe(VERIFY_EXIT.NO_DISPLAY)
  })

  it('prints a line for each proof, and is content when all of them passed', () => {
    const { code, text: said } = on(() => report(['passed', 'passed']))
    expect(code).toBe(VERIFY_EXIT.proven)
    expect(said).toContain('2 of 2 proven')
    expect(said).toMatch(/^passed +Crash +recovers/m)
  })

  it('is not content with one of two that failed, one that was left out, or a report that never came', () => {
    expect(on(() => report(['passed', 'failed']))).toMatchObject({ code: 1, text: expect.stringMatching(/^failed/m) })
    expect(on(() => report([], 'passed'))).toMatchObject({ code: 1, text: expect.stringMatching(/^did not run/m) })
    expect(on(() => report(['passed'], 'skipped'))).toMatchObject({ code: 1, text: expect.stringMatching(/^skipped/m) })
    expect(on(() => null)).toMatchObject({ code: 1, text: expect.stringContaining('0 of 2 proven') })
  })
})
