import type { ScannedSymbol } from '../decoding/decodeScan.ts'
import type { ReportLayout } from './layout.ts'

/**
 * What the reports so far amount to: one whole symbol, one presentation that was lost, or something that is no
 * presentation at all (a configuration reply, a report of another kind).
 */
export type HidScan =
  | { readonly kind: 'symbol'; readonly symbol: ScannedSymbol }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'ignored' }

/** More than the largest QR code (7,089 digits). */
const MAX_SYMBOL_BYTES = 8_192

/** Reports of one symbol follow each other within milliseconds; after this a missing rest never comes. */
export const CONTINUATION_DEADLINE_MS = 500

/** Marks the end of a reply to a command (Honeywell); no symbology has it. */
const END_OF_REPLY = ']Z6'
/**
 * Marks both the text of such a reply and symbologies that AIM has no letter for, such as Matrix 2 of 5 and UPC-E1. A
 * reply's code ID is `?` (recorded in HenkVanAsselt/python_hon_usbhid), which else is Korea Post's: digits.
 */
const NO_SYMBOLOGY = ']X0'
const CODE_ID_OF_REPLY = '?'

/** One report's part of a symbol. */
interface Part {
  readonly aim: string | null
  readonly codeId: string | null
  readonly data: Uint8Array
  readonly atMs: number
}

interface Partial extends Part {
  /** Too long: swallowed to its end, then reported as unreadable. */
  readonly overflowed: boolean
}

/** Input reports of a HID POS scanner → symbols. One per open device; never yields part of a symbol. */
export class HidCodec {
  #layout: ReportLayout
  /** The layout is a guess, because no descriptor could be read: the first AIM identifier may put it right. */
  #guessed: boolean
  #partial: Partial | null = null

  constructor(layout: ReportLayout, { guessed = false } = {}) {
    this.#layout = layout
    this.#guessed = guessed
  }

  /** Which bytes of a report are data, for those who must not show them. */
  get dataRange(): readonly [from: number, to: number] {
    // While the layout is a guess, data may begin right behind the ID and the length.
    return this.#guessed ? [2, 64] : [this.#layout.dataAt, this.#layout.dataAt + this.#layout.dataSize]
  }

  /** Takes one input report, its ID byte included, at a monotonic time in milliseconds. */
  push(report: Uint8Array, atMs: number): HidScan[] {
    if (this.#guessed) this.#settle(report)
    const layout = this.#layout
    if (layout.reportId !== null && report[0] !== layout.reportId) return [{ kind: 'ignored' }]
    const scans = this.expire(atMs)
    const data = this.#data(report)
    if (data === null) {
      this.#partial = null
      return [...scans, { kind: 'unreadable' }]
    }
    const aim = this.#aim(report)
    if (aim === END_OF_REPLY) return [...scans, { kind: 'ignored' }]
    const codeId = this.#codeId(report)
    let before = this.#partial
    if (before && before.aim !== aim) {
      // Another symbol begins: the rest of the one before was lost.
      scans.push(lost(before))
      before = null
    }
    const joined = join(before, { aim, codeId, data, atMs })
    const continued = layout.continued !== null && ((report[layout.continued.at] ?? 0) & layout.continued.mask) !== 0
    this.#partial = continued ? joined : null
    if (continued) return scans
    if (joined.overflowed) return [...scans, { kind: 'unreadable' }]
    if (joined.data.length === 0) return scans
    if (isReply(joined)) return [...scans, { kind: 'ignored' }]
    const symbol = { data: joined.data, aim: joined.aim, ...(codeId === null ? {} : { vendorCode: codeId }) }
    return [...scans, { kind: 'symbol', symbol }]
  }

  /** Gives up a symbol whose rest has not come in time. */
  expire(atMs: number): HidScan[] {
    if (!this.#partial || atMs - this.#partial.atMs < CONTINUATION_DEADLINE_MS) return []
    const rest = lost(this.#partial)
    this.#partial = null
    return [rest]
  }

  /** Whether the rest of a symbol is awaited. */
  get pending(): boolean {
    return this.#partial !== null
  }

  /** null: the report is shorter than its own data. */
  #data(report: Uint8Array): Uint8Array | null {
    const { lengthAt, dataAt, dataSize } = this.#layout
    const room = report.subarray(dataAt, dataAt + dataSize)
    if (lengthAt === null) {
      let end = room.length
      while (end > 0 && room[end - 1] === 0) end -= 1
      return room.slice(0, end)
    }
    const length = report[lengthAt]
    if (length === undefined || length > room.length) return null
    return room.slice(0, length)
  }

  #codeId(report: Uint8Array): string | null {
    const code = this.#layout.codeIdAt === undefined ? 0 : (report[this.#layout.codeIdAt] ?? 0)
    return code > 0x20 && code < 0x7f ? String.fromCharCode(code) : null
  }

  /** Some devices put a byte in front, so that all else is one later (webhid-barcode-scanner's `offset`). */
  #settle(report: Uint8Array): void {
    const at = this.#layout.aimAt
    if (at === null || report[0] !== this.#layout.reportId) return
    if (!isAim(report, at) && isAim(report, at + 1)) this.#layout = shifted(this.#layout)
    this.#guessed = !isAim(report, at) && !isAim(report, at + 1)
  }

  /** Zeros: the device knows no identifier for this symbol. */
  #aim(report: Uint8Array): string | null {
    const at = this.#layout.aimAt
    if (at === null || report[at] !== 0x5d) return null
    return String.fromCharCode(...report.subarray(at, at + 3))
  }
}

function isReply({ aim, codeId, data }: Partial): boolean {
  if (aim !== NO_SYMBOLOGY || codeId !== CODE_ID_OF_REPLY) return false
  return !data.every((byte) => byte >= 0x30 && byte <= 0x39)
}

/** What is left of a symbol whose rest will not come. */
const lost = (partial: Partial): HidScan => ({ kind: isReply(partial) ? 'ignored' : 'unreadable' })

function join(before: Partial | null, part: Part): Partial {
  if (before?.overflowed || (before?.data.length ?? 0) + part.data.length > MAX_SYMBOL_BYTES) {
    return { ...part, data: new Uint8Array(), overflowed: true }
  }
  if (!before) return { ...part, overflowed: false }
  const joined = new Uint8Array(before.data.length + part.data.length)
  joined.set(before.data)
  joined.set(part.data, before.data.length)
  return { ...part, data: joined, overflowed: false }
}

function isAim(report: Uint8Array, at: number): boolean {
  const isWord = (code = 0) => /[0-9A-Za-z]/.test(String.fromCharCode(code))
  return report[at] === 0x5d && isWord(report[at + 1]) && isWord(report[at + 2])
}

function shifted(layout: ReportLayout): ReportLayout {
  return {
    ...layout,
    lengthAt: layout.lengthAt === null ? null : layout.lengthAt + 1,
    aimAt: layout.aimAt === null ? null : layout.aimAt + 1,
    dataAt: layout.dataAt + 1,
    // What follows the data would lie behind the report's end.
    continued: layout.continued && { at: Math.min(layout.continued.at + 1, 63), mask: layout.continued.mask },
    ...(layout.codeIdAt === undefined ? {} : { codeIdAt: layout.codeIdAt + 1 }),
  }
}
