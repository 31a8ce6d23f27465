import { uuidv7 } from 'uuidv7'
import type { RawMedium } from '../../core/media/medium.ts'
import { hashKeysFromFile } from '../../server/media/hashKeys.ts'
import { presentedMedium } from '../../server/media/presentedMedium.ts'
import type { HolderSeed } from '../../server/store/couponStore.ts'
import { openDatabase } from '../../server/store/sqlite/database.ts'
import { sqliteCouponStore } from '../../server/store/sqlite/sqliteCouponStore.ts'
import { systemIds as ids, systemClock } from '../../server/system.ts'

/** Each of them holds one coupon of so many campaigns. */
export const CAMPAIGNS_OF_NEWCOMERS = 10

const KINDS = { customer: '012e4c77', newcomer: '012e4c88' }

/** The card of the n-th of a kind. */
export const cardOf = (kind: keyof typeof KINDS, n: number): RawMedium => ({
  type: 'felica-idm',
  identifier: `${KINDS[kind]}${n.toString(16).padStart(8, '0')}`,
})

/**
 * Puts `acquisitions` into the database of a server that does not run, ten to a holder, after the `from` that are there
 * already; their cards are known to the server by its own keys.
 */
export async function importNewcomers(
  database: string,
  campaigns: readonly string[],
  from: number,
  acquisitions: number,
): Promise<void> {
  const hashKeys = hashKeysFromFile(`${database}.key`, ids)
  const first = from / CAMPAIGNS_OF_NEWCOMERS
  function* holders(): Generator<HolderSeed> {
    for (let n = first; n < first + acquisitions / CAMPAIGNS_OF_NEWCOMERS; n++) {
      const settings = { acceptNonUniqueUids: false, membershipRules: [] }
      const medium = presentedMedium(cardOf('newcomer', n), hashKeys, settings)
      yield {
        holderId: uuidv7(),
        media: [{ medium, blocked: false }],
        acquisitions: campaigns.map((campaignId) => ({ acquisitionId: uuidv7(), campaignId })),
      }
    }
  }
  const db = openDatabase(database)
  const store = sqliteCouponStore(db, ids)
  try {
    db.pragma('synchronous = OFF')
    await store.importHolders(holders(), systemClock.now())
    db.pragma('synchronous = FULL')
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    await store.close()
  }
}
