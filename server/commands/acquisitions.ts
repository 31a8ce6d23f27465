import { createReadStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { readHeader } from '../../core/acquisition/csv.ts'
import { csvParts } from '../../core/acquisition/csvParts.ts'
import { type ImportProgress, MOST_ROWS_IN_ALL } from '../../core/contract/acquisitionImports.ts'
import { Uuid7 } from '../../core/ids.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import { BY_COMMAND } from '../audit/entry.ts'
import { contentHash } from '../events/intent.ts'
import type { HashKey } from '../media/hashKeys.ts'
import { arrivedRows, ROWS_IN_A_COMMIT } from '../services/listRows.ts'
import type { CouponStore } from '../store/couponStore.ts'

export interface AcquisitionsParts {
  readonly store: CouponStore
  readonly hashKeys: readonly HashKey[]
  readonly clock: Clock
  readonly ids: Ids
  /** Told of every bad row as it is found: its number and why, `row,reason`; nothing else of it. */
  readonly bad: (line: string) => void
}

export const ACQUISITIONS_USAGE = `tapcoupon server acquisitions FILE [--campaign ID] [--store ID] [--dry-run] [--list ID] [--database URL]
  gives everybody in a CSV file a coupon (docs/registration.md says what it looks like); bad rows go to stderr as row,reason.
  --dry-run changes nothing; --store reads barcodes by that store's rules; --list goes on with a list that was cut off`

/**
 * `acquisitions FILE`: a list from a file, in small commits beside a running server. Answers how far it is, which says every
 * bad row's reason by count. Throws, in words, for a file or an id that is none.
 */
export async function acquisitionsCommand(args: readonly string[], parts: AcquisitionsParts): Promise<ImportProgress> {
  const { store, clock, ids, bad } = parts
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      database: { type: 'string' },
      campaign: { type: 'string' },
      store: { type: 'string' },
      list: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
    },
  })
  const [file] = positionals
  if (file === undefined || positionals.length > 1)
    throw new Error(`acquisitions takes one file\n${ACQUISITIONS_USAGE}`)
  const { campaign = null, store: storeId = null, 'dry-run': dryRun } = values
  for (const id of [campaign, values.list ?? null]) {
    if (id !== null && !Uuid7.safeParse(id).success) throw new Error(`${id} is no id`)
  }
  if (campaign !== null && !(await store.campaign(campaign))) throw new Error('no campaign has this id')
  if (storeId !== null && !(await store.storeRecord(storeId))) throw new Error('no store has this id')

  let progress: ImportProgress | null = null
  let header = ''
  let next = 1
  const importId = values.list ?? ids.uuid7()
  const list = () => ({ header, campaignId: campaign, storeId })
  const put = async (firstRow: number, lines: readonly string[], last: boolean): Promise<ImportProgress> => {
    const rows = await arrivedRows(lines, list(), parts)
    const answer = await store.importRows({ importId, firstRow, rows, last, now: clock.now() })
    if (answer === null || typeof answer === 'string')
      throw new Error(`the list ${importId} cannot go on: it has ended`)
    return answer
  }
  for await (const part of csvParts(createReadStream(file, 'utf8'), ROWS_IN_A_COMMIT)) {
    if ('header' in part) {
      header = part.header.replace(/^\uFEFF/, '')
      progress = await announce()
      continue
    }
    next = part.firstRow + part.lines.length
    if (next - 1 > MOST_ROWS_IN_ALL) throw new Error(`a list has at most ${MOST_ROWS_IN_ALL} rows`)
    if (!progress || next <= progress.nextRow) continue
    progress = await put(part.firstRow, part.lines, false)
  }
  if (!progress) throw new Error('the file is empty')
  const ended = progress.state === 'open' ? await put(next, [], true) : progress
  for (let after = 0; ; ) {
    const faults = await store.importFaults(importId, after, FAULTS_AT_ONCE)
    for (const { row, reason } of faults) bad(`${row},${reason}`)
    if (faults.length < FAULTS_AT_ONCE) return ended
    after = faults.at(-1)?.row ?? after
  }

  async function announce(): Promise<ImportProgress> {
    const columns = readHeader(header, campaign !== null)
    if (!columns.ok) throw new Error(columns.message)
    const intentHash = contentHash({ header, campaignId: campaign, storeId, dryRun })
    if (!intentHash) throw new Error('the first line cannot be compared')
    const of = { ...(campaign === null ? {} : { campaignId: campaign }), ...(storeId === null ? {} : { storeId }) }
    const started = await store.startImport({
      importId,
      header,
      dryRun,
      ...of,
      intentHash,
      by: BY_COMMAND,
      now: clock.now(),
    })
    if (started === 'differs') throw new Error(`the list ${importId} is another one`)
    return started
  }
}

const FAULTS_AT_ONCE = 5_000
