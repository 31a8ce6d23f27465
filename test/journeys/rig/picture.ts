import type { Locator, Page } from 'playwright-core'
import { literally, type Spoken } from '../../e2e/spoken.ts'

/** Messages whose numbers count time; each is shown with this number instead. */
const COUNTING = [
  ['approved.undoSeconds', '100'],
  ['signIn.throttled', '5'],
  ['readerSetup.endsIn', '10'],
  ['customer.stillThere', '10'],
] as const

/** Fields of today's date, and lines with a hash in a font of this machine. */
const ALWAYS_HIDDEN = ['input[type=date]', ':has(> code)']

/** The day that every picture is of. */
const DAY = new Date('2026-11-24T12:00:00+09:00')

interface Replacement {
  readonly pattern: string
  readonly by: string
}

/**
 * A picture of what the window shows, the same each time the same is shown: no motion, no caret, no pointer, fonts there; times,
 * counts of seconds, ids and codes replaced by fixed ones of the same form. What is drawn from a secret is covered (`hidden`).
 */
export async function takePicture(page: Page, words: Spoken, hidden: readonly Locator[] = []): Promise<Buffer> {
  const replacements = replacementsOf(words)
  await page.mouse.move(0, 0)
  await page.evaluate(() => document.fonts.ready)
  let before: Buffer | null = null
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await page.evaluate(replaceTexts, replacements)
    const picture = await page.screenshot({
      animations: 'disabled',
      caret: 'hide',
      mask: [...hidden, ...ALWAYS_HIDDEN.map((selector) => page.locator(selector))],
      maskColor: '#9aa0a6',
    })
    if (before?.equals(picture)) return picture
    before = picture
    await page.waitForTimeout(60)
  }
  throw new Error('the screen does not come to rest')
}

/** What can be read in the window, the fields' contents too. */
export function readable(page: Page): Promise<string> {
  return page.evaluate(() =>
    // biome-ignore lint/performance/useDomNodeTextContent: laid out as a person reads it
    [document.body.innerText, ...[...document.querySelectorAll('input')].map(({ value }) => value)].join('\n'),
  )
}

function replacementsOf(words: Spoken): Replacement[] {
  const { language, t, pattern } = words
  const days = [{ year: 'numeric' } as const, {}].map((year) => {
    const format = new Intl.DateTimeFormat(language, {
      ...year,
      month: 'short',
      day: 'numeric',
      timeZone: 'Asia/Tokyo',
    })
    return { pattern: literally(format.format(new Date())), by: format.format(DAY) }
  })
  return [
    {
      pattern: '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}',
      by: '00000000-0000-7000-8000-000000000000',
    },
    { pattern: String.raw`\b[0-9A-Z]{5}(-[0-9A-Z]{5}){3}\b`, by: '00000-00000-00000-00000' },
    { pattern: String.raw`\b(?=[0-9a-f]*[0-9])[0-9a-f]{8}\b`, by: '00000000' },
    { pattern: String.raw`[\d٠-٩]{1,2}:[\d٠-٩]{2}`, by: '12:34' },
    ...days,
    ...COUNTING.map(([key, by]) => ({
      pattern: pattern(key).source.replaceAll('(.+?)', '[0-9٠-٩]+'),
      by: t(key, { seconds: by, minutes: by }),
    })),
  ]
}

/** Runs in the page. */
function replaceTexts(replacements: readonly Replacement[]): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.nodeValue ?? ''
    let shown = text
    for (const { pattern, by } of replacements) shown = shown.replaceAll(new RegExp(pattern, 'gu'), by)
    if (shown !== text) node.nodeValue = shown
  }
}
