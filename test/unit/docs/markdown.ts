/** A link or picture of a page, in Markdown or as an HTML element. */
export interface Link {
  readonly target: string
  readonly words: string
  readonly isPicture: boolean
}

/** The page without its blocks and pieces of code. */
export const proseOf = (text: string): string => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '')

/** Every link and picture of a page, those of pictures that are links too. */
export function linksOf(text: string): readonly Link[] {
  const prose = text.replace(/```[\s\S]*?```/g, '')
  const inMarkdown = [...prose.matchAll(/(!?)\[((?:!\[[^\]]*\]\([^)]*\)|[^\]])*)\]\(([^)\s]+)[^)]*\)/g)].flatMap(
    ([, mark, words = '', target = '']) => [
      { target, words, isPicture: mark === '!' },
      ...(mark ? [] : linksOf(words)),
    ],
  )
  const inHtml = [...prose.matchAll(/<(img|source|a)\b([^>]*)>/g)].map(([, element, attributes = '']) => {
    const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1]
    return {
      target: attribute('src') ?? attribute('srcset') ?? attribute('href') ?? '',
      words: attribute('alt') ?? element ?? '',
      isPicture: element === 'img',
    }
  })
  return [...inMarkdown, ...inHtml]
}

/** The anchors that GitHub gives to a page's headings: small letters, no punctuation, hyphens for blanks. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...text.replace(/```[\s\S]*?```/g, '').matchAll(/^#{1,6} +(.+)$/gm)]
  return new Set(
    headings.map(([, heading = '']) =>
      heading
        .trim()
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/g, '-'),
    ),
  )
}
