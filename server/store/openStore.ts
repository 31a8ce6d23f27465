import type { Ids } from '../../core/ports/ids.ts'
import type { CouponStore } from './couponStore.ts'
import { openPostgresCouponStore } from './postgres/openPostgres.ts'
import { openSqliteCouponStore } from './sqlite/sqliteCouponStore.ts'

/** Whether a database is one that several servers share. */
export const isShared = (database: string): boolean => /^postgres(ql)?:\/\//.test(database)

/** Opens and migrates a database: the URL of a PostgreSQL, a SQLite file, or `:memory:`. */
export async function openStore(database: string, ids: Ids): Promise<CouponStore> {
  return isShared(database)
    ? openPostgresCouponStore({ url: database, ids })
    : openSqliteCouponStore({ path: database, ids, decidesInThread: true })
}
