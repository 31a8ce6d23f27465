import type { Database } from 'better-sqlite3'
import { MediumType } from '../../../core/media/medium.ts'
import type { HolderMedium, HolderRows, Shown } from '../deciding/holderRows.ts'
import { LINES_OF_HOLDER } from './linesOfHolder.ts'

interface MediumRow {
  readonly medium_id: string
  readonly holder_id: string
  readonly type: string
  readonly blocked: number
}

interface ShownRow {
  readonly medium: string | null
  readonly holder_id: string | null
  readonly store_id: string | null
  readonly station_id: string | null
  readonly expires_at: number
}

function readShown({ medium, holder_id, store_id, station_id, expires_at: expiresAt }: ShownRow): Shown {
  if (holder_id !== null) return { holderId: holder_id, expiresAt }
  return { medium: JSON.parse(medium ?? ''), storeId: store_id ?? '', stationId: station_id ?? '', expiresAt }
}

const readMedium = (row: MediumRow): HolderMedium => ({
  mediumId: row.medium_id,
  holderId: row.holder_id,
  type: MediumType.parse(row.type),
  blocked: row.blocked === 1,
})

/** Visits are clustered by store: one look in each of them finds a holder's. */
const EVERY_STORE = "(SELECT store_id FROM stores UNION ALL SELECT '')"

/** Whole holders and what belongs to them. */
export function holderRows(db: Database): HolderRows {
  const createdAt = db.prepare<[string], number>('SELECT created_at FROM holders WHERE holder_id = ?').pluck()
  const ofHolder = db.prepare<[string], MediumRow>(
    'SELECT medium_id, holder_id, type, blocked FROM media WHERE holder_id = ? ORDER BY medium_id',
  )
  const one = db.prepare<[string], MediumRow>(
    'SELECT medium_id, holder_id, type, blocked FROM media WHERE medium_id = ?',
  )
  const keys = db.prepare<[string], { v: number; key: Buffer }>(
    'SELECT key_version AS v, key FROM media WHERE holder_id = ?',
  )
  const block = db.prepare<[number, number, string]>('UPDATE media SET blocked = ?, change_seq = ? WHERE medium_id = ?')
  const gone = db.prepare<[string, number, number]>(
    `INSERT INTO gone_holders (holder_id, gone_at, change_seq) VALUES (?, ?, ?)
     ON CONFLICT (holder_id) DO UPDATE SET gone_at = excluded.gone_at, change_seq = excluded.change_seq`,
  )
  const schedule = db.prepare<[string, string]>('INSERT INTO erasures (erasure_id, keys) VALUES (?, ?)')
  const action = db.prepare<[string], { intent_hash: Uint8Array; answer: string }>(
    'SELECT intent_hash, answer FROM holder_actions WHERE action_id = ?',
  )
  const putAction = db.prepare<[string, Uint8Array, string, number]>(
    'INSERT INTO holder_actions (action_id, intent_hash, answer, at) VALUES (?, ?, ?, ?)',
  )
  const shown = db.prepare<[Uint8Array], ShownRow>(
    'SELECT medium, holder_id, store_id, station_id, expires_at FROM presentations WHERE token_hash = ?',
  )
  const putMedium = db.prepare<[Uint8Array, string, string, string, number]>(
    'INSERT INTO presentations (token_hash, medium, store_id, station_id, expires_at) VALUES (?, ?, ?, ?, ?)',
  )
  const putPhone = db.prepare<[Uint8Array, string, number]>(
    'INSERT INTO presentations (token_hash, holder_id, expires_at) VALUES (?, ?, ?)',
  )
  const phones = db
    .prepare<[string, number], number>(
      'SELECT expires_at FROM phone_sessions WHERE holder_id = ? AND expires_at > ? ORDER BY 1',
    )
    .pluck()
  const ofPhones = ['phone_sessions', 'phone_codes', 'presentations'].map((table) =>
    db.prepare<[string]>(`DELETE FROM ${table} WHERE holder_id = ?`),
  )
  const dropShownOf = db.prepare<[string]>('DELETE FROM presentations WHERE holder_id = ?')
  const dropShown = db.prepare<[Uint8Array]>('DELETE FROM presentations WHERE token_hash = ?')
  return {
    createdAt: (holderId) => createdAt.get(holderId) ?? null,
    media: (holderId) => ofHolder.all(holderId).map(readMedium),
    medium(mediumId) {
      const row = one.get(mediumId)
      return row ? readMedium(row) : null
    },
    keysOf: (holderId) => keys.all(holderId).map(({ v, key }) => ({ v, key: key.toString('hex') })),
    setBlocked: (mediumId, blocked, changeSeq) => void block.run(Number(blocked), changeSeq, mediumId),
    gone: (holderId, at, changeSeq) => void gone.run(holderId, at, changeSeq),
    moveAll: moving(db),
    eraseAll: erasingAll(db),
    scheduleErasure: (erasureId, all) => void schedule.run(erasureId, JSON.stringify(all.map(({ key }) => key))),
    shown(tokenHash) {
      const row = shown.get(tokenHash)
      return row ? readShown(row) : null
    },
    putShown(tokenHash, of) {
      if ('holderId' in of) putPhone.run(tokenHash, of.holderId, of.expiresAt)
      else putMedium.run(tokenHash, JSON.stringify(of.medium), of.storeId, of.stationId, of.expiresAt)
    },
    phones: (holderId, now) => phones.all(holderId, now),
    dropPhones(holderId) {
      for (const drop of ofPhones) drop.run(holderId)
    },
    dropShownOf: (holderId) => void dropShownOf.run(holderId),
    dropShown: (tokenHash) => void dropShown.run(tokenHash),
    action(actionId) {
      const row = action.get(actionId)
      return row ? { intentHash: row.intent_hash, answer: JSON.parse(row.answer) } : null
    },
    putAction: (actionId, intentHash, answer, at) =>
      void putAction.run(actionId, intentHash, JSON.stringify(answer), at),
  }
}

function moving(db: Database): HolderRows['moveAll'] {
  const media = db.prepare<[string], string>('SELECT medium_id FROM media WHERE holder_id = ? ORDER BY 1').pluck()
  const moveMedium = db.prepare<[string, number, string]>(
    'UPDATE media SET holder_id = ?, change_seq = ? WHERE medium_id = ?',
  )
  const coupons = db
    .prepare<[string], string>('SELECT acquisition_id FROM acquisitions WHERE holder_id = ? ORDER BY 1')
    .pluck()
  const moveCoupon = db.prepare<[string, number, string, string]>(
    'UPDATE acquisitions SET holder_id = ?, change_seq = ? WHERE holder_id = ? AND acquisition_id = ?',
  )
  const usage = db.prepare<[string], { campaign_id: string; period: string; uses: number }>(
    'SELECT campaign_id, period, uses FROM holder_usage WHERE holder_id = ?',
  )
  const addUsage = db.prepare<[string, string, string, number, number]>(
    `INSERT INTO holder_usage (holder_id, campaign_id, period, uses, change_seq) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (holder_id, campaign_id, period)
     DO UPDATE SET uses = uses + excluded.uses, change_seq = excluded.change_seq`,
  )
  const dropUsage = db.prepare<[string]>('DELETE FROM holder_usage WHERE holder_id = ?')
  const visits = db.prepare<[string], { store_id: string; day: number }>(
    `SELECT store_id, day FROM holder_activity WHERE store_id IN ${EVERY_STORE} AND holder_id = ?`,
  )
  const addVisit = db.prepare<[string, string, number, number]>(
    `INSERT INTO holder_activity (store_id, holder_id, day, change_seq) VALUES (?, ?, ?, ?)
     ON CONFLICT (store_id, holder_id) DO UPDATE SET day = max(day, excluded.day), change_seq = excluded.change_seq`,
  )
  const dropVisits = db.prepare<[string]>(
    `DELETE FROM holder_activity WHERE store_id IN ${EVERY_STORE} AND holder_id = ?`,
  )
  const others = [
    'UPDATE phone_sessions SET holder_id = ? WHERE holder_id = ?',
    'UPDATE phone_codes SET holder_id = ? WHERE holder_id = ?',
    'UPDATE presentations SET holder_id = ? WHERE holder_id = ?',
  ].map((sql) => db.prepare<[string, string]>(sql))
  const drop = db.prepare<[string]>('DELETE FROM holders WHERE holder_id = ?')
  const moveLines = db.prepare<[string, string]>(
    `${LINES_OF_HOLDER} UPDATE redemption_lines SET holder_id = ? WHERE (redemption_id, acquisition_id) IN (SELECT * FROM line)`,
  )
  return (from, to, next) => {
    // Found by the coupons, so before these move.
    moveLines.run(from, to)
    for (const mediumId of media.all(from)) moveMedium.run(to, next(), mediumId)
    for (const acquisitionId of coupons.all(from)) moveCoupon.run(to, next(), from, acquisitionId)
    for (const { campaign_id, period, uses } of usage.all(from)) addUsage.run(to, campaign_id, period, uses, next())
    dropUsage.run(from)
    // Where the one was known, the other is from now on: copies that hold only some get it whole.
    for (const { store_id, day } of visits.all(from)) addVisit.run(store_id, to, day, next())
    dropVisits.run(from)
    for (const move of others) move.run(to, from)
    drop.run(from)
  }
}

function erasingAll(db: Database): HolderRows['eraseAll'] {
  const unlinkIntents = db.prepare<[string]>(
    `${LINES_OF_HOLDER} UPDATE redemptions SET intent_hash = NULL
     WHERE redemption_id IN (SELECT redemption_id FROM line)`,
  )
  const redemptions = db
    .prepare<[string], number>(`${LINES_OF_HOLDER} SELECT count(DISTINCT redemption_id) FROM line`)
    .pluck()
  const unlinkLines = db.prepare<[string]>(
    `${LINES_OF_HOLDER} UPDATE redemption_lines SET holder_id = '' WHERE (redemption_id, acquisition_id) IN (SELECT * FROM line)`,
  )
  // A request that comes again is another one from now on, and does not register the medium anew.
  const blankRequests = db.prepare<[string]>(
    `UPDATE acquisition_requests SET intent_hash = zeroblob(32)
     WHERE acquisition_id IN (SELECT acquisition_id FROM acquisitions WHERE holder_id = ?)`,
  )
  const coupons = db.prepare<[string]>('DELETE FROM acquisitions WHERE holder_id = ?')
  const media = db.prepare<[string]>('DELETE FROM media WHERE holder_id = ?')
  const rest = [
    'holder_usage WHERE',
    `holder_activity WHERE store_id IN ${EVERY_STORE} AND`,
    'holder_changes WHERE',
    'phone_sessions WHERE',
    'phone_codes WHERE',
    'presentations WHERE',
    'holders WHERE',
  ].map((table) => db.prepare<[string]>(`DELETE FROM ${table} holder_id = ?`))
  return (holderId) => {
    const count = redemptions.get(holderId) ?? 0
    unlinkIntents.run(holderId)
    unlinkLines.run(holderId)
    blankRequests.run(holderId)
    const erased = {
      media: media.run(holderId).changes,
      acquisitions: coupons.run(holderId).changes,
      redemptions: count,
    }
    for (const table of rest) table.run(holderId)
    return erased
  }
}
