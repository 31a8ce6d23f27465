import type { HidDevice } from './protocol.ts'

/**
 * HID POS scanners as their makers lay them out: a report descriptor, and reports to match. The layouts come from
 * published manuals and drivers; identities of vendors are used only where the layout is theirs.
 */
export interface ScannerModel {
  readonly name: string
  readonly vendorId: number
  readonly productId: number
  /** null: reports carry no ID byte. */
  readonly reportId: number | null
  readonly fields: readonly Field[]
}

/** One input field. `bits` (default 8) a piece, `count` pieces; `usages` none: padding. */
interface Field {
  readonly role: 'status' | 'length' | 'aim' | 'data' | 'codeId' | 'reserved' | 'continued' | 'padding'
  readonly usagePage?: number
  readonly usages?: readonly number[]
  readonly count: number
  readonly bits?: number
}

const SCANNER_PAGE = 0x8c
const VENDOR_PAGE = 0xff66
const length: Field = { role: 'length', usagePage: 0x01, usages: [0x3b], count: 1 }
const aim: Field = { role: 'aim', usagePage: SCANNER_PAGE, usages: [0xfb, 0xfc, 0xfd], count: 3 }
const data = (count: number): Field => ({ role: 'data', usagePage: SCANNER_PAGE, usages: [0xfe], count })
const codeId: Field = { role: 'codeId', usagePage: VENDOR_PAGE, usages: [0x04], count: 1 }
const reserved = (count: number): Field => ({ role: 'reserved', count })
const continuedBit: readonly Field[] = [
  { role: 'continued', usagePage: SCANNER_PAGE, usages: [0xff], count: 1, bits: 1 },
  { role: 'padding', count: 1, bits: 7 },
]

/** Honeywell and Access-IS: LSR118 manual p. 68. 64 bytes with the ID. */
export const HONEYWELL: ScannerModel = {
  name: 'HID POS scanner, 64 bytes',
  vendorId: 0x0c2e,
  productId: 0x0b6a,
  reportId: 2,
  fields: [length, aim, data(56), codeId, reserved(1), ...continuedBit],
}

/** The same behind a vendor's status byte, as the WebHID drivers meet it (`offset = 1`). */
export const SHIFTED: ScannerModel = {
  name: 'HID POS scanner, shifted by a byte',
  vendorId: 0x1234,
  productId: 0x0001,
  reportId: 2,
  fields: [
    { role: 'status', usagePage: VENDOR_PAGE, usages: [0x01], count: 1 },
    length,
    aim,
    data(56),
    codeId,
    ...continuedBit,
  ],
}

/** Newland FM430: no AIM identifier, data from byte 2, code ID at 62. */
export const WITHOUT_AIM: ScannerModel = {
  name: 'HID POS scanner, no AIM',
  vendorId: 0x1eab,
  productId: 0x0d10,
  reportId: 2,
  fields: [length, data(56), reserved(4), codeId, ...continuedBit],
}

/** A device with a single report numbers none: every offset is one less. */
export const UNNUMBERED: ScannerModel = {
  name: 'HID POS scanner, no report ID',
  vendorId: 0x1234,
  productId: 0x0002,
  reportId: null,
  fields: [length, aim, data(32), ...continuedBit],
}

/** A scanner of this model. `serial` empty: the model has none, as cheap ones have not. */
export function hidDevice(model: ScannerModel, serial: string): HidDevice {
  return {
    vendorId: model.vendorId,
    productId: model.productId,
    product: model.name,
    serial,
    descriptor: descriptorOf(model).toString('hex'),
    reportSize: sizeOf(model),
  }
}

/** A scanned symbol as this model reports it: as many reports as its data needs. `aim`, e.g. `]E0`, if it sends one. */
export function scanReports(model: ScannerModel, symbol: Uint8Array, aimIdentifier: string): Buffer[] {
  const room = model.fields.find(({ role }) => role === 'data')?.count ?? 0
  const reports: Buffer[] = []
  for (let at = 0; at === 0 || at < symbol.length; at += room) {
    const part = symbol.subarray(at, at + room)
    reports.push(report(model, part, aimIdentifier, at + room < symbol.length))
  }
  return reports
}

function report(model: ScannerModel, part: Uint8Array, aimIdentifier: string, continues: boolean): Buffer {
  const bytes: Buffer[] = model.reportId === null ? [] : [Buffer.of(model.reportId)]
  for (const field of model.fields) {
    if (field.role === 'padding') continue
    const content = Buffer.alloc(field.role === 'continued' ? 1 : field.count)
    if (field.role === 'length') content[0] = part.length
    else if (field.role === 'aim') content.write(aimIdentifier, 'latin1')
    else if (field.role === 'data') content.set(part)
    else if (field.role === 'codeId') content.write('d', 'latin1')
    else if (field.role === 'continued') content[0] = continues ? 1 : 0
    bytes.push(content)
  }
  return Buffer.concat(bytes)
}

function sizeOf(model: ScannerModel): number {
  const bits = model.fields.reduce((sum, { count, bits = 8 }) => sum + count * bits, 0)
  return bits / 8 + (model.reportId === null ? 0 : 1)
}

/** HID 1.11 §6.2.2: short items. */
function descriptorOf(model: ScannerModel): Buffer {
  const bytes: number[] = []
  const item = (tag: number, value: number) => {
    if (value > 0xff) bytes.push(tag | 2, value & 0xff, value >> 8)
    else bytes.push(tag | 1, value)
  }
  const [usagePage, usage, collection, reportId] = [0x04, 0x08, 0xa0, 0x84] as const
  const [logicalMin, logicalMax, reportSize, reportCount, input] = [0x14, 0x24, 0x74, 0x94, 0x80] as const
  item(usagePage, SCANNER_PAGE)
  item(usage, 0x02)
  item(collection, 0x01)
  // Scanned Data Report.
  item(usage, 0x12)
  item(collection, 0x02)
  if (model.reportId !== null) item(reportId, model.reportId)
  item(logicalMin, 0)
  for (const field of model.fields) {
    const { usagePage: page, usages = [], bits = 8, count } = field
    item(logicalMax, 2 ** bits - 1)
    item(reportSize, bits)
    item(reportCount, count)
    if (page !== undefined) item(usagePage, page)
    for (const each of usages) item(usage, each)
    // Data or constant, variable, absolute; data bytes are buffered.
    item(input, usages.length === 0 ? 0x03 : field.role === 'data' ? 0x102 : 0x02)
  }
  bytes.push(0xc0, 0xc0)
  return Buffer.from(bytes)
}
