import { inject } from 'vitest'
import { copyHere } from '../../server/store/postgres/feed/copyInThread.ts'
import { openPostgresCouponStore } from '../../server/store/postgres/openPostgres.ts'
import { systemIds } from '../../server/system.ts'
import { emptyDatabase, newDatabase } from '../rigs/sharedPostgres.ts'
import { couponStoreContract } from './couponStore.ts'

/** One database for the file, emptied after each test. */
let database: Promise<string> | null = null

couponStoreContract('PostgreSQL', async () => {
  database ??= newDatabase(inject('postgresPort'))
  const url = await database
  return {
    open: () => openPostgresCouponStore({ url, ids: systemIds, copyWriter: copyHere }),
    destroy: () => emptyDatabase(url),
  }
})
