import { buildApp } from '../server/app.ts'
import { newHashKeys } from '../server/media/hashKeys.ts'
import { openSqliteCouponStore } from '../server/store/sqlite/sqliteCouponStore.ts'
import { systemClock as clock, systemIds as ids } from '../server/system.ts'

/** The server's description of its API, as it is served at `/docs/json`. */
export async function apiDocument(): Promise<unknown> {
  const store = openSqliteCouponStore({ path: ':memory:', ids })
  const app = await buildApp({ store, hashKeys: newHashKeys(ids), clock, ids })
  try {
    return (await app.inject('/docs/json')).json()
  } finally {
    await app.close()
  }
}
