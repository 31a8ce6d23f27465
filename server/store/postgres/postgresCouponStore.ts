import type { Ids } from '../../../core/ports/ids.ts'
import type { CopyCommand, CopyWritten, CouponStore } from '../couponStore.ts'
import { conflictPage } from './conflicts/conflictList.ts'
import { conflictStory } from './conflicts/conflictStory.ts'
import { decidingStore } from './decidingStore.ts'
import { definitionsIn } from './definitions.ts'
import { openDesk } from './desk.ts'
import { changeFeed } from './feed/changeFeed.ts'
import { copyInThread } from './feed/copyInThread.ts'
import { officeSide } from './officeSide.ts'

export interface PostgresStoreOptions {
  /** `postgres://…`; its database is there. */
  readonly url: string
  readonly ids: Ids
  /** Writes stations' copies; by default in a thread of its own. */
  readonly copyWriter?: (url: string, command: CopyCommand) => Promise<CopyWritten>
}

/** `CouponStore` over a database whose schema is up to date; begins an epoch of the feed. Rejects with `StoreUnavailable`. */
export async function postgresCouponStore(options: PostgresStoreOptions): Promise<CouponStore> {
  const { url, ids, copyWriter = copyInThread } = options
  const desk = openDesk(url)
  try {
    await desk.run('SELECT begin_epoch($1)', [Buffer.from(ids.randomBytes(8)).toString('hex')])
  } catch (error) {
    await desk.close()
    throw error
  }
  const definitions = definitionsIn()
  const feed = changeFeed(desk, definitions)
  const { close, ...decided } = decidingStore(url, ids)
  const office = officeSide(desk, ids)
  return {
    ...office,
    ...decided,
    // What people do is written down in the audit log, in the same transaction.
    writeOffLeases: office.writeOffLeases,
    resolveConflict: office.resolveConflict,
    changesSince: feed.since,
    changePosition: feed.position,
    planCopy: feed.plan,
    writeCopy: (command) => copyWriter(url, command),
    conflicts: (query) => desk.read((view) => conflictPage(view, definitions, query)),
    conflict: (conflictId, scope) => desk.read((view) => conflictStory(view, definitions, conflictId, scope)),
    async close() {
      await Promise.all([close(), desk.close()])
    },
  }
}
