import type { CouponStore } from '../couponStore.ts'
import { migrate } from './migrate.ts'
import { type PostgresStoreOptions, postgresCouponStore } from './postgresCouponStore.ts'

/** Brings a database up to date and opens it. Rejects with `NewerSchema` and `StoreUnavailable`. */
export async function openPostgresCouponStore(options: PostgresStoreOptions): Promise<CouponStore> {
  await migrate(options.url)
  return postgresCouponStore(options)
}
