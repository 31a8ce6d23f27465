import { z } from 'zod'
import { Params } from '../../core/contract/problem.ts'
import { MEDIUM_TYPES, RawMedium } from '../../core/media/medium.ts'
import { ReadFailure } from '../../core/readers/reader.ts'
import { ScanData } from '../../core/readers/scan.ts'
import { REASON_CODES } from '../../core/reasonCodes.ts'

/** More than the largest symbol: what a codec keeps of one never exceeds it. */
const MAX_SYMBOL_BYTES = 8_192

/** Bytes of one whole symbol. */
export const SymbolBytes = z
  .instanceof(Uint8Array)
  .refine(({ length }) => length > 0 && length <= MAX_SYMBOL_BYTES, 'not the size of a symbol')

const Failed = z.object({ ok: z.literal(false), reason: ReadFailure.shape.reason })

/** What a decoder of scans answers. */
export const DecodedScan = z.union([
  z.strictObject({ ok: z.literal(true), value: z.strictObject({ medium: RawMedium, scan: ScanData.strict() }) }),
  Failed.strict(),
])

/** What a reader's codec answers for one medium. */
export const ReadMedium = z.union([z.strictObject({ ok: z.literal(true), value: RawMedium }), Failed.strict()])

/** The canonical form of a medium: characters of 512 UTF-16 units, normalised, are at most this many bytes. */
export const Canonical = z.union([
  z.strictObject({
    ok: z.literal(true),
    value: z.strictObject({
      type: z.enum(MEDIUM_TYPES),
      bytes: z.instanceof(Uint8Array).refine(({ length }) => length > 0 && length <= 512 * 9, 'no canonical size'),
    }),
  }),
  z.strictObject({ ok: z.literal(false), reason: z.enum(REASON_CODES), params: Params }),
])

/** GS1 elements, or a named fault. */
export const Gs1Reading = z.union([
  z.strictObject({
    ok: z.literal(true),
    value: z.strictObject({
      elements: z.array(ScanData.shape.gs1.unwrap().element.strict()).min(1).max(700),
      ambiguous: z.boolean(),
    }),
  }),
  z.strictObject({ ok: z.literal(false), fault: z.enum(['empty', 'too_long', 'not_gs1', 'not_digital_link']) }),
])
