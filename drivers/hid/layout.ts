/** Where a HID POS scanner's input report holds what. Offsets are bytes from the start of the report, its ID included. */
export interface ReportLayout {
  /** null: the device numbers no reports and the report has no ID byte. */
  readonly reportId: number | null
  /** Count of data bytes; null: data is padded with zeros. */
  readonly lengthAt: number | null
  /** Three characters of AIM identifier, `]cm`; null: the device sends none. */
  readonly aimAt: number | null
  readonly dataAt: number
  readonly dataSize: number
  /** Not zero in this byte under this mask: more reports follow. null: a symbol is always one report. */
  readonly continued: { readonly at: number; readonly mask: number } | null
}

/** Honeywell and Access-IS (LSR118 manual p. 68): the de-facto layout, used where no descriptor can be read. */
export const DEFAULT_LAYOUT: ReportLayout = {
  reportId: 0x02,
  lengthAt: 1,
  aimAt: 2,
  dataAt: 5,
  dataSize: 56,
  continued: { at: 63, mask: 0xff },
}

/** Usage page of bar code scanners and its usages (USB-IF Point of Sale usage tables). */
export const SCANNER_USAGE_PAGE = 0x8c
export const SCANNER_USAGE = 0x02
const SYMBOLOGY_IDENTIFIER_1 = 0x8c_00fb
const SYMBOLOGY_IDENTIFIER_2 = 0x8c_00fc
const SYMBOLOGY_IDENTIFIER_3 = 0x8c_00fd
const DECODED_DATA = 0x8c_00fe
const DECODE_DATA_CONTINUED = 0x8c_00ff
/** Generic Desktop, Byte Count. */
const BYTE_COUNT = 0x01_003b

/** One input field of one report. */
interface Field {
  readonly usage: number
  /** From the start of the report's payload, which follows the ID byte. */
  readonly bit: number
  readonly bits: number
}

/**
 * The layout that a HID report descriptor declares (HID 1.11 §6.2.2), or null when it has no decoded data or a field
 * we use does not start on a byte.
 */
export function layoutOf(descriptor: Uint8Array): ReportLayout | null {
  for (const [reportId, fields] of inputReports(descriptor)) {
    const layout = layoutOfReport(reportId, fields)
    if (layout) return layout
  }
  return null
}

function layoutOfReport(reportId: number, fields: readonly Field[]): ReportLayout | null {
  const find = (usage: number) => fields.find((field) => field.usage === usage)
  const dataFields = fields.filter((field) => field.usage === DECODED_DATA)
  const [data] = dataFields
  if (!data || contiguousBytes(dataFields) === 0) return null
  const header = reportId === 0 ? 0 : 1
  const byteAt = (field: Field) => header + field.bit / 8
  const aim = [SYMBOLOGY_IDENTIFIER_1, SYMBOLOGY_IDENTIFIER_2, SYMBOLOGY_IDENTIFIER_3].map(find)
  const [first, second, third] = aim
  const consecutive =
    first && second && third && second.bit === first.bit + 8 && third.bit === second.bit + 8 ? first : null
  // Some descriptors give the count a vendor's usage: it is the only byte in front of the identifier or the data.
  const front = consecutive ?? data
  const length = find(BYTE_COUNT) ?? fields.find((field) => field.bit === 0 && field.bits === 8 && front.bit === 8)
  const continued = find(DECODE_DATA_CONTINUED)
  if ([data, consecutive, length].some((field) => field && field.bit % 8 !== 0)) return null
  return {
    reportId: reportId === 0 ? null : reportId,
    lengthAt: length && length !== data ? byteAt(length) : null,
    aimAt: consecutive ? byteAt(consecutive) : null,
    dataAt: byteAt(data),
    dataSize: contiguousBytes(dataFields),
    continued: continued
      ? {
          at: header + Math.floor(continued.bit / 8),
          mask: continued.bits >= 8 ? 0xff : ((1 << continued.bits) - 1) << (continued.bit % 8),
        }
      : null,
  }
}

/** Bytes from the first field on, as far as whole bytes follow each other without a gap. */
function contiguousBytes(fields: readonly Field[]): number {
  const start = fields[0]?.bit ?? 0
  let bits = 0
  for (const field of fields) {
    if (field.bits % 8 !== 0 || field.bit !== start + bits) break
    bits += field.bits
  }
  return bits / 8
}

/** A descriptor is a few hundred bytes; these keep a hostile one from costing anything. */
const MAX_DESCRIPTOR = 4_096
const MAX_FIELDS = 4_096

/** Walks the descriptor's items and collects the input fields of every report; broken items end the walk. */
function inputReports(descriptor: Uint8Array): Map<number, Field[]> {
  const reports = new Map<number, Field[]>()
  const bits = new Map<number, number>()
  const stack: { usagePage: number; reportId: number; reportSize: number; reportCount: number }[] = []
  let global = { usagePage: 0, reportId: 0, reportSize: 0, reportCount: 0 }
  let usages: number[] = []
  let usageRange: { min: number; max: number } = { min: 0, max: 0 }
  let fieldCount = 0

  for (let at = 0; at < Math.min(descriptor.length, MAX_DESCRIPTOR); ) {
    const prefix = descriptor[at] ?? 0
    if (prefix === 0xfe) {
      at += 3 + (descriptor[at + 1] ?? 0)
      continue
    }
    const size = [0, 1, 2, 4][prefix & 0x03] ?? 0
    if (at + 1 + size > descriptor.length) break
    let value = 0
    for (let index = size; index >= 1; index -= 1) value = value * 256 + (descriptor[at + index] ?? 0)
    at += 1 + size
    const usage = size === 4 ? value : global.usagePage * 0x10000 + value
    switch (prefix & 0xfc) {
      case 0x04:
        global = { ...global, usagePage: value }
        break
      case 0x74:
        global = { ...global, reportSize: value }
        break
      case 0x84:
        global = { ...global, reportId: value }
        break
      case 0x94:
        global = { ...global, reportCount: value }
        break
      case 0xa4:
        if (stack.length < 16) stack.push(global)
        break
      case 0xb4:
        global = stack.pop() ?? global
        break
      case 0x08:
        if (usages.length < MAX_FIELDS) usages.push(usage)
        break
      case 0x18:
        usageRange = { ...usageRange, min: usage }
        break
      case 0x28:
        usageRange = { ...usageRange, max: usage }
        if (usageRange.max - usageRange.min < 256) {
          for (let each = usageRange.min; each <= usageRange.max; each += 1) usages.push(each)
        }
        break
      case 0x80: {
        const fields = reports.get(global.reportId) ?? []
        reports.set(global.reportId, fields)
        let bit = bits.get(global.reportId) ?? 0
        const count = Math.min(global.reportCount, MAX_FIELDS - fieldCount)
        fieldCount += count
        for (let index = 0; index < count; index += 1) {
          // A constant is padding whatever usage stands before it; the last usage repeats for the rest of an array.
          const declared = (value & 0x01) !== 0 ? 0 : (usages[Math.min(index, usages.length - 1)] ?? 0)
          fields.push({ usage: declared, bit, bits: global.reportSize })
          bit += global.reportSize
        }
        bits.set(global.reportId, bit)
        usages = []
        break
      }
      case 0x90:
      case 0xb0:
      case 0xa0:
      case 0xc0:
        // Output, feature, collection and its end: they only use up the local items.
        usages = []
        break
      default:
        break
    }
  }
  return reports
}
