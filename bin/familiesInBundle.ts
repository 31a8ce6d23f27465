import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Plugin } from 'vite'

/** Writes the list of reader families into a bundle: run from its sources, the program reads its own folder. */
export function familiesInBundle(root: string): Plugin {
  const models = join(root, 'drivers/models')
  return {
    name: 'tapcoupon:reader-families',
    load(id) {
      if (resolve(id) !== join(models, 'known.ts')) return null
      const files = readdirSync(join(models, 'families')).sort()
      const imports = files.map((file, at) => `import * as family${at} from './families/${file}'`)
      const spread = files.map((_, at) => `...Object.values(family${at})`)
      return `${imports.join('\n')}\nexport const KNOWN_FAMILIES = [${spread.join(', ')}]\n`
    },
  }
}
