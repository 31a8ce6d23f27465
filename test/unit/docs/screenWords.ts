import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every word that the screens have in a language, as they have it; what ends in an ellipsis also without. */
export function screenWords(root: string, language: string): ReadonlySet<string> {
  const words = new Set<string>()
  const gather = (value: unknown): void => {
    if (typeof value === 'string') {
      words.add(value)
      words.add(value.replace(/…$/, ''))
    } else if (value !== null && typeof value === 'object') Object.values(value).forEach(gather)
  }
  for (const file of globSync(`resources/locales/${language}/*.json`, { cwd: root })) {
    gather(JSON.parse(readFileSync(join(root, file), 'utf8')))
  }
  return words
}
