import { z } from 'zod'
import { Uuid7 } from '../ids.ts'
import { NoticeType } from './notices.ts'
import { Reason } from './operators.ts'

/** Endpoints that one deployment has at most. */
export const MOST_WEBHOOKS = 50

const Url = z.url({ protocol: /^https?$/ }).max(2_000)
const Types = z.array(NoticeType).max(20)

/** `POST /v1/webhooks`: makes an endpoint, whose id the caller makes, or replaces what is said of one. */
export const WebhookRequest = z.object({
  endpointId: Uuid7,
  url: Url,
  description: z.string().trim().max(200).default(''),
  /** Empty: every type. */
  types: Types.default([]),
  /** Only what concerns this store, and the chain; null: every store. */
  storeId: z.string().min(1).max(64).nullable().default(null),
  reason: Reason.optional(),
})
export type WebhookRequest = z.infer<typeof WebhookRequest>

/** `failing`: it has taken nothing for three days. `gone`: it answered 410. */
export const DisabledWhy = z.enum(['by_hand', 'failing', 'gone'])
export type DisabledWhy = z.infer<typeof DisabledWhy>

export const WebhookView = z.object({
  endpointId: z.string(),
  url: z.string(),
  description: z.string(),
  types: z.array(z.string()),
  storeId: z.string().nullable(),
  state: z.enum(['enabled', 'disabled']),
  disabledWhy: DisabledWhy.nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  /** Since when nothing has arrived; null: the last one did. */
  failingSince: z.iso.datetime().nullable(),
  /** Until when the secret before the last rotation signs as well. */
  previousSecretUntil: z.iso.datetime().nullable(),
})
export type WebhookView = z.infer<typeof WebhookView>

export const WebhookResponse = z.object({ webhook: WebhookView })
/** `secret`: shown once, as `whsec_` and base64; null when the endpoint was there already. */
export const WebhookMade = z.object({ webhook: WebhookView, secret: z.string().nullable() })
export const WebhookSecret = z.object({ webhook: WebhookView, secret: z.string() })

/** `POST /v1/webhooks/{id}/rotate`: for how long the old secret signs as well. */
export const WebhookRotate = z.object({ overlapHours: z.int().min(0).max(168).default(24), reason: Reason })

/** `POST /v1/webhooks/{id}/{enable|disable|remove|test}`. */
export const WebhookAct = z.object({ reason: Reason })

/** `POST /v1/webhooks/{id}/replay`: everything from this time on is sent again, as far back as it is kept. */
export const WebhookReplay = z.object({ from: z.iso.datetime(), reason: Reason })

export const WEBHOOKS_PER_PAGE = 50

export const WebhookQuery = z.object({
  cursor: z.string().max(256).optional(),
  limit: z.coerce.number().int().min(1).max(MOST_WEBHOOKS).default(WEBHOOKS_PER_PAGE),
})
export const WebhookPage = z.object({ webhooks: z.array(WebhookView), cursor: z.string().nullable() })

/** `given_up`: for three days nobody took it; a replay sends it again. */
export const DeliveryState = z.enum(['waiting', 'delivered', 'given_up'])
export type DeliveryState = z.infer<typeof DeliveryState>

export const DeliveryQuery = z.object({
  state: DeliveryState.optional(),
  cursor: z.string().max(256).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(WEBHOOKS_PER_PAGE),
})

/** One notice on its way to one endpoint. */
export const Delivery = z.object({
  /** The `webhook-id`. */
  noticeId: z.string(),
  type: z.string(),
  state: DeliveryState,
  attempts: z.int(),
  /** When it is tried next; null: never. */
  nextAt: z.iso.datetime().nullable(),
  lastAt: z.iso.datetime().nullable(),
  /** Of the last answer; null: there was none. */
  status: z.int().nullable(),
  /** Why there was no answer, by name. */
  error: z.string().nullable(),
  /** The beginning of the last answer. */
  excerpt: z.string().nullable(),
})
export type Delivery = z.infer<typeof Delivery>

export const DeliveryPage = z.object({ deliveries: z.array(Delivery), cursor: z.string().nullable() })
