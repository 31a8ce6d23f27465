import { readdirSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** What `folder` offers: its `.ts` files but for those that serve the others. */
export function namesIn(folder: string, except: readonly string[]): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !except.includes(name))
    .map((name) => name.slice(0, -3))
    .sort()
}

/** Loads `folder/name.ts`, which must export `run`; `name` is one of `namesIn`. */
export async function loadRun(folder: string, name: string): Promise<(...given: unknown[]) => Promise<unknown>> {
  const module: { readonly run?: unknown } = await import(pathToFileURL(`${folder}/${name}.ts`).href)
  const { run } = module
  if (typeof run !== 'function') throw new Error(`${name}.ts exports no function run`)
  return async (...given) => run(...given)
}
