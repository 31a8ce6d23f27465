import { z } from 'zod'
import { Uuid7 } from '../ids.ts'
import { WireMedium } from '../media/medium.ts'
import { Params, WireReason } from './problem.ts'

/** As it was typed or scanned; compared by `core/acquisition/code`. */
export const AcquisitionCode = z.string().min(1).max(128)

const what = { campaignId: Uuid7.optional(), code: AcquisitionCode.optional() }

const oneOfThem = ({ campaignId, code }: { campaignId?: string | undefined; code?: string | undefined }): boolean =>
  (campaignId === undefined) !== (code === undefined)
const ONE_OF_THEM = { message: 'send either campaignId or code', path: ['campaignId'] }

/** `POST /v1/acquisitions`: a coupon of a campaign, or of the campaign that a unique code is for, onto a medium. */
export const AcquisitionRequest = z
  .object({ acquisitionId: Uuid7, ...what, medium: WireMedium })
  .refine(oneOfThem, ONE_OF_THEM)
export type AcquisitionRequest = z.infer<typeof AcquisitionRequest>

/** `POST /v1/my/acquisitions`: the same for whoever is signed in on a phone. */
export const MyAcquisitionRequest = z.object({ acquisitionId: Uuid7, ...what }).refine(oneOfThem, ONE_OF_THEM)
export type MyAcquisitionRequest = z.infer<typeof MyAcquisitionRequest>

/** `POST /v1/holders/{id}/acquisitions`: staff give a coupon, whether customers may take it themselves or not. */
export const HolderAcquisitionRequest = z.object({ acquisitionId: Uuid7, campaignId: Uuid7 })
export type HolderAcquisitionRequest = z.infer<typeof HolderAcquisitionRequest>

export const AcquisitionResponse = z.discriminatedUnion('status', [
  z.object({
    acquisitionId: Uuid7,
    status: z.literal('acquired'),
    changeSeq: z.int(),
    /** What a code turned out to be for. */
    campaignId: Uuid7.optional(),
    /** The coupon's own end; absent: its campaign's. */
    expiresAt: z.iso.datetime().optional(),
  }),
  z.object({
    acquisitionId: Uuid7,
    status: z.literal('refused'),
    ...WireReason,
    params: Params.default({}),
  }),
])
export type AcquisitionResponse = z.infer<typeof AcquisitionResponse>
