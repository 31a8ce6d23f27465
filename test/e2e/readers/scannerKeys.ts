import type { Page } from 'playwright-core'
import type { WedgeLayout } from '../../../core/readers/protocol.ts'
import { characterOf } from '../../../drivers/wedge/layouts.ts'

/** One key at its place on the keyboard, whatever it types there. */
export interface ScannerKey {
  readonly code: string
  readonly shift: boolean
  readonly ctrl: boolean
  readonly alt: boolean
}
export const key = (code: string, { shift = false, ctrl = false, alt = false } = {}): ScannerKey => ({
  code,
  shift,
  ctrl,
  alt,
})
export const keysOf = (capitals: string) => [...capitals].map((letter) => key(`Key${letter}`, { shift: true }))

/** `TAPZY]@-+/<GS>09` and Enter: the places of a German keyboard, on which Z and Y have changed places. */
export const CALIBRATION_ON_A_GERMAN_SCANNER = [
  ...keysOf('TAPYZ'),
  key('Digit9', { ctrl: true, alt: true }),
  key('KeyQ', { ctrl: true, alt: true }),
  key('Slash'),
  key('BracketRight'),
  key('Digit7', { shift: true }),
  key('BracketRight', { ctrl: true }),
  key('Digit0'),
  key('Digit9'),
  key('Enter'),
]

const PLACES = [
  ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `Key${letter}`),
  ...[...'0123456789'].map((digit) => `Digit${digit}`),
  ...['Minus', 'Equal', 'BracketLeft', 'BracketRight', 'Semicolon', 'Quote', 'Comma', 'Period', 'Slash', 'Space'],
]
const HELD = [{}, { shift: true }, { ctrl: true, alt: true }]

/** What a scanner that was made for this keyboard presses for a text, with Enter behind it. */
export function scannerKeysOf(text: string, layout: WedgeLayout): ScannerKey[] {
  const pressed = [...text].map((character) => {
    for (const code of PLACES) {
      for (const held of HELD) {
        const with_ = key(code, held)
        if (characterOf(layout, code, { shift: with_.shift, altGr: with_.alt }) === character) return with_
      }
    }
    throw new Error(`no key of a ${layout} keyboard types ${character}`)
  })
  return [...pressed, key('Enter')]
}

/** Keys as a scanner presses them, 10 ms apart by their own times, however slow this machine is. */
export async function typeAsScanner(page: Page, keys: readonly ScannerKey[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const from = Date.now() / 1_000
  await Promise.all(
    keys.map(({ code, shift, ctrl, alt }, index) => {
      const face = code === 'Enter' ? 'Enter' : code.slice(-1)
      return devtools.send('Input.dispatchKeyEvent', {
        type: 'rawKeyDown',
        code,
        key: face,
        windowsVirtualKeyCode: face === 'Enter' ? 13 : face.charCodeAt(0),
        modifiers: (alt ? 1 : 0) + (ctrl ? 2 : 0) + (shift ? 8 : 0),
        timestamp: from + index / 100,
      })
    }),
  )
  await devtools.detach()
}
