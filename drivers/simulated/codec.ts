import type { RawMedium } from '../../core/media/medium.ts'
import { type CardOutcome, uidOutcome } from '../pcsc/codec.ts'

/**
 * What a real reader would make of this medium: card identifiers go through the same rules as a card's answer, so that
 * a sample card with a random UID fails here as it does on a counter.
 */
export function simulatedOutcome(medium: RawMedium): CardOutcome {
  switch (medium.type) {
    case 'felica-idm':
    case 'nfc-uid': {
      const [identifier = ''] = medium.identifier.split('@')
      if (!/^(?:[0-9a-f]{2})+$/i.test(identifier)) return { kind: 'failed', reason: 'medium_unreadable' }
      const outcome = uidOutcome(medium.type === 'felica-idm' ? 'felica' : '14443-a', bytesOf(identifier))
      return outcome.kind === 'medium' && outcome.medium.type === medium.type
        ? { kind: 'medium', medium }
        : mismatch(outcome)
    }
    case 'hce':
    case 'barcode':
    case 'qr':
    case 'card-token':
      return { kind: 'medium', medium }
  }
}

function mismatch(outcome: CardOutcome): CardOutcome {
  return outcome.kind === 'medium' ? { kind: 'failed', reason: 'medium_unreadable' } : outcome
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  )
}
