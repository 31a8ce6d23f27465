import type { NoticeType } from '../../core/contract/notices.ts'
import type { DeliveryState, DisabledWhy } from '../../core/contract/webhooks.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { AuditActor } from '../audit/entry.ts'
import type { NoticeRecord } from './noticeCommands.ts'

/** Times are epoch milliseconds. */
export interface WebhookEndpoint {
  readonly endpointId: string
  readonly url: string
  readonly description: string
  /** Empty: every type. */
  readonly types: readonly NoticeType[]
  readonly storeId: string | null
  /** null: enabled. */
  readonly disabledWhy: DisabledWhy | null
  readonly createdBy: string
  readonly createdAt: number
  readonly failingSince: number | null
  /** Sealed, as the one before the last rotation, which signs as well until `previousUntil`. */
  readonly secret: Uint8Array
  readonly previousSecret: Uint8Array | null
  readonly previousUntil: number | null
  /** Notices up to this position have become deliveries. */
  readonly throughPosition: number
}

export interface WebhookDelivery {
  readonly endpointId: string
  readonly position: number
  readonly state: DeliveryState
  /** Since the last time it was begun: made, or replayed. */
  readonly attempts: number
  readonly beganAt: number
  /** When it is tried next; null: never. While somebody is trying, when another may. */
  readonly nextAt: number | null
  readonly lastAt: number | null
  readonly status: number | null
  readonly error: string | null
  readonly excerpt: string | null
}

export type PutWebhook = Pick<WebhookEndpoint, 'endpointId' | 'url' | 'description' | 'types' | 'storeId'> & {
  /** Sealed: of an endpoint that is made. */
  readonly secret: Uint8Array
  readonly by: AuditActor
  readonly reason: string | null
  readonly now: number
}

/** What a person does with an endpoint that is there. */
export type WebhookStep = { readonly by: AuditActor; readonly reason: string; readonly now: number } & (
  | { readonly kind: 'enable' | 'disable' | 'remove' }
  | { readonly kind: 'rotate'; readonly secret: Uint8Array; readonly previousUntil: number }
  /** Everything from this time on is sent again. */
  | { readonly kind: 'replay'; readonly from: number }
  /** One notice for this endpoint alone. */
  | { readonly kind: 'test' }
)

/** A delivery to be tried by whoever claimed it. */
export interface ClaimedDelivery {
  readonly endpoint: WebhookEndpoint
  readonly notice: NoticeRecord
  readonly attempts: number
}

/** How an attempt ended. */
export interface DeliveryAttempt {
  readonly endpointId: string
  readonly position: number
  readonly at: number
  /** Of the answer; null: there was none. */
  readonly status: number | null
  readonly error: string | null
  readonly excerpt: string | null
  /** What the answer asked for; null: nothing. */
  readonly retryAfterMs: number | null
  /** 0 to 1: spreads the next attempts of many. */
  readonly jitter: number
}

/** Endpoints that others want to be told at, and what became of it; a part of `CouponStore`. */
export interface WebhookStore {
  webhooks(): Promise<readonly WebhookEndpoint[]>
  webhook(endpointId: string): Promise<WebhookEndpoint | null>
  /** Makes or changes one; a new one hears of what happens from now on. `too_many`: there is no room for another. */
  putWebhook(
    command: PutWebhook,
  ): Promise<
    Outcome<
      { readonly endpoint: WebhookEndpoint; readonly made: boolean },
      { readonly problem: 'too_many' | 'no_such_store' }
    >
  >
  /** null: no such endpoint. A removed one is answered as it was. */
  actOnWebhook(endpointId: string, step: WebhookStep): Promise<WebhookEndpoint | null>
  /** Newest first; one more than `limit` where there are more. */
  webhookDeliveries(query: {
    readonly endpointId: string
    readonly state: DeliveryState | null
    readonly before: number | null
    readonly limit: number
  }): Promise<readonly (WebhookDelivery & { readonly notice: NoticeRecord | null })[]>

  /**
   * Deliveries that are due, at most `room` for each endpoint, for the caller alone until `until`; then they are due again.
   * `room` is asked with what is known of the endpoint.
   */
  claimDeliveries(command: {
    readonly now: number
    readonly until: number
    readonly room: (endpoint: WebhookEndpoint) => number
  }): Promise<readonly ClaimedDelivery[]>
  /** Writes down how attempts ended, with what follows for the next ones and for their endpoints. */
  recordAttempts(attempts: readonly DeliveryAttempt[], now: number): Promise<void>
}
