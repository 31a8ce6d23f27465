import type { AcquisitionKey } from '../deciding/acquisitionRows.ts'
import type { CodeRows, FoundCode } from '../deciding/codeRows.ts'
import type { IssuedCoupon, IssuedRows } from '../deciding/issuing.ts'
import type { NoticeRows } from '../deciding/notices.ts'
import type { Call, Row, Statement } from './connection.ts'
import { mustFindAll, put } from './put.ts'
import type { RedemptionLoaded } from './redemptionSet.ts'
import { Missing, type Wants } from './wants.ts'

const LOAD: Statement = {
  name: 'load_codes',
  text: `SELECT json_agg(json_build_array(c.key_version, encode(c.key, 'hex'), c.list_id, l.campaign_id, c.uses_left, l.until))
    FROM unnest($1::BYTEA[], $2::BIGINT[]) AS k (key, v) JOIN codes AS c ON c.key = k.key AND c.key_version = k.v
    JOIN code_lists AS l ON l.list_id = c.list_id`,
}

export type CodesLoaded = readonly [
  readonly (readonly [number, string, string, string, number, number | null])[] | null,
]
export const NO_CODES: CodesLoaded = [null]

/** Loads unique codes; null when none is wanted. */
export function loadCodes({ codes }: Wants): Call | null {
  if (codes.size === 0) return null
  const keys = [...codes].map((code) => code.slice(code.indexOf(':') + 1))
  const versions = [...codes].map((code) => Number(code.slice(0, code.indexOf(':'))))
  return { statement: LOAD, values: [keys.map((key) => Buffer.from(key, 'hex')), versions] }
}

const TAKEN: Statement = {
  name: 'taken_codes',
  text: mustFindAll(
    `UPDATE codes AS c SET uses_left = c.uses_left - x.taken FROM unnest($1::BYTEA[], $2::BIGINT[], $3::BIGINT[], $4::BIGINT[])
       AS x (key, key_version, taken, was) WHERE c.key = x.key AND c.key_version = x.key_version AND c.uses_left = x.was`,
    'codes',
  ),
}
const LISTS: Statement = {
  name: 'count_code_lists',
  text: `UPDATE code_lists AS l SET redeemed = l.redeemed + x.taken FROM (
      SELECT list_id, sum(taken)::BIGINT AS taken FROM unnest($1::TEXT[], $2::BIGINT[]) AS t (list_id, taken)
      GROUP BY list_id ORDER BY list_id) AS x
    WHERE l.list_id = x.list_id`,
}
const ISSUED: Statement = {
  name: 'new_issued_coupons',
  text: `INSERT INTO issued_coupons (redemption_id, acquisition_id, campaign_id, uses)
    SELECT * FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::BIGINT[])`,
}
const NOTICES: Statement = {
  name: 'new_notices',
  text: `INSERT INTO outbox (position, store_id, at, type, data)
    SELECT * FROM unnest($1::BIGINT[], $2::TEXT[], $3::BIGINT[], $4::TEXT[], $5::TEXT[])`,
}

/** What other sets do for coupons that come by themselves. */
interface Others {
  mustHaveRedemption(redemptionId: string): void
  hasRedeemed(holderId: string, exceptRedemptionId: string): boolean
  setRevoked(key: AcquisitionKey, revoked: boolean, uses: number, changeSeq: number): boolean
  countIssued(campaignId: string, by: 1 | -1): void
}

export interface CouponSet {
  readonly codes: CodeRows
  readonly issued: IssuedRows
  readonly notices: Pick<NoticeRows, 'insert'>
  writes(): readonly Call[]
}

/** Unique codes, coupons that redemptions brought, and what others are told, in memory for one transaction. */
export function couponSet(
  wants: Wants,
  [codesLoaded]: CodesLoaded,
  [, , , , , issuedLoaded]: RedemptionLoaded,
  others: Others,
): CouponSet {
  const codes = new Map<string, FoundCode & { usesLeft: number; readonly was: number }>()
  for (const [v, key, listId, campaignId, usesLeft, until] of codesLoaded ?? []) {
    codes.set(`${v}:${key}`, { key: { v, key }, listId, campaignId, usesLeft, until, was: usesLeft })
  }
  const issued = new Map<string, IssuedCoupon[]>()
  const add = (redemptionId: string, coupon: IssuedCoupon): void => {
    issued.set(redemptionId, [...(issued.get(redemptionId) ?? []), coupon])
  }
  for (const [redemptionId, acquisitionId, campaignId, uses] of issuedLoaded ?? []) {
    add(redemptionId, { acquisitionId, campaignId, uses })
  }
  const newIssued: Row[] = []
  const notices: Row[] = []

  return {
    codes: {
      find(keys) {
        for (const { v, key } of keys) {
          const found = codes.get(`${v}:${key}`)
          if (found) return { ...found }
          if (!wants.codes.has(`${v}:${key}`)) throw new Missing('codes', `${v}:${key}`)
        }
        return null
      },
      take({ key: { v, key } }) {
        const code = codes.get(`${v}:${key}`)
        if (!code || code.usesLeft === 0) throw new Error('a code that had a use has none')
        code.usesLeft -= 1
      },
    },
    issued: {
      of(redemptionId) {
        others.mustHaveRedemption(redemptionId)
        return (issued.get(redemptionId) ?? []).toSorted((a, b) => (a.acquisitionId < b.acquisitionId ? -1 : 1))
      },
      insert(redemptionId, coupon) {
        add(redemptionId, coupon)
        newIssued.push([redemptionId, coupon.acquisitionId, coupon.campaignId, coupon.uses])
      },
      hasRedeemed: others.hasRedeemed,
      setRevoked: others.setRevoked,
      countIssued: others.countIssued,
    },
    notices: {
      insert: (position, storeId, at, { type, data }) =>
        void notices.push([position, storeId, at, type, JSON.stringify(data)]),
    },
    writes() {
      const taken = [...codes.values()].filter(({ usesLeft, was }) => usesLeft < was)
      const rows = taken.map(({ key, usesLeft, was }) => [Buffer.from(key.key, 'hex'), key.v, was - usesLeft, was])
      const lists = taken.map(({ listId, usesLeft, was }) => [listId, was - usesLeft])
      return [...put(TAKEN, rows), ...put(LISTS, lists), ...put(ISSUED, newIssued), ...put(NOTICES, notices)]
    },
  }
}
