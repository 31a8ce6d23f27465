import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'

const Manifest = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
})

/**
 * The packages that these need to run, and theirs, found as Node finds them: folders below `root`, such as
 * `node_modules/ws`, sorted. Optional packages that are not installed are left out; a needed one that is missing throws.
 */
export function packageClosure(root: string, names: readonly string[]): string[] {
  const found = new Set<string>()
  const visit = (name: string, from: string, isOptional: boolean): void => {
    const folder = installed(root, from, name)
    if (folder === null) {
      if (isOptional) return
      throw new Error(`${name}, which ${relative(root, from) || 'the project'} needs, is not installed`)
    }
    const place = relative(root, folder).replaceAll('\\', '/')
    if (found.has(place)) return
    found.add(place)
    const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
    for (const dependency of Object.keys(manifest.dependencies)) {
      visit(dependency, folder, dependency in manifest.optionalDependencies)
    }
    for (const dependency of Object.keys(manifest.optionalDependencies)) visit(dependency, folder, true)
  }
  for (const name of names) visit(name, root, false)
  return [...found].sort()
}

/** The nearest `node_modules/NAME` from `from` up to `root`; null: there is none. */
function installed(root: string, from: string, name: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return candidate
    if (folder === root || folder === dirname(folder)) return null
  }
}
