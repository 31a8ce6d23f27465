import { declaredReports, type ReportField } from './descriptor.ts'

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
  /** The vendor's one-letter code for the symbology, where the family is known to send one. */
  readonly codeIdAt?: number
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

/**
 * The layout that a HID report descriptor declares (HID 1.11 §6.2.2), or null when it has no decoded data or a field
 * we use does not start on a byte.
 */
export function layoutOf(descriptor: Uint8Array): ReportLayout | null {
  for (const [reportId, fields] of declaredReports(descriptor).input) {
    const layout = layoutOfReport(reportId, fields)
    if (layout) return layout
  }
  return null
}

function layoutOfReport(reportId: number, fields: readonly ReportField[]): ReportLayout | null {
  const find = (usage: number) => fields.find((field) => field.usage === usage)
  const dataFields = fields.filter((field) => field.usage === DECODED_DATA)
  const [data] = dataFields
  if (!data || contiguousBytes(dataFields) === 0) return null
  const header = reportId === 0 ? 0 : 1
  const byteAt = (field: ReportField) => header + field.bit / 8
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
function contiguousBytes(fields: readonly ReportField[]): number {
  const start = fields[0]?.bit ?? 0
  let bits = 0
  for (const field of fields) {
    if (field.bits % 8 !== 0 || field.bit !== start + bits) break
    bits += field.bits
  }
  return bits / 8
}
