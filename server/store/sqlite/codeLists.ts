import type { Database } from 'better-sqlite3'
import type { CodeList } from '../../../core/contract/codeLists.ts'
import { byOperator } from '../../audit/entry.ts'
import type { AuditTrail } from '../deciding/auditTrail.ts'
import type { RegistrationStore } from '../registrationCommands.ts'
import type { Runs } from './runs.ts'

interface Row {
  readonly list_id: string
  readonly campaign_id: string
  readonly name: string
  readonly uses_per_code: number
  readonly until: number | null
  readonly made_by: string
  readonly made_by_name: string | null
  readonly made_at: number
  readonly codes: number
  readonly redeemed: number
}

const readList = (row: Row): CodeList => ({
  listId: row.list_id,
  campaignId: row.campaign_id,
  name: row.name,
  usesPerCode: row.uses_per_code,
  until: row.until === null ? null : new Date(row.until).toISOString(),
  madeBy: row.made_by,
  madeByName: row.made_by_name,
  madeAt: new Date(row.made_at).toISOString(),
  codes: row.codes,
  redeemed: row.redeemed,
})

/** Codes to a statement: where statements are replayed over a network, each is a way there and back. */
const AT_ONCE = 500

/** Lists of unique codes. */
export function codeLists(
  db: Database,
  { write, read }: Runs,
  audit: AuditTrail,
): Pick<RegistrationStore, 'makeCodeList' | 'codeList' | 'codeLists' | 'putCodes'> {
  const all = `SELECT l.*, o.name AS made_by_name FROM code_lists l LEFT JOIN operators o ON o.operator_id = l.made_by`
  const find = db.prepare<[string], Row>(`${all} WHERE l.list_id = ?`)
  const ofCampaign = db.prepare<[string], Row>(`${all} WHERE l.campaign_id = ? ORDER BY l.list_id DESC`)
  const hasCampaign = db.prepare<[string], number>('SELECT 1 FROM campaigns WHERE campaign_id = ?').pluck()
  const insert = db.prepare<[string, string, string, number, number | null, string, number]>(
    `INSERT INTO code_lists (list_id, campaign_id, name, uses_per_code, until, made_by, made_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const putCodes = (rows: number) =>
    db.prepare<unknown[]>(
      `INSERT INTO codes (key, key_version, list_id, uses_left) VALUES ${Array(rows).fill('(?, ?, ?, ?)').join(', ')}
       ON CONFLICT DO NOTHING`,
    )
  const putMany = putCodes(AT_ONCE)
  const count = db.prepare<[number, string]>('UPDATE code_lists SET codes = codes + ? WHERE list_id = ?')
  const listOf = (listId: string): CodeList | null => {
    const row = find.get(listId)
    return row ? readList(row) : null
  }
  return {
    makeCodeList: async ({ listId, campaignId, name, usesPerCode, until, operatorId, now }) =>
      write(now, (unit) => {
        if (hasCampaign.get(campaignId) === undefined) return null
        const before = listOf(listId)
        const ends = until === undefined ? null : Date.parse(until)
        if (before) {
          const isSame = before.campaignId === campaignId && before.name === name && before.usesPerCode === usesPerCode
          return isSame ? before : 'differs'
        }
        insert.run(listId, campaignId, name, usesPerCode, ends, operatorId, now)
        const subject = { kind: 'campaign', id: campaignId }
        audit.append(unit, { actor: byOperator(operatorId), action: 'code-list.make', subject, details: { listId } })
        return listOf(listId)
      }),
    codeList: (listId) => read(() => listOf(listId)),
    codeLists: (campaignId) => read(() => ofCampaign.all(campaignId).map(readList)),
    putCodes: async ({ listId, keys, operatorId, now }) =>
      write(now, (unit) => {
        const list = listOf(listId)
        if (!list) return null
        let added = 0
        for (let first = 0; first < keys.length; first += AT_ONCE) {
          const some = keys.slice(first, first + AT_ONCE)
          const put = some.length === AT_ONCE ? putMany : putCodes(some.length)
          added += put.run(
            ...some.flatMap(({ v, key }) => [Buffer.from(key, 'hex'), v, listId, list.usesPerCode]),
          ).changes
        }
        if (added > 0) {
          count.run(added, listId)
          const subject = { kind: 'campaign', id: list.campaignId }
          const details = { listId, added }
          audit.append(unit, { actor: byOperator(operatorId), action: 'code-list.fill', subject, details })
        }
        return { added, repeated: keys.length - added }
      }),
  }
}
