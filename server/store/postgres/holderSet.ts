import { MediumType } from '../../../core/media/medium.ts'
import type { AcquisitionKey, AcquisitionRows, HeldAcquisition } from '../deciding/acquisitionRows.ts'
import type { ActivityRows } from '../deciding/activity.ts'
import type { MediaRows, MediumKeyOf, MediumRow } from '../deciding/media.ts'
import type { Call, Row, Statement } from './connection.ts'
import { holdersWanted, WANTED_HOLDERS } from './locks.ts'
import { lookedUp } from './lookedUp.ts'
import { mustFindAll, put } from './put.ts'
import { Missing, type Wants } from './wants.ts'

const LOAD: Statement = {
  name: 'load_holders',
  text: `WITH h AS MATERIALIZED (${WANTED_HOLDERS}),
    a AS MATERIALIZED (SELECT a.* FROM h, ${lookedUp('acquisitions AS a', 'a.holder_id = h.holder_id')} AS a)
    SELECT (SELECT json_agg(holder_id) FROM h),
      (SELECT json_agg(json_build_array(m.key_version, encode(m.key, 'hex'), m.medium_id, m.type, m.holder_id, m.blocked))
       FROM unnest($1::BYTEA[], $2::BIGINT[]) AS k (key, v),
         ${lookedUp('media AS m', 'm.key = k.key AND m.key_version = k.v')} AS m),
      (SELECT json_agg(json_build_array(holder_id, acquisition_id, campaign_id, uses_left, expires_at, revoked)
         ORDER BY holder_id, acquisition_id) FROM a),
      (SELECT json_agg(json_build_array(t.store_id, t.holder_id, t.day))
       FROM h, ${lookedUp('holder_activity AS t', 't.store_id = ANY ($6::TEXT[]) AND t.holder_id = h.holder_id')} AS t),
      (SELECT json_agg(json_build_array(u.holder_id, u.campaign_id, u.period, u.uses))
       FROM h, ${lookedUp('holder_usage AS u', 'u.holder_id = h.holder_id AND u.period = ANY ($7::TEXT[])')} AS u),
      (SELECT json_agg(json_build_array(c.campaign_id, c.uses, c.value, c.lent_uses, c.lent_value, c.recalled_at, c.issued))
       FROM (SELECT unnest($8::TEXT[]) AS campaign_id UNION SELECT campaign_id FROM a) AS w,
         ${lookedUp('campaign_usage AS c', 'c.campaign_id = w.campaign_id')} AS c),
      (SELECT json_agg(holder_id) FROM holders WHERE holder_id = ANY ($3::TEXT[]))`,
}

/** Loads holders with what they have and have used, and the counters of their campaigns: one row of seven lists. */
export const loadHolders = (wants: Wants): Call => ({
  statement: LOAD,
  values: [...holdersWanted(wants), [...wants.stores], [...wants.periods], [...wants.campaigns]],
})

const NEW_HOLDERS: Statement = {
  name: 'new_holders',
  text: 'INSERT INTO holders (holder_id, created_at) SELECT * FROM unnest($1::TEXT[], $2::BIGINT[]) ON CONFLICT DO NOTHING',
}
const MEDIUM = `unnest($1::TEXT[], $2::BIGINT[], $3::BYTEA[], $4::TEXT[], $5::TEXT[], $6::SMALLINT[], $7::BIGINT[])
  AS x (medium_id, key_version, key, type, holder_id, blocked, change_seq)`
const NEW_MEDIA: Statement = {
  name: 'new_media',
  text: `INSERT INTO media (medium_id, key_version, key, type, holder_id, blocked, change_seq)
    SELECT * FROM ${MEDIUM} ORDER BY x.key, x.key_version`,
}
const REKEY: Statement = {
  name: 'rekey_media',
  text: `UPDATE media AS m SET key = x.key, key_version = x.key_version, change_seq = x.change_seq
    FROM ${MEDIUM} WHERE m.holder_id = x.holder_id AND m.medium_id = x.medium_id`,
}
const USED: Statement = {
  name: 'used_acquisitions',
  text: mustFindAll(
    `UPDATE acquisitions AS a SET uses_left = x.uses_left, revoked = x.revoked, change_seq = x.change_seq
     FROM unnest($1::TEXT[], $2::TEXT[], $3::BIGINT[], $4::SMALLINT[], $5::BIGINT[], $6::BIGINT[])
       AS x (holder_id, acquisition_id, uses_left, revoked, was, change_seq)
     WHERE a.holder_id = x.holder_id AND a.acquisition_id = x.acquisition_id AND a.uses_left = x.was`,
    'acquisitions',
  ),
}
const NEW: Statement = {
  name: 'new_acquisitions',
  text: `INSERT INTO acquisitions (holder_id, acquisition_id, campaign_id, uses_left, expires_at, acquired_at, revoked, change_seq)
    SELECT * FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::BIGINT[], $5::BIGINT[], $6::BIGINT[], $7::SMALLINT[],
      $8::BIGINT[])`,
}
const ACTIVITY: Statement = {
  name: 'put_activity',
  text: `INSERT INTO holder_activity (store_id, holder_id, day, change_seq)
    SELECT * FROM unnest($1::TEXT[], $2::TEXT[], $3::BIGINT[], $4::BIGINT[])
    ON CONFLICT (store_id, holder_id) DO UPDATE SET day = excluded.day, change_seq = excluded.change_seq`,
}

type Loaded<Columns extends Row> = readonly Columns[] | null
type MediumColumns = readonly [number, string, string, string, string, number]
type AcquisitionColumns = readonly [string, string, string, number, number | null, number]
export type HolderColumns = readonly [
  readonly string[] | null,
  Loaded<MediumColumns>,
  Loaded<AcquisitionColumns>,
  Loaded<readonly [string, string, number]>,
  Loaded<readonly [string, string, string, number]>,
  Loaded<readonly [string, number, number, number, number, number | null, number]>,
  /** Of those that were named, who is there at all. */
  readonly string[] | null,
]

interface Held {
  readonly holderId: string
  readonly acquisitionId: string
  readonly campaignId: string
  readonly expiresAt: number | null
  revoked: boolean
  usesLeft: number
  /** Uses left in the database; null: it is new. */
  readonly was: number | null
  readonly acquiredAt: number
  /** Of its change in this transaction; null: none. */
  changeSeq: number | null
}

interface KnownMediumRow {
  readonly row: MediumRow
  readonly key: MediumKeyOf
  readonly changeSeq: number
}

export interface HolderSet {
  readonly acquisitions: AcquisitionRows
  readonly media: MediaRows
  readonly activity: ActivityRows
  /** Throws `Missing` for a holder that is not in the set. */
  mustHave(holderId: string): void
  /** Revokes an acquisition, or takes that back; false when it has not as many uses left, or is so already. */
  setRevoked(key: AcquisitionKey, revoked: boolean, uses: number, changeSeq: number): boolean
  /** Acquisitions that changed or are new, for the log of changes. */
  changed(): readonly (AcquisitionKey & { readonly changeSeq: number })[]
  writes(): readonly Call[]
}

const keyOf = ({ v, key }: MediumKeyOf): string => `${v}:${key}`

/** Holders, their media, coupons and activity, in memory for one transaction. */
export function holderSet(wants: Wants, loaded: HolderColumns): HolderSet {
  const [ids, mediaLoaded, held, activityLoaded, , , named] = loaded
  const holders = new Set(ids)
  const newHolders: Row[] = []
  const made = new Set<string>()
  const byHolder = new Map<string, Held[]>()
  const byId = new Map<string, Held>()
  const add = (row: Held): void => {
    byId.set(row.acquisitionId, row)
    const others = byHolder.get(row.holderId)
    if (others) others.push(row)
    else byHolder.set(row.holderId, [row])
  }
  for (const [holderId, acquisitionId, campaignId, usesLeft, expiresAt, revoked] of held ?? []) {
    const row = { holderId, acquisitionId, campaignId, expiresAt, revoked: revoked === 1, usesLeft, was: usesLeft }
    add({ ...row, acquiredAt: 0, changeSeq: null })
  }
  const byKey = new Map<string, MediumRow>()
  for (const [v, key, mediumId, type, holderId, blocked] of mediaLoaded ?? []) {
    const row = { mediumId, keyVersion: v, type: MediumType.parse(type), holderId, blocked: blocked === 1 }
    byKey.set(keyOf({ v, key }), row)
  }
  const newMedia: KnownMediumRow[] = []
  const rekeyed: KnownMediumRow[] = []
  const days = new Map<string, number>()
  for (const [storeId, holderId, day] of activityLoaded ?? []) days.set(`${storeId} ${holderId}`, day)
  const marked = new Map<string, Row>()

  const mustHave = (holderId: string): void => {
    if (!holders.has(holderId)) throw new Missing('holders', holderId)
  }
  const rowOf = ({ acquisitionId, holderId }: AcquisitionKey): Held | undefined => {
    mustHave(holderId)
    const row = byId.get(acquisitionId)
    return row?.holderId === holderId ? row : undefined
  }
  /** undefined: nobody has it. */
  const search = (acquisitionId: string): Held | undefined => {
    const row = byId.get(acquisitionId)
    if (!row && !wants.acquisitions.has(acquisitionId)) throw new Missing('acquisitions', acquisitionId)
    return row
  }

  const acquisitions: AcquisitionRows = {
    heldBy(holderId) {
      mustHave(holderId)
      return (byHolder.get(holderId) ?? []).map(asRulesSee)
    },
    find(acquisitionId) {
      const row = search(acquisitionId)
      return row ? asRulesSee(row) : null
    },
    exists: (acquisitionId) => search(acquisitionId) !== undefined,
    count(holderId, campaignId) {
      mustHave(holderId)
      const all = byHolder.get(holderId) ?? []
      return all.reduce((sum, row) => sum + Number(row.campaignId === campaignId && !row.revoked), 0)
    },
    insert(acquisition) {
      mustHave(acquisition.holderId)
      add({ ...acquisition, revoked: false, was: null })
    },
    takeUse(key, changeSeq, revokedToo) {
      const row = rowOf(key)
      if (!row || row.usesLeft === 0 || (row.revoked && !revokedToo)) return false
      row.usesLeft -= 1
      row.changeSeq = changeSeq
      return true
    },
    giveUseBack(key, changeSeq) {
      const row = rowOf(key)
      if (!row) return
      row.usesLeft += 1
      row.changeSeq = changeSeq
    },
  }

  const media: MediaRows = {
    byKey(key) {
      const row = byKey.get(keyOf(key))
      if (row) {
        mustHave(row.holderId)
        return row
      }
      if (!wants.media.has(keyOf(key))) throw new Missing('media', keyOf(key))
      return null
    },
    rekey(row, key, changeSeq) {
      for (const [known, other] of byKey) if (other === row) byKey.delete(known)
      byKey.set(keyOf(key), { ...row, keyVersion: key.v })
      rekeyed.push({ row, key, changeSeq })
    },
    insert(row, key, changeSeq) {
      byKey.set(keyOf(key), row)
      newMedia.push({ row, key, changeSeq })
    },
    insertHolder(holderId, createdAt) {
      made.add(holderId)
      newHolders.push([holderId, createdAt])
      holders.add(holderId)
    },
    hasHolder(holderId) {
      mustHave(holderId)
      return made.has(holderId) || !wants.holders.has(holderId) || named?.includes(holderId) === true
    },
  }

  const activity: ActivityRows = {
    lastDay(storeId, holderId) {
      mustHave(holderId)
      if (!wants.stores.has(storeId)) throw new Missing('stores', storeId)
      return days.get(`${storeId} ${holderId}`) ?? null
    },
    put(storeId, holderId, day, changeSeq) {
      days.set(`${storeId} ${holderId}`, day)
      marked.set(`${storeId} ${holderId}`, [storeId, holderId, day, changeSeq])
    },
  }

  const touched = (): Held[] => [...byId.values()].filter((row) => row.changeSeq !== null)

  return {
    acquisitions,
    media,
    activity,
    mustHave,
    setRevoked(key, revoked, uses, changeSeq) {
      const row = rowOf(key)
      if (!row || row.revoked === revoked || row.usesLeft !== uses) return false
      row.revoked = revoked
      row.changeSeq = changeSeq
      return true
    },
    changed: () => touched().map((row) => ({ ...row, changeSeq: row.changeSeq ?? 0 })),
    writes() {
      const old: Row[] = []
      const fresh: Row[] = []
      for (const row of touched()) {
        const { holderId, acquisitionId, campaignId, usesLeft, was, revoked, changeSeq, expiresAt, acquiredAt } = row
        if (was !== null) old.push([holderId, acquisitionId, usesLeft, Number(revoked), was, changeSeq])
        else
          fresh.push([holderId, acquisitionId, campaignId, usesLeft, expiresAt, acquiredAt, Number(revoked), changeSeq])
      }
      return [
        ...put(NEW_HOLDERS, newHolders),
        ...put(NEW_MEDIA, newMedia.map(mediumColumns)),
        ...put(REKEY, rekeyed.map(mediumColumns)),
        ...put(USED, old),
        ...put(NEW, fresh),
        ...put(ACTIVITY, [...marked.values()]),
      ]
    },
  }
}

const mediumColumns = ({ row, key, changeSeq }: KnownMediumRow): Row => [
  row.mediumId,
  key.v,
  Buffer.from(key.key, 'hex'),
  row.type,
  row.holderId,
  Number(row.blocked),
  changeSeq,
]

const asRulesSee = (row: Held): HeldAcquisition => ({
  acquisitionId: row.acquisitionId,
  campaignId: row.campaignId,
  usesLeft: row.usesLeft,
  expiresAt: row.expiresAt,
  revoked: row.revoked,
  holderId: row.holderId,
})
