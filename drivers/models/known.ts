import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { ReaderModel } from './model.ts'

/**
 * The families in `families/`, one a file: a file put there is all that a new one takes. A bundle has no folders; the
 * list is then written when it is built (bin/familiesInBundle.ts).
 */
export const KNOWN_FAMILIES: readonly ReaderModel[] = await Promise.all(
  readdirSync(join(import.meta.dirname, 'families'))
    .map((file) => basename(file, '.ts'))
    .sort()
    .map(async (name) => onlyModel(name, await import(`./families/${name}.ts`))),
)

function onlyModel(name: string, module: object): ReaderModel {
  const [model, ...others] = Object.values(module)
  if (typeof model?.family === 'string' && others.length === 0) return model
  throw new Error(`drivers/models/families/${name}.ts has to export one ReaderModel and nothing else`)
}
