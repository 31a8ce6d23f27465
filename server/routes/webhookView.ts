import type { Delivery, WebhookView } from '../../core/contract/webhooks.ts'
import { noticeId } from '../notices/wire.ts'
import type { NoticeRecord } from '../store/noticeCommands.ts'
import type { WebhookDelivery, WebhookEndpoint } from '../store/webhookCommands.ts'

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

/** An endpoint as administrators see it: nothing that signs. */
export function webhookView(endpoint: WebhookEndpoint, now: number): WebhookView {
  const { endpointId, url, description, types, storeId, disabledWhy, createdBy, previousUntil } = endpoint
  return {
    endpointId,
    url,
    description,
    types: [...types],
    storeId,
    state: disabledWhy === null ? 'enabled' : 'disabled',
    disabledWhy,
    createdBy,
    createdAt: new Date(endpoint.createdAt).toISOString(),
    failingSince: iso(endpoint.failingSince),
    previousSecretUntil: previousUntil !== null && previousUntil > now ? iso(previousUntil) : null,
  }
}

/** `notice` null: it is older than what is kept. */
export function deliveryView({
  position,
  notice,
  ...delivery
}: WebhookDelivery & { readonly notice: NoticeRecord | null }): Delivery {
  const { state, attempts, nextAt, lastAt, status, error, excerpt } = delivery
  return {
    noticeId: noticeId(notice ?? { position, epoch: '' }),
    type: notice?.content.type ?? '',
    state,
    attempts,
    nextAt: iso(nextAt),
    lastAt: iso(lastAt),
    status,
    error,
    excerpt,
  }
}
