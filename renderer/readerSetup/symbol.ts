import { code128, ean13, gs1_128, qrcode } from 'bwip-js/browser'
import { WEDGE_CALIBRATION_TEXT } from '../../core/readers/calibration.ts'

/** A symbol as one outline of black on white: `path` fills by the even-odd rule within `width` × `height` units. */
export interface DrawnSymbol {
  readonly width: number
  readonly height: number
  readonly path: string
}

/** The quiet zones that scanners want beside and above a symbol, in units: 11 modules are the most that one of ours needs. */
const QUIET = 12
const QUIET_ABOVE = 8

/**
 * What bwip-js draws on: it collects shapes and knows no text. It has no measure of what a bar is but its middle and its
 * width; an odd one leans to the left.
 */
function outline() {
  const pieces: string[] = []
  let width = 0
  let height = 0
  const drawing = {
    scale: () => null,
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init(contentWidth: number, contentHeight: number) {
      width = contentWidth
      height = contentHeight
    },
    line(x: number, y0: number, _x1: number, y1: number, lineWidth: number) {
      const left = x - Math.ceil(lineWidth / 2) + QUIET
      const top = Math.min(y0, y1) + QUIET_ABOVE
      pieces.push(`M${left} ${top}h${lineWidth}v${Math.abs(y0 - y1) + 1}h${-lineWidth}z`)
    },
    polygon(points: [number, number][]) {
      pieces.push(`M${points.map(([x, y]) => `${x + QUIET} ${y + QUIET_ABOVE}`).join('L')}z`)
    },
    hexagon: () => {},
    ellipse: () => {},
    fill: () => {},
    text: () => {},
    end: (): DrawnSymbol => ({ width: width + 2 * QUIET, height: height + 2 * QUIET_ABOVE, path: pieces.join('') }),
  }
  return drawing
}

export const TEST_SYMBOLS = ['ean13', 'gs1-128', 'code128', 'qr'] as const
export type TestSymbol = (typeof TEST_SYMBOLS)[number]

/** What a scanner should say of each, separators included. The EAN-13 is one of those that stores number themselves. */
export const TEST_TEXTS: Record<TestSymbol, string> = {
  ean13: '2012345678903',
  'gs1-128': '010201234567890310T42\u001d2107',
  code128: '007-Tapcoupon',
  qr: 'tapcoupon:test/0123456789',
}

/** The name that the symbology's own standard gives it: the same in every language. */
export const TEST_NAMES: Record<TestSymbol, string> = {
  ean13: 'EAN-13',
  'gs1-128': 'GS1-128',
  code128: 'Code 128',
  qr: 'QR',
}

export function testSymbol(symbol: TestSymbol): DrawnSymbol {
  switch (symbol) {
    case 'ean13':
      return ean13({ bcid: 'ean13', text: TEST_TEXTS.ean13, scale: 1, height: 11 }, outline())
    case 'gs1-128':
      return gs1_128({ bcid: 'gs1-128', text: '(01)02012345678903(10)T42(21)07', scale: 1, height: 11 }, outline())
    case 'code128':
      return code128({ bcid: 'code128', text: TEST_TEXTS.code128, scale: 1, height: 11 }, outline())
    case 'qr':
      return qrcode({ bcid: 'qrcode', text: TEST_TEXTS.qr, scale: 1 }, outline())
  }
}

/** The wedge calibration barcode; bwip-js writes control characters as `^` and their number. */
export function calibrationSymbol(): DrawnSymbol {
  const text = WEDGE_CALIBRATION_TEXT.replaceAll('\u001d', '^029')
  return code128({ bcid: 'code128', text, parse: true, scale: 1, height: 11 }, outline())
}

/** A maker's programming barcode: FNC3 in front tells every scanner that the rest is for the scanner itself. */
export function programmingSymbol(code: string): DrawnSymbol {
  return code128({ bcid: 'code128', text: `^FNC3${code}`, parsefnc: true, scale: 1, height: 11 }, outline())
}

/** Whether what a reader under test told of its data, a prefix and a suffix aside, is what `text` looks like masked. */
export function looksLike(text: string, masked: string): boolean {
  return masked.includes(maskedLike(text))
}

/** As the drivers mask text (`RawRead.text`): kinds of characters, and GS by its name. */
export function maskedLike(text: string): string {
  return text.replace(/[A-Z]/g, 'A').replace(/[a-z]/g, 'a').replace(/\d/g, '9').replaceAll('\u001d', '<GS>')
}

/** A QR code of a text of ours. */
export function qrSymbol(text: string): DrawnSymbol {
  return qrcode({ bcid: 'qrcode', text, scale: 1 }, outline())
}
