import type { OperationStore } from '../operationCommands.ts'
import type { Desk } from './desk.ts'

/** How the database is, for whoever runs the server. */
export function operation(desk: Desk): OperationStore {
  return {
    async probe() {
      await desk.run(
        `INSERT INTO positions AS p (name, value) VALUES ('probe', 1)
         ON CONFLICT (name) DO UPDATE SET value = p.value + 1`,
      )
    },
    async figures() {
      const row = await desk.one<Record<string, number>>(
        `SELECT feed_end() AS tapcoupon_change_seq,
           (SELECT count(*) FROM overuse WHERE resolution IS NULL) AS tapcoupon_overuse_open,
           (SELECT count(*) FROM quarantine) AS tapcoupon_quarantined_events,
           (SELECT count(*) FROM webhook_deliveries WHERE state = 'waiting') AS tapcoupon_webhook_deliveries_waiting,
           (SELECT count(*) FROM webhook_endpoints
            WHERE disabled_why IS NOT NULL) AS tapcoupon_webhook_endpoints_disabled,
           (SELECT coalesce(greatest(max(feed_end() - through_position), 0), 0) FROM webhook_endpoints
            WHERE disabled_why IS NULL) AS tapcoupon_webhook_outbox_backlog,
           pg_database_size(current_database()) AS tapcoupon_postgres_bytes`,
      )
      return row ?? {}
    },
  }
}
