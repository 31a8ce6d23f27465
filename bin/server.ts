import { resolve } from 'node:path'
import { buildFiles, isFresh } from './builtFiles.ts'
import { say } from './say.ts'

/**
 * `npm run server`: the coupon server. From a checkout its pages are built first when they are not there or older than what
 * they are built from; an installed server brings them.
 */
const root = resolve(import.meta.dirname, '..')
const serves = process.argv[2] === undefined || process.argv[2].startsWith('--')
for (const pages of ['office', 'my'] as const) {
  if (!serves || process.argv.includes('--help') || isFresh(root, pages)) continue
  try {
    await buildFiles(root, pages)
  } catch (error) {
    say(`pages (${pages}) could not be built: ${error instanceof Error ? error.message : String(error)}`)
  }
}
await import('../server/main.ts')
