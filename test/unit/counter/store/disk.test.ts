import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const RIG = join(import.meta.dirname, 'diskRig.ts')

/** Only root may mount; elsewhere `counterStoreSqlite.test.ts` fills a file that may not grow. */
function mayMount(): boolean {
  if (process.platform !== 'linux') return false
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

it.runIf(mayMount())(
  'a real disk that is full, has room again, and can only be read: named each time, and every event that was kept is there',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-disk-'))
    try {
      const seen = JSON.parse(execFileSync('unshare', ['-m', process.execPath, RIG, folder], { encoding: 'utf8' }))
      const { recorded } = seen.whenFull
      expect(recorded).toBeGreaterThan(50)
      expect(seen).toEqual({
        whenFull: { fault: 'full', kept: recorded, recorded, export: 'full' },
        withRoom: { fault: null, kept: recorded + 1 },
        start: expect.stringMatching(/^journal_io$|^storage_failed$/),
        rescued: recorded + 1,
      })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  60_000,
)
