/** One input field of one report. */
export interface ReportField {
  readonly usage: number
  /** From the start of the report's payload, which follows the ID byte. */
  readonly bit: number
  readonly bits: number
}

export interface DeclaredReports {
  /** By report ID; 0: the device numbers none. */
  readonly input: ReadonlyMap<number, readonly ReportField[]>
  /** IDs of its feature reports. */
  readonly features: ReadonlySet<number>
}

/** A descriptor is a few hundred bytes; these keep a hostile one from costing anything. */
const MAX_DESCRIPTOR = 4_096
const MAX_FIELDS = 4_096

/** Walks the descriptor's items (HID 1.11 §6.2.2) and collects what its reports hold; broken items end the walk. */
export function declaredReports(descriptor: Uint8Array): DeclaredReports {
  const reports = new Map<number, ReportField[]>()
  const features = new Set<number>()
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
      case 0xb0:
        features.add(global.reportId)
        usages = []
        break
      case 0x90:
      case 0xa0:
      case 0xc0:
        // Output, collection and its end: they only use up the local items.
        usages = []
        break
      default:
        break
    }
  }
  return { input: reports, features }
}
