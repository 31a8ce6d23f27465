import type { DisabledWhy } from '../../../core/contract/webhooks.ts'
import type { DeliveryAttempt, WebhookDelivery, WebhookEndpoint } from '../webhookCommands.ts'
import type { AuditTrail } from './auditTrail.ts'
import type { Unit } from './unit.ts'
import { retryDelay, TRIED_FOR_MS } from './webhookSchedule.ts'
import type { WebhookRows } from './webhooks.ts'

const GONE = 410

const hasArrived = ({ status }: DeliveryAttempt): boolean => status !== null && status >= 200 && status < 300

/** What an endpoint is after an attempt: nothing new, or healthy again, failing, or disabled. */
function endpointAfter(endpoint: WebhookEndpoint, attempt: DeliveryAttempt): WebhookEndpoint {
  if (hasArrived(attempt)) return { ...endpoint, failingSince: null }
  const failingSince = endpoint.failingSince ?? attempt.at
  const why: DisabledWhy | null =
    attempt.status === GONE ? 'gone' : attempt.at - failingSince >= TRIED_FOR_MS ? 'failing' : null
  return { ...endpoint, failingSince, disabledWhy: endpoint.disabledWhy ?? why }
}

function deliveryAfter(delivery: WebhookDelivery, attempt: DeliveryAttempt): WebhookDelivery {
  const { at, status, error, excerpt, jitter, retryAfterMs } = attempt
  const attempts = delivery.attempts + 1
  const tried = { ...delivery, attempts, lastAt: at, status, error, excerpt }
  if (hasArrived(attempt)) return { ...tried, state: 'delivered', nextAt: null }
  const delay = retryDelay(attempts, at - delivery.beganAt, jitter, retryAfterMs)
  return delay === null ? { ...tried, state: 'given_up', nextAt: null } : { ...tried, nextAt: at + delay }
}

/** Writes down how attempts ended, and what follows: when they are tried again, and which endpoint is given up by name. */
export function recordAttempts(rows: WebhookRows, audit: AuditTrail) {
  const disable = (unit: Unit, { endpointId, disabledWhy }: WebhookEndpoint): void =>
    audit.append(unit, {
      actor: { kind: 'server', id: '' },
      action: 'webhook.disable',
      subject: { kind: 'webhook', id: endpointId },
      details: { why: disabledWhy },
    })

  return (unit: Unit, attempts: readonly DeliveryAttempt[]): void => {
    for (const attempt of attempts) {
      const delivery = rows.delivery(attempt.endpointId, attempt.position)
      const endpoint = rows.endpoint(attempt.endpointId)
      // It was removed while somebody tried.
      if (!delivery || !endpoint) continue
      rows.putDelivery(deliveryAfter(delivery, attempt))
      const after = endpointAfter(endpoint, attempt)
      const isNew = after.failingSince !== endpoint.failingSince || after.disabledWhy !== endpoint.disabledWhy
      if (isNew) rows.update(after)
      if (after.disabledWhy !== null && endpoint.disabledWhy === null) disable(unit, after)
    }
  }
}
