import { readFileSync, statSync } from 'node:fs'

/** A secret as it was given: in the environment, or in a file that it names (`NAME_FILE`). Never on a command line. */
export interface SecretText {
  readonly text: string
  /** null: from the environment. */
  readonly file: string | null
}

/**
 * Reads `NAME`, or the file that `NAME_FILE` names, without the line end that editors leave. null: neither is set. Throws,
 * without showing anything of it, when both are or the file cannot be read.
 */
export function secretText(name: string, env: NodeJS.ProcessEnv): SecretText | null {
  const text = env[name]
  const file = env[`${name}_FILE`]
  if (text && file) throw new Error(`${name} and ${name}_FILE are both set: keep one`)
  if (text) return { text, file: null }
  if (!file) return null
  try {
    return { text: readFileSync(file, 'utf8').trimEnd(), file }
  } catch (error) {
    throw new Error(`${name}_FILE: the file cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}

/** Whether others than a file's owner can read it. Where files have no such modes (Windows): no. */
export const othersCanRead = (file: string): boolean =>
  process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0
