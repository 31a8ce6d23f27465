import { z } from 'zod'

/** Bar code symbologies as far as scanners tell them apart; `gs1-*`: FNC1 in first position says that AIs follow. */
export const SYMBOLOGIES = [
  'ean13',
  'ean8',
  'upc-a',
  'upc-e',
  'ean-addon',
  'code128',
  'gs1-128',
  'code39',
  'code93',
  'code11',
  'codabar',
  'itf',
  'standard-2of5',
  'matrix-2of5',
  'msi',
  'telepen',
  'plessey',
  'code16k',
  'code49',
  'codablock',
  'databar',
  'composite',
  'pdf417',
  'micropdf417',
  'maxicode',
  'datamatrix',
  'gs1-datamatrix',
  'qr',
  'gs1-qr',
  'aztec',
  'gs1-aztec',
  'dotcode',
  'gs1-dotcode',
  'han-xin',
  'postal',
  'other',
  'unknown',
] as const
export const Symbology = z.enum(SYMBOLOGIES)
export type Symbology = z.infer<typeof Symbology>

/**
 * What a scanner's read is, beside its medium, whose identifier stays the raw string. UPOS calls the symbology
 * ScanDataType. Like the medium, elements are never stored or logged.
 */
export const ScanData = z.object({
  /** `by` says whose word it is: the AIM identifier's, the vendor's code, or our guess from the characters. */
  symbology: Symbology,
  by: z.enum(['aim', 'vendor', 'guess']),
  /** GTIN-14 of the product whose code this is, its check digit right. */
  gtin: z
    .string()
    .regex(/^\d{14}$/)
    .optional(),
  gs1: z
    .array(z.object({ ai: z.string().regex(/^\d{2,4}$/), value: z.string().min(1).max(90) }))
    .max(200)
    .optional(),
  /** No separator came with `gs1` and it can be read in another way: the scanner may swallow FNC1. */
  gs1Ambiguous: z.boolean().optional(),
})
export type ScanData = z.infer<typeof ScanData>
