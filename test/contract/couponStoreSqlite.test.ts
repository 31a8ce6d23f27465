import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteCouponStore } from '../../server/store/sqlite/sqliteCouponStore.ts'
import { systemIds } from '../../server/system.ts'
import { couponStoreContract } from './couponStore.ts'

couponStoreContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-contract-'))
  return {
    open: async () => openSqliteCouponStore({ path: join(folder, 'server.db'), ids: systemIds }),
    destroy: async () => rmSync(folder, { recursive: true, force: true }),
  }
})
