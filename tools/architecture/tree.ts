import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { type SourceTree, TOP_FOLDERS } from './rules.ts'

/** Reads every script under the project's own folders; `root` is the checkout. */
export function readTree(root: string): SourceTree {
  const tree = new Map<string, string>()
  for (const folder of TOP_FOLDERS) {
    for (const entry of listed(join(root, folder))) {
      if (!entry.isFile() || !/\.(ts|tsx|cts|mts|js|cjs|mjs)$/.test(entry.name)) continue
      const path = join(entry.parentPath, entry.name)
      if (path.split(sep).includes('node_modules')) continue
      tree.set(path.slice(root.length + 1).replaceAll(sep, '/'), readFileSync(path, 'utf8'))
    }
  }
  return tree
}

/** A folder that does not exist has nothing in it. */
function listed(folder: string) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
