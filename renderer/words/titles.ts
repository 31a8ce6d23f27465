import type { Language } from './languages.ts'

/** A title in the reader's language where the campaign has one. From a server, so never trusted as markup. */
export function titleIn(
  language: Language,
  titled: { title: string; titles: Readonly<Record<string, string>> },
): string {
  return titled.titles[language] ?? titled.title
}

/** A label in the reader's language; the same for categories and baskets. */
export function labelIn(language: Language, label: string, labels: Readonly<Record<string, string>> = {}): string {
  return labels[language] ?? label
}
