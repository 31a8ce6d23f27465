import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { NoticeType } from '../../../core/contract/notices.ts'
import { DeliveryState, DisabledWhy } from '../../../core/contract/webhooks.ts'
import type { WebhookRows } from '../deciding/webhooks.ts'
import type { WebhookDelivery, WebhookEndpoint } from '../webhookCommands.ts'

interface EndpointRow {
  readonly endpoint_id: string
  readonly url: string
  readonly description: string
  readonly types: string
  readonly store_id: string | null
  readonly disabled_why: string | null
  readonly created_by: string
  readonly created_at: number
  readonly failing_since: number | null
  readonly secret: Uint8Array
  readonly previous_secret: Uint8Array | null
  readonly previous_until: number | null
  readonly through_position: number
}

export interface DeliveryRow {
  readonly endpoint_id: string
  readonly position: number
  readonly state: string
  readonly attempts: number
  readonly began_at: number
  readonly next_at: number | null
  readonly last_at: number | null
  readonly status: number | null
  readonly error: string | null
  readonly excerpt: string | null
}

const Types = z.array(NoticeType)

const readEndpoint = (row: EndpointRow): WebhookEndpoint => ({
  endpointId: row.endpoint_id,
  url: row.url,
  description: row.description,
  types: Types.parse(JSON.parse(row.types)),
  storeId: row.store_id,
  disabledWhy: DisabledWhy.nullable().parse(row.disabled_why),
  createdBy: row.created_by,
  createdAt: row.created_at,
  failingSince: row.failing_since,
  secret: row.secret,
  previousSecret: row.previous_secret,
  previousUntil: row.previous_until,
  throughPosition: row.through_position,
})

const endpointValues = (endpoint: WebhookEndpoint) => ({
  ...endpoint,
  types: JSON.stringify(endpoint.types),
})

export const readDelivery = (row: DeliveryRow): WebhookDelivery => ({
  endpointId: row.endpoint_id,
  position: row.position,
  state: DeliveryState.parse(row.state),
  attempts: row.attempts,
  beganAt: row.began_at,
  nextAt: row.next_at,
  lastAt: row.last_at,
  status: row.status,
  error: row.error,
  excerpt: row.excerpt,
})

const DELIVERY_COLUMNS = 'endpoint_id, position, state, attempts, began_at, next_at, last_at, status, error, excerpt'

/** The tables of endpoints and of what is on its way to them. */
export function webhookRows(db: Database): WebhookRows {
  const endpoints = db.prepare<[], EndpointRow>('SELECT * FROM webhook_endpoints ORDER BY endpoint_id')
  const endpoint = db.prepare<[string], EndpointRow>('SELECT * FROM webhook_endpoints WHERE endpoint_id = ?')
  const insert = db.prepare(
    `INSERT INTO webhook_endpoints (endpoint_id, url, description, types, store_id, disabled_why, created_by, created_at,
       failing_since, secret, previous_secret, previous_until, through_position)
     VALUES (@endpointId, @url, @description, @types, @storeId, @disabledWhy, @createdBy, @createdAt,
       @failingSince, @secret, @previousSecret, @previousUntil, @throughPosition)`,
  )
  const update = db.prepare(
    `UPDATE webhook_endpoints SET url = @url, description = @description, types = @types, store_id = @storeId,
       disabled_why = @disabledWhy, failing_since = @failingSince, secret = @secret, previous_secret = @previousSecret,
       previous_until = @previousUntil, through_position = @throughPosition WHERE endpoint_id = @endpointId`,
  )
  const removeDeliveries = db.prepare<[string]>('DELETE FROM webhook_deliveries WHERE endpoint_id = ?')
  const remove = db.prepare<[string]>('DELETE FROM webhook_endpoints WHERE endpoint_id = ?')
  const storeKnown = db.prepare<[string], number>('SELECT count(*) FROM stores WHERE store_id = ?').pluck()
  const putDelivery = db.prepare(
    `INSERT INTO webhook_deliveries (${DELIVERY_COLUMNS})
     VALUES (@endpointId, @position, @state, @attempts, @beganAt, @nextAt, @lastAt, @status, @error, @excerpt)
     ON CONFLICT (endpoint_id, position) DO UPDATE SET state = excluded.state, attempts = excluded.attempts,
       began_at = excluded.began_at, next_at = excluded.next_at, last_at = excluded.last_at, status = excluded.status,
       error = excluded.error, excerpt = excluded.excerpt`,
  )
  const delivery = db.prepare<[string, number], DeliveryRow>(
    `SELECT ${DELIVERY_COLUMNS} FROM webhook_deliveries WHERE endpoint_id = ? AND position = ?`,
  )
  const due = db.prepare<[string, number, number], DeliveryRow>(
    `SELECT ${DELIVERY_COLUMNS} FROM webhook_deliveries
     WHERE endpoint_id = ? AND state = 'waiting' AND next_at <= ? ORDER BY next_at, position LIMIT ?`,
  )
  const waiting = db
    .prepare<[string, number], number>(
      "SELECT count(*) FROM (SELECT 1 FROM webhook_deliveries WHERE endpoint_id = ? AND state = 'waiting' LIMIT ?)",
    )
    .pluck()
  return {
    endpoints: () => endpoints.all().map(readEndpoint),
    endpoint(endpointId) {
      const row = endpoint.get(endpointId)
      return row ? readEndpoint(row) : null
    },
    insert: (one) => void insert.run(endpointValues(one)),
    update: (one) => void update.run(endpointValues(one)),
    remove(endpointId) {
      removeDeliveries.run(endpointId)
      remove.run(endpointId)
    },
    storeKnown: (storeId) => storeKnown.get(storeId) === 1,
    putDelivery: (one) => void putDelivery.run(one),
    delivery(endpointId, position) {
      const row = delivery.get(endpointId, position)
      return row ? readDelivery(row) : null
    },
    due: (endpointId, now, limit) => due.all(endpointId, now, limit).map(readDelivery),
    waiting: (endpointId, atMost) => waiting.get(endpointId, atMost) ?? 0,
  }
}
