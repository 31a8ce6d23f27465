import type { OfficeWords } from '../words.ts'

/** What a key with this scope may do; of one that this program does not know, its own name. */
export const scopeWords = (scope: string, { t }: Pick<OfficeWords, 't'>): string =>
  t(`office.apiKeys.scopes.${scope.replace(':', '_')}`, { defaultValue: scope })
