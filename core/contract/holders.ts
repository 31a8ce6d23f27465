import { z } from 'zod'
import { Uuid7 } from '../ids.ts'
import { MediumType } from '../media/medium.ts'
import { HeldCoupon } from './holdings.ts'

/** `GET /v1/holders/{id}`: a customer as staff see them; never by an identifier. */
export const Holder = z.object({
  holderId: z.string(),
  createdAt: z.iso.datetime(),
  media: z.array(z.object({ mediumId: z.string(), type: MediumType, blocked: z.boolean() })),
  coupons: z.array(HeldCoupon),
  /** How many phones are signed in. */
  phones: z.int(),
})
export type Holder = z.infer<typeof Holder>

/** `POST /v1/holders/find` (staff): whose a presented medium is, or a phone that somebody is signed in on. */
export const FindHolderRequest = z.object({ presentation: z.string().min(1).max(128) })
/** `mediumId`: the one of the holder's media that was shown; null: their phone was. */
export const FoundHolder = z.object({ holderId: z.string(), mediumId: z.string().nullable() })
export type FoundHolder = z.infer<typeof FoundHolder>

/** `GET /v1/holders/{id}/export` (admin): all that is kept of a customer; media by their type alone. */
export const HolderExport = z.object({
  exportedAt: z.iso.datetime(),
  holder: z.object({ holderId: z.string(), createdAt: z.iso.datetime() }),
  media: z.array(z.object({ mediumId: z.string(), type: MediumType, blocked: z.boolean() })),
  acquisitions: z.array(
    z.object({
      acquisitionId: z.string(),
      campaignId: z.string(),
      title: z.string(),
      acquiredAt: z.iso.datetime(),
      expiresAt: z.iso.datetime().nullable(),
      usesLeft: z.int(),
      revoked: z.boolean(),
    }),
  ),
  redemptions: z.array(
    z.object({
      redemptionId: z.string(),
      storeId: z.string(),
      at: z.iso.datetime(),
      state: z.string(),
      lines: z.array(
        z.object({ acquisitionId: z.string(), campaignId: z.string(), discount: z.int(), state: z.string() }),
      ),
    }),
  ),
  usage: z.array(z.object({ campaignId: z.string(), period: z.string(), uses: z.int() })),
  /** Phones that are signed in, and until when. */
  phones: z.array(z.object({ until: z.iso.datetime() })),
  /** Days on which the customer was at a store or got a coupon for it; store '' stands for all. */
  visits: z.array(z.object({ storeId: z.string(), lastDay: z.iso.date() })),
})
export type HolderExport = z.infer<typeof HolderExport>

/** `POST /v1/holders/{id}/sign-out-phones` (manager, admin): a phone is lost; whoever has it sees and proves nothing any more. */
export const SignOutPhonesRequest = z.object({ reason: z.string().trim().min(1).max(500) })
export const SignOutPhonesResponse = z.object({ signedOut: z.int() })

/** `POST /v1/holders/{id}/erase` (admin): for ever. Redemptions stay, and lead to nobody. */
export const EraseRequest = z.object({ actionId: Uuid7, reason: z.string().trim().min(1).max(500) })
export type EraseRequest = z.infer<typeof EraseRequest>
export const EraseResponse = z.object({
  actionId: Uuid7,
  holderId: z.string(),
  erased: z.object({ media: z.int(), acquisitions: z.int(), redemptions: z.int() }),
  changeSeq: z.int(),
})
export type EraseResponse = z.infer<typeof EraseResponse>

/** Server settings: how long things are kept, days; null: for ever. Read and set by an admin (`/v1/settings/retention`). */
export const Retention = z.object({
  /** Customers who have been nowhere and got nothing for so long are erased. */
  inactiveHolderDays: z.int().min(90).max(36_500).nullable().default(null),
  /** Bodies of settled journal events; their hashes stay. Never before ids are forgotten (120 days). */
  eventBodyDays: z.int().min(120).max(36_500).default(120),
  /** Lists of bad rows of imports. */
  importReportDays: z.int().min(1).max(3_650).default(30),
  /** Records of who linked, blocked, transferred, exported and erased. */
  holderActionDays: z.int().min(365).max(36_500).default(1_825),
})
export type Retention = z.infer<typeof Retention>
