import { MOST_WEBHOOKS } from '../../../core/contract/webhooks.ts'
import { accepted, type Outcome, refused, unreachable } from '../../../core/outcome.ts'
import type { AuditActor, NewAuditEntry } from '../../audit/entry.ts'
import type { ClaimedDelivery, PutWebhook, WebhookDelivery, WebhookEndpoint, WebhookStep } from '../webhookCommands.ts'
import type { AuditTrail } from './auditTrail.ts'
import { type NoticeRows, outbox, positionBefore } from './notices.ts'
import type { Unit } from './unit.ts'

/** The webhook tables, inside one transaction. */
export interface WebhookRows {
  endpoints(): readonly WebhookEndpoint[]
  endpoint(endpointId: string): WebhookEndpoint | null
  insert(endpoint: WebhookEndpoint): void
  update(endpoint: WebhookEndpoint): void
  /** With its deliveries. */
  remove(endpointId: string): void
  storeKnown(storeId: string): boolean
  /** Puts a delivery, in place of the one that may be there. */
  putDelivery(delivery: WebhookDelivery): void
  delivery(endpointId: string, position: number): WebhookDelivery | null
  /** Those that wait and are due, the longest first. */
  due(endpointId: string, now: number, limit: number): readonly WebhookDelivery[]
  /** How many wait, counted up to `atMost`. */
  waiting(endpointId: string, atMost: number): number
}

export type PutWebhookOutcome = Outcome<
  { readonly endpoint: WebhookEndpoint; readonly made: boolean },
  { readonly problem: 'too_many' | 'no_such_store' }
>

export interface Webhooks {
  put(unit: Unit, command: PutWebhook): PutWebhookOutcome
  act(unit: Unit, endpointId: string, step: WebhookStep): WebhookEndpoint | null
  /** `upTo`: the position below which no transaction is open. */
  claim(
    unit: Unit,
    until: number,
    upTo: number,
    room: (endpoint: WebhookEndpoint) => number,
  ): readonly ClaimedDelivery[]
}

/** Deliveries of one endpoint that wait beside the outbox: what lies behind them waits there. */
const MOST_WAITING = 500

/** Endpoints, what people do with them, and who is told next. */
export function webhooks(rows: WebhookRows, notices: NoticeRows, audit: AuditTrail): Webhooks {
  const box = outbox(notices)

  const note = (
    unit: Unit,
    action: Extract<NewAuditEntry['action'], `webhook.${string}`>,
    endpointId: string,
    { by, reason }: { readonly by: AuditActor; readonly reason: string | null },
    details: NonNullable<NewAuditEntry['details']> = {},
  ): void => audit.append(unit, { actor: by, action, subject: { kind: 'webhook', id: endpointId }, reason, details })

  const stepTo = (unit: Unit, endpoint: WebhookEndpoint, step: WebhookStep): WebhookEndpoint => {
    switch (step.kind) {
      case 'enable':
        return { ...endpoint, disabledWhy: null, failingSince: null }
      case 'disable':
        return { ...endpoint, disabledWhy: endpoint.disabledWhy ?? 'by_hand' }
      case 'rotate': {
        const { secret, previousUntil } = step
        return { ...endpoint, secret, previousSecret: endpoint.secret, previousUntil }
      }
      case 'replay': {
        const from = positionBefore(notices, step.from, unit.lastChange())
        return { ...endpoint, throughPosition: Math.min(endpoint.throughPosition, from) }
      }
      case 'test':
        box.tell(unit, { type: 'webhook.test', data: { endpointId: endpoint.endpointId } })
        rows.putDelivery(newDelivery(endpoint.endpointId, unit.lastChange(), unit.now))
        return endpoint
      case 'remove':
        return endpoint
      default:
        return unreachable(step)
    }
  }

  /** Makes deliveries of what an endpoint has not been told, as far as there is room for them. */
  const fill = (unit: Unit, endpoint: WebhookEndpoint, upTo: number): void => {
    const { endpointId, storeId, types, throughPosition } = endpoint
    if (throughPosition >= upTo) return
    const room = MOST_WAITING - rows.waiting(endpointId, MOST_WAITING)
    if (room <= 0) return
    const scope = { storeId, types: types.length === 0 ? null : types }
    const found = notices.between(throughPosition, upTo, room, scope)
    for (const { position } of found) rows.putDelivery(newDelivery(endpointId, position, unit.now))
    const through = found.length < room ? upTo : (found.at(-1)?.position ?? upTo)
    rows.update({ ...endpoint, throughPosition: through })
  }

  const take = (endpoint: WebhookEndpoint, delivery: WebhookDelivery, until: number): ClaimedDelivery[] => {
    const notice = notices.at(delivery.position)
    if (!notice) {
      // It is older than what is kept.
      rows.putDelivery({ ...delivery, state: 'given_up', nextAt: null })
      return []
    }
    rows.putDelivery({ ...delivery, nextAt: until })
    return [{ endpoint, notice, attempts: delivery.attempts }]
  }

  return {
    put(unit, command) {
      const { by, reason, now: _, ...content } = command
      const before = rows.endpoint(content.endpointId)
      if (content.storeId !== null && !rows.storeKnown(content.storeId)) return refused({ problem: 'no_such_store' })
      if (!before && rows.endpoints().length >= MOST_WEBHOOKS) return refused({ problem: 'too_many' })
      const endpoint: WebhookEndpoint = before
        ? { ...before, ...content, secret: before.secret }
        : {
            ...content,
            disabledWhy: null,
            createdBy: by.id,
            createdAt: unit.now,
            failingSince: null,
            previousSecret: null,
            previousUntil: null,
            throughPosition: unit.lastChange(),
          }
      if (before) rows.update(endpoint)
      else rows.insert(endpoint)
      const { storeId, types } = endpoint
      note(unit, 'webhook.put', endpoint.endpointId, { by, reason }, { storeId, types: types.join(' ') })
      return accepted({ endpoint, made: !before })
    },

    act(unit, endpointId, step) {
      const before = rows.endpoint(endpointId)
      if (!before) return null
      const after = stepTo(unit, before, step)
      if (step.kind === 'remove') rows.remove(endpointId)
      else rows.update(after)
      note(unit, `webhook.${step.kind}`, endpointId, step, step.kind === 'replay' ? { from: step.from } : {})
      return after
    },

    claim(unit, until, upTo, room) {
      return rows.endpoints().flatMap((endpoint) => {
        const most = endpoint.disabledWhy === null ? room(endpoint) : 0
        if (most <= 0) return []
        fill(unit, endpoint, upTo)
        return rows.due(endpoint.endpointId, unit.now, most).flatMap((due) => take(endpoint, due, until))
      })
    },
  }
}

function newDelivery(endpointId: string, position: number, now: number): WebhookDelivery {
  const nothingYet = { lastAt: null, status: null, error: null, excerpt: null }
  return { endpointId, position, state: 'waiting', attempts: 0, beganAt: now, nextAt: now, ...nothingYet }
}
