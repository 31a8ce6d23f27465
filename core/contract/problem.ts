import { z } from 'zod'
import { REASON_GROUPS } from '../reasonCodes.ts'

/** A reason on the wire is an open string; its group never grows, so an unknown reason can still be put into words. */
export const WireReason = { reason: z.string(), reasonGroup: z.enum(REASON_GROUPS) } as const

export const Params = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
export type Params = z.infer<typeof Params>

/** RFC 9457 body of every 4xx and 5xx. `reason` is from the closed list; absent on 404 and 5xx. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  reason: z.string().optional(),
  reasonGroup: z.enum(REASON_GROUPS).optional(),
  /** What the words of the reason need. */
  params: Params.optional(),
  /** As `x-request-id`: what the server's log calls this request. */
  requestId: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})
export type Problem = z.infer<typeof Problem>
