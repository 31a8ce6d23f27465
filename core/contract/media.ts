import { z } from 'zod'
import { Uuid7 } from '../ids.ts'
import { Entry, MediumType, WireMedium } from '../media/medium.ts'

/** How long a presentation proves that a medium was there. */
export const PRESENTATION_MS = 5 * 60_000

/**
 * `POST /v1/media/presentations` (stations): a medium was tapped or scanned here just now. What comes back proves it for a
 * few minutes, once, at this store. A typed number proves nothing.
 */
export const PresentationRequest = z.object({ medium: WireMedium, entry: Entry.extract(['tap', 'scan']) })
export type PresentationRequest = z.infer<typeof PresentationRequest>
export const PresentationResponse = z.object({
  /** Twelve characters in groups of four, to read from one screen and type on another. */
  presentation: z.string(),
  expiresAt: z.iso.datetime(),
  known: z.boolean(),
})
export type PresentationResponse = z.infer<typeof PresentationResponse>

const Presentation = z.string().min(1).max(128)
const Why = z.string().trim().min(1).max(500)

/** `POST /v1/media/link`: two media that were both shown belong to one customer from now on. */
export const LinkRequest = z.object({ actionId: Uuid7, presentations: z.tuple([Presentation, Presentation]) })
export type LinkRequest = z.infer<typeof LinkRequest>

/** A medium that staff speak of: one of the list of a holder, or one that lies there. */
const Medium = z.union([z.object({ mediumId: z.string().min(1).max(64) }), z.object({ presentation: Presentation })])

/** `POST /v1/media/block`: nobody can use it until it is unblocked. */
export const BlockRequest = z.object({
  actionId: Uuid7,
  medium: Medium,
  blocked: z.boolean().default(true),
  reason: Why,
})
export type BlockRequest = z.infer<typeof BlockRequest>

/**
 * `POST /v1/media/transfer`: a medium is lost. It is blocked, and the medium that lies there takes its place. `proof`: what
 * staff went by, in their words, or another medium of the same customer, or their phone.
 */
export const TransferRequest = z.object({
  actionId: Uuid7,
  from: z.object({ mediumId: z.string().min(1).max(64) }),
  to: z.object({ presentation: Presentation }),
  proof: z.union([z.object({ reason: Why }), z.object({ presentation: Presentation })]),
  /** Where the new one is another customer's already: both become one, as by a link. Without it that is refused. */
  merge: z.boolean().default(false),
})
export type TransferRequest = z.infer<typeof TransferRequest>

export const MediaActionResponse = z.object({
  actionId: Uuid7,
  /** Whose the media are now. */
  holderId: z.string(),
  media: z.array(z.object({ mediumId: z.string(), type: MediumType, blocked: z.boolean() })),
  changeSeq: z.int(),
})
export type MediaActionResponse = z.infer<typeof MediaActionResponse>
