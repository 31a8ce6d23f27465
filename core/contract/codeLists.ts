import { z } from 'zod'
import { Uuid7 } from '../ids.ts'
import { AcquisitionCode } from './acquisitions.ts'

/** Codes in one request: one commit of the database. */
export const MOST_CODES = 5_000

/** `POST /v1/campaigns/{id}/code-lists`: makes a list that codes are put into. The same request again is answered alike. */
export const CodeListRequest = z.object({
  listId: Uuid7,
  name: z.string().trim().min(1).max(100),
  /** How many customers may redeem each code; each of them as often as the campaign lets one holder have it. */
  usesPerCode: z.int().min(1).max(1_000_000).default(1),
  /** Codes of the list are good until then; absent: as long as the campaign can be acquired. */
  until: z.iso.datetime().optional(),
})
export type CodeListRequest = z.infer<typeof CodeListRequest>

export const CodeList = z.object({
  listId: Uuid7,
  campaignId: Uuid7,
  name: z.string(),
  usesPerCode: z.int(),
  until: z.iso.datetime().nullable(),
  madeBy: z.string(),
  /** null: whoever it was is not known any more. */
  madeByName: z.string().nullable(),
  madeAt: z.iso.datetime(),
  codes: z.int(),
  redeemed: z.int(),
})
export type CodeList = z.infer<typeof CodeList>
export const CodeListPage = z.object({ lists: z.array(CodeList) })

/**
 * `POST /v1/code-lists/{id}/codes`: puts codes in: `count` new ones with the numbers from `first` on, which are made from the
 * deployment's key and so are the same when the request is repeated; or `codes` of your own. Only hashes are kept.
 */
export const CodesRequest = z.union([
  z.object({ first: z.int().min(0).max(10_000_000), count: z.int().min(1).max(MOST_CODES) }),
  z.object({ codes: z.array(AcquisitionCode).min(1).max(MOST_CODES) }),
])
export type CodesRequest = z.infer<typeof CodesRequest>

export const CodesResponse = z.object({
  listId: Uuid7,
  /** New in the list. */
  added: z.int(),
  /** In it, or in another list, already. */
  repeated: z.int(),
  /** Places in `codes` of those that are no codes: too short, too long. */
  unusable: z.array(z.int()),
  /** Those that were made; shown here and nowhere else. */
  codes: z.array(z.string()).optional(),
})
export type CodesResponse = z.infer<typeof CodesResponse>
