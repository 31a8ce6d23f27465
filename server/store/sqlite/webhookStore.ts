import type { Database } from 'better-sqlite3'
import type { AuditTrail } from '../deciding/auditTrail.ts'
import type { NoticeRows } from '../deciding/notices.ts'
import { recordAttempts } from '../deciding/webhookAttempts.ts'
import { webhooks } from '../deciding/webhooks.ts'
import type { NoticeStore } from '../noticeCommands.ts'
import type { WebhookStore } from '../webhookCommands.ts'
import type { Runs } from './runs.ts'
import { type DeliveryRow, readDelivery, webhookRows } from './webhookRows.ts'

/** The part of a coupon store that tells others. */
export function webhookStore(
  db: Database,
  { write, read }: Runs,
  notices: NoticeRows,
  position: () => number,
  audit: AuditTrail,
): NoticeStore & WebhookStore {
  const rows = webhookRows(db)
  const rules = webhooks(rows, notices, audit)
  const record = recordAttempts(rows, audit)
  const page = db.prepare<
    [{ endpointId: string; state: string | null; before: number | null; limit: number }],
    DeliveryRow
  >(
    `SELECT * FROM webhook_deliveries WHERE endpoint_id = @endpointId AND (@state IS NULL OR state = @state)
       AND (@before IS NULL OR position < @before) ORDER BY position DESC LIMIT @limit`,
  )
  // One that is disabled holds nobody up, and is not looked at.
  const work = db
    .prepare<[number, number], number>(
      `SELECT EXISTS (SELECT 1 FROM webhook_endpoints e WHERE e.disabled_why IS NULL AND (e.through_position < ?
         OR EXISTS (SELECT 1 FROM webhook_deliveries d
                    WHERE d.endpoint_id = e.endpoint_id AND d.state = 'waiting' AND d.next_at <= ?)))`,
    )
    .pluck()

  return {
    notices: ({ after, limit, scope }) =>
      read(() => {
        const upTo = position()
        const found = notices.between(after, upTo, limit, scope)
        return { notices: found, through: found.length < limit ? upTo : (found.at(-1)?.position ?? upTo) }
      }),
    knowsNotice: (at, epoch) => read(() => notices.at(at)?.epoch === epoch),

    webhooks: () => read(() => rows.endpoints()),
    webhook: (endpointId) => read(() => rows.endpoint(endpointId)),
    putWebhook: async (command) => write(command.now, (unit) => rules.put(unit, command)),
    actOnWebhook: async (endpointId, step) => write(step.now, (unit) => rules.act(unit, endpointId, step)),
    webhookDeliveries: (query) =>
      read(() => page.all(query).map((row) => ({ ...readDelivery(row), notice: notices.at(row.position) }))),
    async claimDeliveries({ now, until, room }) {
      // Looking is cheap; only what there is to do takes the write lock.
      if ((await read(() => work.get(position(), now))) !== 1) return []
      return write(now, (unit) => rules.claim(unit, until, position(), room))
    },
    recordAttempts: async (attempts, now) => write(now, (unit) => record(unit, attempts)),
  }
}
