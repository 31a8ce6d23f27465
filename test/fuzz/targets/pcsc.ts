import fc from 'fast-check'
import { z } from 'zod'
import { canonicalMedium } from '../../../core/media/canonical.ts'
import { RawMedium } from '../../../core/media/medium.ts'
import { cardFamily, cardOutcome } from '../../../drivers/pcsc/codec.ts'
import { bytesLike, corpus } from '../inputs.ts'
import { fuzzTarget } from '../target.ts'

const cards = corpus('cards.hex')

const CardOutcome = z.union([
  z.object({ kind: z.literal('medium'), medium: RawMedium }),
  z.object({ kind: z.literal('failed'), reason: z.enum(['medium_unstable', 'medium_unreadable']) }),
  z.object({ kind: z.literal('removed') }),
])

/** ATRs and answers to APDUs: which card it is, and what its identity. Ours are always ones that can be hashed. */
export const pcsc = fuzzTarget(
  'pcsc: ATR and answer',
  fc.record({ atr: bytesLike(cards, 40), response: bytesLike(cards, 300) }),
  ({ atr, response }) => {
    z.enum(['14443-a', '14443-b', '15693', 'felica', 'unknown']).parse(cardFamily(atr))
    const outcome = CardOutcome.parse(cardOutcome(atr, response))
    if (outcome.kind !== 'medium') return
    const canonical = canonicalMedium(outcome.medium, { acceptNonUniqueUids: true })
    if (!canonical.ok) throw new Error(`a medium that the counter refuses: ${canonical.reason}`)
  },
)
