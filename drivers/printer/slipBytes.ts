import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder'
import iconv from 'iconv-lite'
import type { Slip } from '../../core/counter/slip.ts'

/** What a slip says besides its figures, in one language. */
export interface SlipWords {
  readonly title: string
  readonly total: string
  readonly confirmed: string
  readonly stored: string
  readonly undone: string
  readonly training: string
  readonly cashier: string
  readonly number: string
}

/** Kanji mode on, Shift JIS, and off again (Epson ESC/POS: FS &, FS C 1, FS .). */
const KANJI_ON = [0x1c, 0x26, 0x1c, 0x43, 0x01]
const KANJI_OFF = [0x1c, 0x2e]
/** Beyond it no code page of one byte helps: kana, kanji, full-width signs. */
const NEEDS_KANJI = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/

/**
 * A slip as the bytes of an ESC/POS printer (Epson's command set, which most receipt printers speak): store, time, each
 * coupon with its discount, the total, what it is worth, and the redemption's number, readable and as a QR code.
 * `columns`: characters of one line. Japanese goes as Shift JIS, everything else by the printer's code pages.
 */
export function slipBytes(slip: Slip, words: SlipWords, language: string, columns: number): Uint8Array {
  const encoder = new ReceiptPrinterEncoder({
    language: 'esc-pos',
    codepageMapping: 'epson',
    columns,
    newline: '\n',
    feedBeforeCut: 4,
  })
  encoder.initialize().codepage('auto')
  const line = (text: string) => {
    if (NEEDS_KANJI.test(text)) {
      const full = text.replaceAll('¥', '￥')
      encoder.raw([...KANJI_ON, ...iconv.encode(full, 'Shift_JIS'), ...KANJI_OFF]).newline()
    } else {
      encoder.line(text)
    }
  }
  const money = (amount: number) => written(language, slip.currency, amount)

  encoder.align('center').bold(true)
  line(slip.storeName)
  if (slip.training) line(`*** ${words.training} ***`)
  if (slip.undone) line(`*** ${words.undone} ***`)
  encoder.bold(false)
  line(words.title)
  line(moment(language, slip))
  encoder.align('left').rule({ style: 'single' })
  for (const { title, titles, discount } of slip.lines) {
    for (const row of sideBySide(titles[language] ?? title, `-${money(discount)}`, columns)) line(row)
  }
  encoder.rule({ style: 'single' }).bold(true).height(2)
  for (const row of sideBySide(words.total, `-${money(slip.totalDiscount)}`, columns)) line(row)
  encoder.height(1).bold(false)
  line(slip.certainty === 'confirmed' ? words.confirmed : words.stored)
  if (slip.cashier) line(`${words.cashier}: ${slip.cashier}`)
  encoder.newline().align('center')
  line(words.number)
  line(slip.redemptionId)
  encoder.qrcode(slip.redemptionId, { model: 2, size: 4, errorlevel: 'm' }).cut()
  return encoder.encode()
}

/** Text on the left, wrapped where it must be, and a figure at the right end of its last line. */
function sideBySide(text: string, amount: string, columns: number): string[] {
  // A line of kanji has a yen sign of two columns, on all of its rows alike.
  const figure = NEEDS_KANJI.test(text) ? amount.replaceAll('¥', '￥') : amount
  const rows: string[] = ['']
  for (const character of text) {
    const last = rows.at(-1) ?? ''
    if (widthOf(last + character) > columns) rows.push(character)
    else rows[rows.length - 1] = last + character
  }
  if (widthOf(rows.at(-1) ?? '') + 1 + widthOf(figure) > columns) rows.push('')
  const last = rows.pop() ?? ''
  return [...rows, last + ' '.repeat(Math.max(1, columns - widthOf(last) - widthOf(figure))) + figure]
}

/** Columns on paper: a character that is two bytes of Shift JIS is two columns wide. */
function widthOf(text: string): number {
  return iconv.encode(text.replaceAll('¥', '?'), 'Shift_JIS').length
}

function written(language: string, currency: string, amount: number): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 0
  // Printers have no no-break spaces, and one sign for yen is enough.
  return format
    .format(amount / 10 ** digits)
    .replaceAll(/[\u00a0\u202f]/g, ' ')
    .replace('￥', '¥')
}

function moment(language: string, { at, timeZone }: Slip): string {
  return new Intl.DateTimeFormat(language, {
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone,
  })
    .format(at)
    .replaceAll(/[\u00a0\u202f]/g, ' ')
}
