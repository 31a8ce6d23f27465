import { beforeAll, describe, expect, it } from 'vitest'
import type { CounterState } from '../../../core/counter/state.ts'
import { accessibilityFindings } from '../till.ts'
import { screensInBrowser } from './cashierScreen.ts'
import type { OpenScreen } from './openScreen.ts'
import { OFFLINE, STATE, STORED, VISITS } from './states.ts'

/** Every moment that a screen can show, looked at in both themes and both languages at the smallest size. */
const MOMENTS: Record<string, Partial<CounterState>> = {
  'enrolment needed': { enrolment: { status: 'needed', reason: 'unauthorized' } },
  enrolling: { enrolment: { status: 'enrolling' } },
  closed: { closed: 'journal_corrupt', cashier: null },
  'closed, and what waits was saved': {
    closed: 'storage_failed',
    cashier: null,
    queueExport: { path: '/var/lib/tapcoupon/rescue/queue-20261122T030000Z.jsonl', events: 12, at: Date.now() },
  },
  'sign-in': { cashier: null },
  ...Object.fromEntries(Object.entries(VISITS).map(([name, visit]) => [name, { visit }])),
  stored: { ...OFFLINE, visit: STORED },
  'the server lost': { ...OFFLINE, visit: { ...VISITS.approved, certainty: 'stored', serverLost: true } },
  'an uncertain clock': { ...OFFLINE, clock: { doubt: 'suspended', wrong: false } },
  'a wrong clock': { ...OFFLINE, clock: { doubt: 'restarted', wrong: true } },
  'no reader': { readers: [{ readerId: 'r', transport: 'pcsc', name: 'PC/SC', state: 'error' }] },
  revoked: { connection: { mode: 'revoked', since: Date.now(), cause: null, replicaAsOf: null } },
  notices: {
    notices: (['storage_failed', 'read_ignored', 'event_forced'] as const).map((code, index) => ({
      noticeId: `n${index}`,
      code,
      params: {},
      at: Date.now(),
    })),
  },
  'an empty purchase': { purchase: { currency: 'JPY', lines: [], total: 0 } },
}

const openInBrowser = screensInBrowser()
let screen: OpenScreen

describe.each(['en-GB', 'ja-JP'])('in %s', (locale) => {
  beforeAll(async () => {
    screen = await openInBrowser({}, { locale })
    return () => screen.close()
  })

  it.each(Object.keys(MOMENTS))(
    '%s: nothing for axe to find, nothing cut off, every target large enough',
    async (name) => {
      const { page, counter } = screen
      counter.show({ ...STATE, ...MOMENTS[name] })
      await page.waitForTimeout(150)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await accessibilityFindings(page), colorScheme).toEqual([])
      }
      expect(await page.evaluate(smallTargets)).toEqual([])
      expect(await page.evaluate(sidewaysOverflow)).toEqual([])
    },
  )

  it('has complained of nothing', () => {
    expect(screen.complaints).toEqual([])
  })
})

/** Whatever can be touched and is smaller than 48 × 48 px (the primary: 64 px high); labels count for their radio. */
function smallTargets(): string[] {
  return [...document.querySelectorAll<HTMLElement>('button, input:not([type=radio]), .segmented__choice')]
    .filter((element) => element.tabIndex >= 0 || element.matches('.segmented__choice'))
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ element, box }) => {
      const height = element.hasAttribute('data-primary') ? 64 : 48
      return box.width < 47.5 || box.height < height - 0.5
    })
    .map(({ element, box }) => `${element.textContent || element.className}: ${box.width}×${box.height}`)
}

/** Buttons whose words do not fit into them, and a page that scrolls sideways. */
function sidewaysOverflow(): string[] {
  const wide = [...document.querySelectorAll<HTMLElement>('button, h2, .statusChip__text, .statusChip__detail')].filter(
    (element) => !element.classList.contains('visuallyHidden') && element.scrollWidth > element.clientWidth + 1,
  )
  const page = document.documentElement
  return [
    ...wide
      .filter((element) => getComputedStyle(element).display !== 'inline')
      .map((element) => element.textContent ?? ''),
    ...(page.scrollWidth > page.clientWidth ? ['the page'] : []),
  ]
}
