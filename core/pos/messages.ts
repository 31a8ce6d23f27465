import { z } from 'zod'
import { PosCounter } from './counterView.ts'
import { PosTransaction } from './transaction.ts'

/** What a counter sends on a POS's WebSocket. `welcome` comes first, then what was missed, then what happens. */
export const PosMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), posId: z.string(), name: z.string(), cursor: z.int() }),
  /** The whole state, at once and after every change. */
  z.object({ type: z.literal('counter'), counter: PosCounter }),
  /** A sale as it is now, after every change of it. */
  z.object({ type: z.literal('transaction'), transaction: PosTransaction }),
  /** Every ten seconds: a line on which nothing comes for thirty is dead. */
  z.object({ type: z.literal('alive') }),
])
export type PosMessage = z.infer<typeof PosMessage>

/** Why a counter closes a POS's WebSocket, as its close codes. */
export const POS_CLOSE = { invalid: 4400, unauthorized: 4401, forbidden: 4403, late: 4408, tooSlow: 4413 } as const
