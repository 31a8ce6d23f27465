import { z } from 'zod'
import { Uuid7 } from '../ids.ts'
import { WireMedium } from '../media/medium.ts'
import { Params, WireReason } from './problem.ts'

export const AcquisitionRequest = z.object({ acquisitionId: Uuid7, campaignId: Uuid7, medium: WireMedium })
export type AcquisitionRequest = z.infer<typeof AcquisitionRequest>

export const AcquisitionResponse = z.discriminatedUnion('status', [
  z.object({ acquisitionId: Uuid7, status: z.literal('acquired'), changeSeq: z.int() }),
  z.object({
    acquisitionId: Uuid7,
    status: z.literal('refused'),
    ...WireReason,
    params: Params.default({}),
  }),
])
export type AcquisitionResponse = z.infer<typeof AcquisitionResponse>
