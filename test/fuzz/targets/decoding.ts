import fc from 'fast-check'
import { decodeScan, decodeText } from '../../../drivers/decoding/decodeScan.ts'
import { scanDataType, splitAim } from '../../../drivers/decoding/symbology.ts'
import { bytesLike, corpus, textLike } from '../inputs.ts'
import { fuzzTarget } from '../target.ts'
import { DecodedScan } from '../wellFormed.ts'

const scans = [...corpus('scans.txt'), ...corpus('gs1.txt'), ...corpus('links.txt')]

const AIMS = [null, ']E0', ']E3', ']E4', ']C0', ']C1', ']Q1', ']Q2', ']Q3', ']Q4', ']d2', ']d4', ']e0', ']X0', ']L1']
const aim = fc.oneof(fc.constantFrom(...AIMS), fc.string({ maxLength: 4 }))
const vendorCode = fc.oneof(fc.constantFrom(null, ...'cdDEIjswyz{}'), fc.string({ maxLength: 2 }))

/** Bytes of a symbol, however labelled, to a medium and scan data. */
export const decodingBytes = fuzzTarget(
  'decoding: bytes',
  fc.record({ data: bytesLike(scans), aim, vendorCode }),
  (symbol) => {
    DecodedScan.parse(decodeScan(symbol))
  },
)

/** Characters of a symbol, and the symbology they are taken for. */
export const decodingText = fuzzTarget(
  'decoding: text',
  fc.record({ text: textLike(scans), aim, vendorCode }),
  ({ text, aim: label, vendorCode: code }) => {
    DecodedScan.parse(decodeText(text, label, code))
    scanDataType(label, code, text)
    const split = splitAim(text)
    if ((split.aim ?? '') + split.text !== text) throw new Error('splitting an identifier off changed the text')
  },
)
