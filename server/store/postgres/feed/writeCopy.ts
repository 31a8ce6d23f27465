import type { CopyCommand, CopyWritten } from '../../couponStore.ts'
import { cursorOf } from '../../feedPlace.ts'
import type { AcquisitionRow } from '../../rows/acquisitionRow.ts'
import {
  type CampaignRow,
  DECIDED_STATES,
  definitionOf,
  HELD_COLUMNS,
  MEDIUM_COLUMNS,
  type MediumRow,
  operatorChange,
  type Positioned,
  USAGE_COLUMNS,
  type UsageRow,
} from '../../rows/changeRows.ts'
import type { OperatorRow } from '../../rows/operatorRow.ts'
import { type CopyFile, newCopyFile } from '../../sqlite/copyFile.ts'
import type { Desk, Queries } from '../desk.ts'
import { epochOf, feedEnd } from './changeFeed.ts'

/** Rows that are in memory at a time. */
const ROWS = 5_000

interface Ref {
  readonly ref: number
}

/**
 * Writes a copy from one view of the database to a new file, a slice of rows at a time. It may hold a little of what came
 * after its position, which the feed then gives once more. Rejects with what the database or SQLite says; then nothing is left.
 */
export async function writeCopy(desk: Desk, { plan, path, now }: CopyCommand): Promise<CopyWritten> {
  const { end } = await feedEnd(desk)
  return desk.read(async (view) => {
    const file = newCopyFile(path)
    try {
      await fill(view, file, plan)
      const epoch = await epochOf(view, end)
      const cursor = cursorOf({ position: end, own: 0, epoch, beganAt: now, scope: plan.scope })
      return file.finish({ cursor, changeSeq: end, now })
    } catch (error) {
      file.discard()
      throw error
    }
  })
}

/** Whom the copy holds, numbered by id; `$1` store, `$2` day, `$3` holder. */
const HELD = `WITH held AS (
  SELECT holder_id, row_number() OVER (ORDER BY holder_id) AS ref FROM holders
  WHERE $2::BIGINT = 0 OR holder_id IN (SELECT a.holder_id FROM holder_activity a
    WHERE a.store_id IN ($1, '') AND (a.day, a.holder_id) >= ($2::BIGINT, $3)))`

async function fill(view: Queries, file: CopyFile, { storeId, scope, elsewhere }: CopyCommand['plan']): Promise<void> {
  const campaignRefs = await writeCampaigns(view, file, elsewhere)
  const held = [storeId, scope.day, scope.holderId]
  const refOf = (campaignId: string): number => {
    const ref = campaignRefs.get(campaignId)
    if (ref === undefined) throw new Error(`a coupon is of campaign ${campaignId}, which is not there`)
    return ref
  }

  await each<Ref & { holder_id: string }>(view, `${HELD} SELECT ref, holder_id FROM held ORDER BY ref`, held, (row) =>
    file.holder(row.ref, row.holder_id),
  )
  await each<Ref & AcquisitionRow>(
    view,
    `${HELD} SELECT h.ref, ${HELD_COLUMNS} FROM held h JOIN acquisitions t USING (holder_id)
     WHERE t.campaign_id <> ALL($4::TEXT[]) ORDER BY h.ref, t.acquisition_id`,
    [...held, elsewhere],
    (row) => file.acquisition(row.ref, refOf(row.campaign_id), row),
  )
  await each<Ref & UsageRow>(
    view,
    `${HELD} SELECT h.ref, ${USAGE_COLUMNS} FROM held h JOIN holder_usage t USING (holder_id)
     WHERE t.campaign_id <> ALL($4::TEXT[]) ORDER BY h.ref, t.campaign_id, t.period`,
    [...held, elsewhere],
    (row) => file.usage(row.ref, refOf(row.campaign_id), row),
  )
  await each<Ref & MediumRow>(
    view,
    `${HELD} SELECT h.ref, ${MEDIUM_COLUMNS} FROM held h JOIN media t USING (holder_id) ORDER BY t.medium_id`,
    held,
    (row) => file.medium(row.ref, row),
  )
  const operators = await view.all<Positioned & OperatorRow>('SELECT * FROM operators ORDER BY operator_id')
  for (const row of operators) file.operator(row.operator_id, JSON.stringify(operatorChange(row)))
}

async function writeCampaigns(
  view: Queries,
  file: CopyFile,
  elsewhere: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await view.all<CampaignRow & { readonly decided: boolean }>(
    `SELECT campaign_id, version, state, rules, state IN ${DECIDED_STATES} AS decided FROM campaigns
     WHERE campaign_id <> ALL($1::TEXT[]) ORDER BY campaign_id`,
    [elsewhere],
  )
  rows.forEach((row, index) => {
    file.campaign(index + 1, row.campaign_id, row.decided ? JSON.stringify(definitionOf(row)) : null)
  })
  return new Map(rows.map((row, index) => [row.campaign_id, index + 1]))
}

/** Every row of a query, a slice at a time. */
async function each<Row>(
  view: Queries,
  text: string,
  values: readonly unknown[],
  write: (row: Row) => void,
): Promise<void> {
  await view.run(`DECLARE rows_of_copy NO SCROLL CURSOR FOR ${text}`, values)
  for (;;) {
    const rows = await view.all<Row>(`FETCH ${ROWS} FROM rows_of_copy`)
    for (const row of rows) write(row)
    if (rows.length < ROWS) break
  }
  await view.run('CLOSE rows_of_copy')
}
