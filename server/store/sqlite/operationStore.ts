import { statSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import type { OperationStore } from '../operationCommands.ts'
import type { Runs } from './runs.ts'

/** The part of a coupon store that tells how it is. `figures`: what other parts have to say. */
export function operationStore(
  db: Database,
  { write, read }: Runs,
  figures: () => Readonly<Record<string, number>>,
): OperationStore {
  const probe = db.prepare(
    "INSERT INTO positions (name, value) VALUES ('probe', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1",
  )
  const waiting = db.prepare<[], number>("SELECT count(*) FROM webhook_deliveries WHERE state = 'waiting'").pluck()
  const disabled = db
    .prepare<[], number>('SELECT count(*) FROM webhook_endpoints WHERE disabled_why IS NOT NULL')
    .pluck()
  const behind = db
    .prepare<[], number>(
      `SELECT coalesce(max((SELECT value FROM positions WHERE name = 'change') - through_position), 0)
       FROM webhook_endpoints WHERE disabled_why IS NULL`,
    )
    .pluck()
  return {
    probe: async () => write(0, () => void probe.run()),
    figures: () =>
      read(() => ({
        ...figures(),
        tapcoupon_webhook_deliveries_waiting: waiting.get() ?? 0,
        tapcoupon_webhook_endpoints_disabled: disabled.get() ?? 0,
        // Positions of the outbox that the slowest endpoint has not been told of.
        tapcoupon_webhook_outbox_backlog: behind.get() ?? 0,
        tapcoupon_sqlite_bytes: bytesOf(db.name),
        tapcoupon_sqlite_wal_bytes: bytesOf(`${db.name}-wal`),
      })),
  }
}

/** 0 for a file that is not there, as of a database in memory. */
const bytesOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0
