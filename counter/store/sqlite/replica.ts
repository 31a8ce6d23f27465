import { closeSync, existsSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Campaign, CampaignDefinition, readCampaign } from '../../../core/campaigns/campaign.ts'
import { accepted, refused } from '../../../core/outcome.ts'
import type { Acquisition } from '../../../core/qualification/model.ts'
import type { HolderUsage, Replica, ReplicaMedium, ReplicaOperator, ReplicaPosition, Stored } from '../counterStore.ts'
import { type Db, openDatabase, storageFault, UnusableFile, write } from './database.ts'
import { BESIDE, removeDatabase } from './files.ts'
import { type ReplicaRows, replicaRows } from './replicaRows.ts'
import { REPLICA_MIGRATIONS } from './replicaSchema.ts'
import { visitorOf } from './visitor.ts'

/**
 * Of a million coupons (49 MB): the inner pages of its indexes, and what was asked for lately. The rest the system keeps;
 * three times as much finds a customer no sooner.
 */
const CACHE_KIB = 8 * 1024

const START: ReplicaPosition = { cursor: '', changeSeq: 0, asOf: null }

export interface SqliteReplica extends Replica {
  /**
   * Puts a checked file in this one's place: from the next read on it answers. A crash leaves the one or the other, whole.
   * Refused, with the old one still open, when the disk does not let it.
   */
  install(checkedFile: string): Stored
  close(): void
}

/**
 * The replica in the file at `path`. A damaged file is thrown away, at opening and whenever a read meets the damage: the
 * server has it all. One with a newer schema is thrown away too.
 */
export function sqliteReplica(path: string): SqliteReplica {
  let open = openOrRestart(path)

  const restart = () => {
    open.db.close()
    removeDatabase(path)
    open = opened(path, true)
  }
  /** A read that meets a damaged page answers as an empty copy would, and the copy is filled again. */
  const read = <Value>(empty: Value, query: (rows: ReplicaRows) => Value): Value => {
    try {
      return query(open.rows)
    } catch (error) {
      if (storageFault(error) !== 'corrupt') throw error
      restart()
      return empty
    }
  }

  return {
    position: () =>
      read(START, (rows) => {
        open.position ??= rows.position()
        return open.position
      }),

    apply(changes, to) {
      const { db, rows } = open
      const applied = write(db, () => {
        for (const change of changes) rows.put(change)
        rows.move(to.cursor, to.changeSeq, to.asOf)
        return null
      })
      open.visitor.forget()
      open.position = null
      if (changes.some((change) => change.kind === 'campaign')) open.campaigns = null
      if (changes.some((change) => change.kind === 'operator')) open.operators = null
      if (!applied.ok && applied.fault === 'corrupt') restart()
      return applied
    },

    reset: restart,

    install(checkedFile) {
      // Whatever the old file's log holds goes into the old file now, and the log with it: the new file must not meet it.
      open.db.close()
      try {
        if (BESIDE.some((suffix) => existsSync(path + suffix))) {
          return refused({ fault: 'io' as const, detail: 'the log of the copy in use cannot be closed' })
        }
        renameSync(checkedFile, path)
        keepFolder(dirname(path))
        return accepted(null)
      } catch (error) {
        return refused({ fault: 'io' as const, detail: (error as Error).message })
      } finally {
        open = openOrRestart(path, false)
      }
    },

    medium: (keys) => read(null as ReplicaMedium | null, () => open.visitor.medium(keys)),
    acquisitions: (holder) => read([] as readonly Acquisition[], () => open.visitor.acquisitions(holder)),
    campaignOf: (holder, acquisitionId) => read(null, (rows) => rows.campaignOf(holder, acquisitionId)),
    usage: (holder) => read([] as readonly HolderUsage[], () => open.visitor.usage(holder)),
    campaigns: () =>
      read(new Map<string, Campaign>() as ReadonlyMap<string, Campaign>, (rows) => {
        open.campaigns ??= new Map(
          rows.definitions().map((definition) => {
            const campaign = readCampaign(CampaignDefinition.parse(JSON.parse(definition)))
            return [campaign.campaignId, campaign]
          }),
        )
        return open.campaigns
      }),
    operators: () =>
      read([] as readonly ReplicaOperator[], (rows) => {
        // Every state of the screen names them.
        open.operators ??= rows.operators().map((change) => JSON.parse(change) as ReplicaOperator)
        return open.operators
      }),

    close: () => open.db.close(),
  }
}

interface OpenReplica {
  readonly db: Db
  readonly rows: ReplicaRows
  readonly visitor: ReturnType<typeof visitorOf>
  /** Parsed definitions, until one changes. */
  campaigns: ReadonlyMap<string, Campaign> | null
  operators: readonly ReplicaOperator[] | null
  /** As far as it has been read. */
  position: ReplicaPosition | null
}

function opened(path: string, readWhole: boolean): OpenReplica {
  const db = openDatabase(path, REPLICA_MIGRATIONS, { readWhole })
  try {
    db.pragma(`cache_size = -${CACHE_KIB}`)
    const rows = replicaRows(db)
    return { db, rows, visitor: visitorOf(rows), campaigns: null, operators: null, position: null }
  } catch (error) {
    db.close()
    // Tables of another shape under the same version: nothing of ours.
    throw new UnusableFile('corrupt', (error as Error).message)
  }
}

function openOrRestart(path: string, readWhole = true): OpenReplica {
  try {
    return opened(path, readWhole)
  } catch (error) {
    const replaceable = error instanceof UnusableFile && (error.code === 'corrupt' || error.code === 'schema_too_new')
    if (!replaceable) throw error
    removeDatabase(path)
    return opened(path, true)
  }
}

/** Makes a rename last. Not every system lets a folder be opened; there the rename lasts by itself. */
function keepFolder(folder: string): void {
  try {
    const opened = openSync(folder, 'r')
    try {
      fsyncSync(opened)
    } finally {
      closeSync(opened)
    }
  } catch (error) {
    if (process.platform !== 'win32') throw error
  }
}
