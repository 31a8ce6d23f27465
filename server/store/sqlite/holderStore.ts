import type { Database } from 'better-sqlite3'
import { type HolderExport, Retention } from '../../../core/contract/holders.ts'
import { dayOf } from '../deciding/activity.ts'
import type { AuditTrail } from '../deciding/auditTrail.ts'
import type { Definitions } from '../deciding/definitions.ts'
import type { HolderRows } from '../deciding/holderRows.ts'
import type { Registering } from '../deciding/registering.ts'
import type { HolderStore } from '../holderCommands.ts'
import { LINES_OF_HOLDER } from './linesOfHolder.ts'
import type { Runs } from './runs.ts'

const DAY_MS = 86_400_000
const iso = (at: number): string => new Date(at).toISOString()

interface Parts {
  readonly rows: HolderRows
  readonly rules: Registering
  readonly definitions: Definitions
  readonly audit: AuditTrail
}

/** Customers and their media. */
export function holderStore(db: Database, { write, read }: Runs, parts: Parts): HolderStore {
  const { rows, rules, definitions, audit } = parts
  const exportOf = holderExport(db, rows, definitions)
  const setting = db.prepare<[], string>("SELECT value FROM settings WHERE name = 'retention'").pluck()
  const setSetting = db.prepare<[string]>(
    `INSERT INTO settings (name, value) VALUES ('retention', ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  )
  return {
    present: async ({ tokenHash, medium, storeId, stationId, expiresAt, now }) =>
      write(now, () => {
        if (!medium.ok) return { reason: medium.reason, params: medium.params }
        rows.putShown(tokenHash, { medium, storeId, stationId, expiresAt })
        return { known: rules.media.rowOf(medium) !== null }
      }),
    presentPhone: async ({ tokenHash, holderId, expiresAt, now }) =>
      write(now, () => {
        rows.dropShownOf(holderId)
        rows.putShown(tokenHash, { holderId, expiresAt })
      }),
    actOnMedia: async (command) => write(command.now, (unit) => rules.actOnMedia(unit, command)),
    holderOfPresentation: (tokenHash, now) =>
      read(() => {
        const shown = rows.shown(tokenHash)
        if (!shown || now >= shown.expiresAt) return null
        if ('holderId' in shown) {
          return rows.createdAt(shown.holderId) === null ? null : { holderId: shown.holderId, mediumId: null }
        }
        const row = rules.media.rowOf(shown.medium)
        return row && { holderId: row.holderId, mediumId: row.mediumId }
      }),
    holder: (holderId, now) =>
      read(() => {
        const createdAt = rows.createdAt(holderId)
        if (createdAt === null) return null
        const found = rules.holdings({ of: { holderId }, storeId: null, now })
        return {
          holderId,
          createdAt: iso(createdAt),
          media: rows.media(holderId).map(({ mediumId, type, blocked }) => ({ mediumId, type, blocked })),
          coupons: found.ok ? found.value.held : [],
          phones: rows.phones(holderId, now).length,
        }
      }),
    exportHolder: async (holderId, by, now) =>
      write(now, (unit) => {
        const found = exportOf(holderId, now)
        if (found) audit.append(unit, { actor: by, action: 'holder.export', subject: { kind: 'holder', id: holderId } })
        return found
      }),
    signOutPhones: async ({ holderId, by, reason, now }) =>
      write(now, (unit) => {
        if (rows.createdAt(holderId) === null) return null
        const signedOut = rows.phones(holderId, now).length
        rows.dropPhones(holderId)
        const subject = { kind: 'holder', id: holderId }
        audit.append(unit, { actor: by, action: 'holder.sign_out_phones', subject, reason, details: { signedOut } })
        return signedOut
      }),
    eraseHolder: async (command) => write(command.now, (unit) => rules.erasing.erase(unit, command)),
    retention: () => read(() => Retention.parse(JSON.parse(setting.get() ?? '{}'))),
    setRetention: async (retention, by, now) =>
      write(now, (unit) => {
        setSetting.run(JSON.stringify(retention))
        const subject = { kind: 'settings', id: 'retention' }
        audit.append(unit, { actor: by, action: 'settings.retention', subject, details: { ...retention } })
      }),
  }
}

/** All that is kept of a holder; never a key. */
function holderExport(
  db: Database,
  rows: HolderRows,
  definitions: Definitions,
): (holderId: string, now: number) => HolderExport | null {
  const coupons = db.prepare<[string], Record<string, string | number | null>>(
    `SELECT acquisition_id, campaign_id, acquired_at, expires_at, uses_left, revoked
     FROM acquisitions WHERE holder_id = ? ORDER BY acquired_at, acquisition_id`,
  )
  const redemptions = db.prepare<[string], { id: string; storeId: string; at: number; state: string }>(
    `${LINES_OF_HOLDER} SELECT redemption_id AS id, store_id AS storeId, decided_at AS at, state FROM redemptions
     WHERE redemption_id IN (SELECT redemption_id FROM line) ORDER BY redemption_id`,
  )
  const lines = db.prepare<[string, string], HolderExport['redemptions'][number]['lines'][number]>(
    `SELECT acquisition_id AS acquisitionId, campaign_id AS campaignId, discount, state FROM redemption_lines
     WHERE redemption_id = ? AND holder_id = ? ORDER BY acquisition_id`,
  )
  const usage = db.prepare<[string], HolderExport['usage'][number]>(
    'SELECT campaign_id AS campaignId, period, uses FROM holder_usage WHERE holder_id = ? ORDER BY campaign_id, period',
  )
  const visits = db.prepare<[string], { storeId: string; day: number }>(
    `SELECT store_id AS storeId, day FROM holder_activity
     WHERE store_id IN (SELECT store_id FROM stores UNION ALL SELECT '') AND holder_id = ? ORDER BY store_id`,
  )
  return (holderId, now) => {
    const createdAt = rows.createdAt(holderId)
    if (createdAt === null) return null
    const campaigns = definitions.current()
    return {
      exportedAt: iso(now),
      holder: { holderId, createdAt: iso(createdAt) },
      media: rows.media(holderId).map(({ mediumId, type, blocked }) => ({ mediumId, type, blocked })),
      acquisitions: coupons.all(holderId).map((row) => ({
        acquisitionId: String(row.acquisition_id),
        campaignId: String(row.campaign_id),
        title: campaigns.get(String(row.campaign_id))?.title ?? '',
        acquiredAt: iso(Number(row.acquired_at)),
        expiresAt: row.expires_at === null ? null : iso(Number(row.expires_at)),
        usesLeft: Number(row.uses_left),
        revoked: row.revoked === 1,
      })),
      redemptions: redemptions.all(holderId).map(({ id, storeId, at, state }) => ({
        redemptionId: id,
        storeId,
        at: iso(at),
        state,
        lines: lines.all(id, holderId),
      })),
      usage: usage.all(holderId),
      phones: rows.phones(holderId, now).map((until) => ({ until: iso(until) })),
      visits: visits.all(holderId).map(({ storeId, day }) => ({ storeId, lastDay: iso(day * DAY_MS).slice(0, 10) })),
    }
  }
}

/** Holders who were nowhere, and got nothing, since a moment (epoch milliseconds); at most `limit`. */
export function inactiveHolders(db: Database): (before: number, limit: number) => readonly string[] {
  const find = db
    .prepare<[number, number, number], string>(
      `SELECT h.holder_id FROM holders h WHERE h.created_at < ?
         AND NOT EXISTS (SELECT 1 FROM holder_activity a
           WHERE a.store_id IN (SELECT store_id FROM stores UNION ALL SELECT '') AND a.holder_id = h.holder_id AND a.day >= ?)
       LIMIT ?`,
    )
    .pluck()
  return (before, limit) => find.all(before, dayOf(before), limit)
}
