import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteCouponStore } from '../../server/store/sqlite/sqliteCouponStore.ts'
import { systemIds } from '../../server/system.ts'
import type { MakeStore } from './couponStore/world.ts'
import { couponStoreContract } from './couponStore.ts'

const make =
  (decidesInThread: boolean): MakeStore =>
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-contract-'))
    return {
      open: async () => openSqliteCouponStore({ path: join(folder, 'server.db'), ids: systemIds, decidesInThread }),
      destroy: async () => rmSync(folder, { recursive: true, force: true }),
    }
  }

couponStoreContract('SQLite', make(false))

// What the thread does, and what is done beside it; the rest is the same.
couponStoreContract('SQLite, deciding in a thread', make(true), ['acquiring', 'deciding', 'undoing'])
