import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { compare } from './comparison.ts'
import { smaller } from './smaller.ts'

/** One a journey and language; `npm run journeys -- --approve` writes them. */
export const APPROVED = resolve(import.meta.dirname, '../approved')
/** What the last run saw where it differed, beside its report; not kept. */
export const REPORT = resolve(import.meta.dirname, '../../../test-results/journeys')

/** How this run was asked to treat pictures: compare them, keep what it sees as approved, or look at none. */
export type PictureMode = 'compare' | 'approve' | 'none'

/**
 * Compares a picture with the approved one. Throws when there is none or it differs, naming the files that show it; in mode
 * `approve` the picture takes the place of one that differs.
 */
export function judge(name: string, actual: Buffer, mode: PictureMode): void {
  if (mode === 'none') return
  const approvedFile = join(APPROVED, `${name}.png`)
  const files = { actual: join(REPORT, `${name}.actual.png`), difference: join(REPORT, `${name}.difference.png`) }
  for (const file of Object.values(files)) rmSync(file, { force: true })
  const approved = existsSync(approvedFile) ? readFileSync(approvedFile) : null
  const result = approved && compare(approved, actual)
  if (result?.same) return
  if (mode === 'approve') {
    mkdirSync(join(approvedFile, '..'), { recursive: true })
    const small = smaller(actual)
    // A screen of very many colours loses too much by having few.
    writeFileSync(approvedFile, compare(small, actual).same ? small : actual)
    return
  }
  mkdirSync(join(files.actual, '..'), { recursive: true })
  writeFileSync(files.actual, actual)
  if (result?.difference) writeFileSync(files.difference, result.difference)
  const what = result ? `differs from the approved one: ${result.why}` : 'has not been approved yet'
  const seen = result?.difference ? `${files.actual}, ${files.difference}` : files.actual
  throw new Error(`picture ${name} ${what}. See ${seen}. If it is right: npm run journeys -- --approve`)
}
