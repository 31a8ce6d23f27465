import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CounterState } from '../../../core/counter/state.ts'
import { screensInBrowser } from './cashierScreen.ts'
import type { OpenScreen } from './openScreen.ts'
import { STORED, VISITS } from './states.ts'

/** What a person sees, hears and can reach while a visit goes by: nothing jumps, nothing is cut off, nothing is in the way. */
const openInBrowser = screensInBrowser()
let screen: OpenScreen

afterEach(async () => {
  const { complaints } = screen
  await screen.close()
  expect(complaints).toEqual([])
})

/** Shows the next moment and waits until it is painted. */
async function show(change: Partial<CounterState>, seen: string): Promise<void> {
  screen.counter.show(change)
  await screen.page.locator(seen).waitFor()
  await screen.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
}

const VISIT: readonly (readonly [Partial<CounterState>, string])[] = [
  [{ visit: VISITS.reading }, '.visit--working'],
  [{ visit: VISITS.searching }, '.visit--working'],
  [{ visit: VISITS.offers }, '.visit--offers'],
  [{ visit: VISITS.approving }, '.visit--offers [aria-busy]'],
  [{ visit: VISITS.approved }, '.visit--confirmed'],
  [{ visit: VISITS.idle }, '.visit--ready'],
  [{ visit: VISITS.refused }, '.visit--refused'],
  [{ visit: STORED }, '.visit--stored'],
  [{ visit: VISITS.undoing }, '.visit--working'],
  [{ visit: VISITS.undone }, '.visit--undone'],
]

describe('a whole visit', () => {
  beforeEach(async () => {
    screen = await openInBrowser({}, { reducedMotion: 'no-preference' })
  })

  it('moves nothing that stays: no layout shift by the browser’s own measure', async () => {
    await screen.page.evaluate(() => {
      const measured = window as unknown as { shifts: string[] }
      measured.shifts = []
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node?: Node }[] })[]) {
          const names = entry.sources.map(({ node }) => (node instanceof Element ? node.className : 'text'))
          measured.shifts.push(`${entry.value.toFixed(4)} ${names.join(', ')}`)
        }
      }).observe({ type: 'layout-shift' })
    })
    for (const [change, seen] of VISIT) await show(change, seen)
    expect(await screen.page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([])
  })

  it('lets nothing lie over the customer’s visit once a card is there, and no ring be seen for 300 ms', async () => {
    await screen.page.keyboard.press('F4')
    await screen.page.getByRole('dialog').waitFor()
    await show({ visit: VISITS.searching }, '.visit--working')
    await screen.page.getByRole('dialog').waitFor({ state: 'detached' })
    const [delay, before] = await screen.page.locator('.ring').evaluate((ring) => {
      const [appearing] = ring.getAnimations()
      appearing?.pause()
      if (appearing) appearing.currentTime = 299
      return [appearing?.effect?.getTiming().delay, getComputedStyle(ring).opacity] as const
    })
    expect([delay, before]).toEqual([300, '0'])
  })
})

/** Words that are cut off, and a page that scrolls sideways. */
function lost(): string[] {
  const words = document.querySelectorAll<HTMLElement>('.visit :is(h2, p, button, .button__label), .statusChip__text')
  return [
    ...[...words].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent ?? ''),
    ...(document.documentElement.scrollWidth > window.innerWidth ? ['the page scrolls sideways'] : []),
  ]
}

/** Whether the whole of an element is on the screen, above the bar of what to do unless it is in it. */
function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  const bar = element.closest('.actions') ? null : document.querySelector('.actions')
  return top >= 0 && bottom <= (bar?.getBoundingClientRect().top ?? window.innerHeight)
}

describe.each([
  ['by the browser', { viewport: { width: 512, height: 384 }, deviceScaleFactor: 2 }, '100%'],
  ['by the text alone', { viewport: { width: 1024, height: 768 } }, '200%'],
] as const)('twice as large %s', (_, options, fontSize) => {
  it('nothing is cut off, and the outcome and what to do next are in sight', async () => {
    screen = await openInBrowser({}, options)
    await screen.page.evaluate((size) => {
      document.documentElement.style.fontSize = size
    }, fontSize)
    for (const [change, seen] of VISIT) {
      await show(change, seen)
      expect(await screen.page.evaluate(lost), seen).toEqual([])
      for (const shown of ['.outcome__title', '.headline__amount', '[data-primary]']) {
        for (const one of await screen.page.locator(shown).all())
          expect(await one.evaluate(isInSight), `${shown} of ${seen}`).toBe(true)
      }
    }
  })
})

it('an outcome is to be read from two metres: a glyph, a word and the amount, each large, and no two alike', async () => {
  screen = await openInBrowser()
  const looks = new Set<string>()
  for (const [change, seen] of VISIT.filter(([{ visit }]) => visit && 'certainty' in visit)) {
    await show(change, seen)
    const size = (of: string) =>
      screen.page.locator(of).evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
    // Sharp eyes tell letters of 5 minutes of arc: 2.9 mm at 2 m. Capitals of 36 px are 6.9 mm at 96 px an inch.
    expect(await size('.outcome__title')).toBeGreaterThanOrEqual(36)
    if (await screen.page.locator('.outcome__amount').count()) {
      expect(await size('.outcome__amount')).toBeGreaterThanOrEqual(80)
    }
    const [glyph, word, colour] = await screen.page.evaluate(() => [
      document.querySelector('.outcome__icon svg')?.innerHTML ?? '',
      document.querySelector('.outcome__title')?.textContent ?? '',
      getComputedStyle(document.querySelector('.visit') ?? document.body).backgroundColor,
    ])
    for (const part of [glyph, word, colour]) looks.add(part ?? '')
  }
  expect(looks.size).toBe(9)
})
