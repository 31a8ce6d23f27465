import type { Page } from 'playwright-core'

/** By how much a page is larger than its window, and whatever can be touched and is lower than 48 px or narrower. */
export function misfits(page: Page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement
    const touched = 'button:not(.visuallyHidden), select, textarea, input:not([type=radio]), .port, summary'
    const small = [...document.querySelectorAll<HTMLElement>(touched)]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 47.5 || box.height < 47.5)
      .map(({ element }) => element.textContent || element.className)
    return { wide: scrollWidth - clientWidth, tall: scrollHeight - clientHeight, small }
  })
}
