import type { Change } from '../../../../core/contract/changes.ts'
import type { StationContext } from '../../commands.ts'
import type { CopyScope } from '../../feedPlace.ts'
import type { AcquisitionRow } from '../../rows/acquisitionRow.ts'
import {
  acquisitionChange,
  type CampaignRow,
  campaignChange,
  DECIDED_STATES,
  type EndedConflictRow,
  HELD_COLUMNS,
  type LeaseChangeRow,
  leaseChange,
  MEDIUM_COLUMNS,
  type MediumRow,
  mediumChange,
  operatorChange,
  type Positioned,
  resolutionChanges,
  type StoreChangeRow,
  storeChange,
  USAGE_COLUMNS,
  type UsageRow,
  usageChange,
} from '../../rows/changeRows.ts'
import { CONFLICT_COLUMNS } from '../../rows/conflictRow.ts'
import type { OperatorRow } from '../../rows/operatorRow.ts'
import type { Queries } from '../desk.ts'

/** Which part of what stations share one store's copy holds. */
export interface CopyView {
  readonly storeId: string
  readonly scope: CopyScope
  /** Campaigns whose coupons are left out. */
  readonly elsewhere: readonly string[]
}

/** Positions after `after` up to `upTo`, oldest first, at most `limit` rows. */
export interface Window {
  readonly after: number
  readonly upTo: number
  readonly limit: number
}

/** `$1` after, `$2` up to, `$3` limit. */
const IN_WINDOW = (at: string) => `${at}.change_seq > $1 AND ${at}.change_seq <= $2`
const PAGE = (at: string) => `ORDER BY ${at}.change_seq LIMIT $3`

/** Of a table whose rows belong to a holder: everybody's, or those of the holders that the copy holds. `$4` to `$6`. */
const OF_HELD_HOLDERS = `($5::BIGINT = 0 OR EXISTS (
  SELECT 1 FROM holder_activity a WHERE a.store_id IN ($4, '') AND a.holder_id = t.holder_id
    AND (a.day, a.holder_id) >= ($5::BIGINT, $6)))`
const NOT_ELSEWHERE = (values: number) => `t.campaign_id <> ALL($${values}::TEXT[])`

/** Rows of `table` by the entries of `holder_changes` that still say something of them. */
const byChanges = (table: string, key: readonly string[]): string =>
  `holder_changes at JOIN ${table} t ON ${[...key, 'change_seq'].map((name) => `t.${name} = at.${name}`).join(' AND ')}`
const ACQUISITIONS = byChanges('acquisitions', ['holder_id', 'acquisition_id'])
const USAGE = byChanges('holder_usage', ['holder_id', 'campaign_id', 'period'])

const windowOf = ({ after, upTo, limit }: Window) => [after, upTo, limit]
const heldBy = ({ storeId, scope }: CopyView) => [storeId, scope.day, scope.holderId]

async function read<Row>(
  view: Queries,
  text: string,
  values: readonly unknown[],
  change: (row: Positioned & Row) => Change | readonly Change[],
): Promise<readonly Change[]> {
  return (await view.all<Positioned & Row>(text, values)).flatMap(change)
}

/** Everything that stations share, by kind. */
export async function sharedChanges(
  view: Queries,
  of: CopyView,
  window: Window,
): Promise<readonly (readonly Change[])[]> {
  const within = windowOf(window)
  const held = heldBy(of)
  return [
    await read<CampaignRow>(
      view,
      `SELECT t.change_seq, campaign_id, version, state, rules FROM campaigns t
       WHERE ${IN_WINDOW('t')} AND state IN ${DECIDED_STATES} AND ${NOT_ELSEWHERE(4)} ${PAGE('t')}`,
      [...within, of.elsewhere],
      campaignChange,
    ),
    // Who is gone is gone from every copy, whomever it holds.
    await read<{ holder_id: string }>(
      view,
      `SELECT t.change_seq, holder_id FROM gone_holders t WHERE ${IN_WINDOW('t')} ${PAGE('t')}`,
      within,
      (row) => ({ kind: 'holder_gone', changeSeq: row.change_seq, holderId: row.holder_id }),
    ),
    await read<MediumRow>(
      view,
      `SELECT t.change_seq, ${MEDIUM_COLUMNS} FROM media t WHERE ${IN_WINDOW('t')} AND ${OF_HELD_HOLDERS} ${PAGE('t')}`,
      [...within, ...held],
      mediumChange,
    ),
    await read<AcquisitionRow>(
      view,
      `SELECT t.change_seq, ${HELD_COLUMNS} FROM ${ACQUISITIONS}
       WHERE ${IN_WINDOW('at')} AND ${NOT_ELSEWHERE(7)} AND ${OF_HELD_HOLDERS} ${PAGE('at')}`,
      [...within, ...held, of.elsewhere],
      acquisitionChange,
    ),
    await read<UsageRow>(
      view,
      `SELECT t.change_seq, ${USAGE_COLUMNS} FROM ${USAGE}
       WHERE ${IN_WINDOW('at')} AND ${NOT_ELSEWHERE(7)} AND ${OF_HELD_HOLDERS} ${PAGE('at')}`,
      [...within, ...held, of.elsewhere],
      usageChange,
    ),
    await read<OperatorRow>(
      view,
      `SELECT t.change_seq, operator_id, name, role, active, store_id, pin FROM operators t
       WHERE ${IN_WINDOW('t')} ${PAGE('t')}`,
      within,
      operatorChange,
    ),
  ]
}

/** What concerns one station or its store alone: few rows, which a copy in a file does not carry. */
export async function ownChanges(
  view: Queries,
  { stationId, store: { storeId } }: StationContext,
  window: Window,
): Promise<readonly (readonly Change[])[]> {
  const within = windowOf(window)
  return [
    await read<StoreChangeRow>(
      view,
      `SELECT change_seq, store, settings, difference FROM (
         SELECT greatest(s.change_seq, own.difference_seq) AS change_seq, s.store, s.settings, own.difference
         FROM stores s LEFT JOIN stations own ON own.station_id = $5 WHERE s.store_id = $4) t
       WHERE ${IN_WINDOW('t')} ${PAGE('t')}`,
      [...within, storeId, stationId],
      storeChange,
    ),
    await read<EndedConflictRow>(
      view,
      `SELECT ${CONFLICT_COLUMNS}, c.change_seq, o.name AS by_name,
         (SELECT count(*) FROM conflicts x
          WHERE x.station_id = c.station_id AND x.event_id = c.event_id AND x.outcome IS NULL) AS remaining
       FROM conflicts c LEFT JOIN operators o ON o.operator_id = c.resolved_by
       WHERE ${IN_WINDOW('c')} AND c.station_id = $4 ${PAGE('c')}`,
      [...within, stationId],
      resolutionChanges,
    ),
    await read<LeaseChangeRow>(
      view,
      `SELECT t.change_seq, lease_id, campaign_id, state FROM leases t
       WHERE ${IN_WINDOW('t')} AND station_id = $4 ${PAGE('t')}`,
      [...within, stationId],
      leaseChange,
    ),
  ]
}

export interface EnteredHolder {
  readonly holderId: string
  readonly changeSeq: number
}

/** Holders who were at the store, or got a coupon for it, for the first time on a day: a copy that holds only some may not have them. */
export function enteredHolders(view: Queries, of: CopyView, window: Window): Promise<readonly EnteredHolder[]> {
  return view.all<EnteredHolder>(
    `SELECT holder_id AS "holderId", change_seq AS "changeSeq" FROM holder_activity t
     WHERE ${IN_WINDOW('t')} AND store_id IN ($4, '') AND (day, holder_id) >= ($5::BIGINT, $6) ${PAGE('t')}`,
    [...windowOf(window), ...heldBy(of)],
  )
}

/** Everything of each of these holders, as if all of it had changed when they entered. */
export async function wholeHolders(
  view: Queries,
  { elsewhere }: CopyView,
  entered: readonly EnteredHolder[],
): Promise<ReadonlyMap<number, readonly Change[]>> {
  if (entered.length === 0) return new Map()
  const ids = [...new Set(entered.map(({ holderId }) => holderId))]
  const media = await view.all<Positioned & MediumRow>(
    `SELECT change_seq, ${MEDIUM_COLUMNS} FROM media t WHERE holder_id = ANY($1)`,
    [ids],
  )
  const acquisitions = await view.all<Positioned & AcquisitionRow>(
    `SELECT change_seq, ${HELD_COLUMNS} FROM acquisitions t WHERE holder_id = ANY($1) AND ${NOT_ELSEWHERE(2)}`,
    [ids, elsewhere],
  )
  const usage = await view.all<Positioned & UsageRow>(
    `SELECT change_seq, ${USAGE_COLUMNS} FROM holder_usage t WHERE holder_id = ANY($1) AND ${NOT_ELSEWHERE(2)}`,
    [ids, elsewhere],
  )
  const of = <Row extends { readonly holder_id: string }>(rows: readonly Row[]) =>
    Map.groupBy(rows, ({ holder_id: holderId }) => holderId)
  const [itsMedia, itsAcquisitions, itsUsage] = [of(media), of(acquisitions), of(usage)]
  return new Map(
    entered.map(({ holderId, changeSeq }) => {
      const changes: Change[] = [
        ...(itsMedia.get(holderId) ?? []).map(mediumChange),
        ...(itsAcquisitions.get(holderId) ?? []).map(acquisitionChange),
        ...(itsUsage.get(holderId) ?? []).map(usageChange),
      ]
      return [changeSeq, changes.map((change) => ({ ...change, changeSeq }))]
    }),
  )
}
