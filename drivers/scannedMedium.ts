import type { RawMedium } from '../core/media/medium.ts'
import { accepted, type Outcome } from '../core/outcome.ts'
import { decodeScan, decodeText, type ScannedSymbol, type ScanOutcome } from './decoding/decodeScan.ts'

export type { ScannedSymbol } from './decoding/decodeScan.ts'

type MediumOutcome = Outcome<RawMedium, { readonly reason: 'medium_unreadable' }>

/** The medium alone of a scanned symbol: see `decodeScan`. */
export const scannedMedium = (symbol: ScannedSymbol): MediumOutcome => mediumOf(decodeScan(symbol))

/** The medium alone of scanned characters: see `decodeText`. */
export const mediumOfText = (text: string, aim: string | null): MediumOutcome => mediumOf(decodeText(text, aim))

const mediumOf = (outcome: ScanOutcome): MediumOutcome => (outcome.ok ? accepted(outcome.value.medium) : outcome)
