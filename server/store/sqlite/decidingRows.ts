import type { Database } from 'better-sqlite3'
import type { DecidingRows } from '../deciding/deciding.ts'
import { acquisitionRequestRows } from './acquisitionRequestRows.ts'
import { acquisitionRows } from './acquisitionRows.ts'
import { activityRows } from './activityRows.ts'
import { codeRows } from './codeRows.ts'
import { conflictRows } from './conflictRows.ts'
import { issueFigures } from './dailyFigures.ts'
import { issuedRows } from './issuedRows.ts'
import { journalRows } from './journalRows.ts'
import { leaseRows } from './leaseRows.ts'
import { mediaRows } from './mediaRows.ts'
import { noticeRows } from './noticeRows.ts'
import { overuseRows } from './overuseRows.ts'
import { allOf, type PutOff } from './putOff.ts'
import { redemptionRows } from './redemptionRows.ts'
import { rollbackRows } from './rollbackRows.ts'
import { settledRows } from './settledRows.ts'
import { usageRows } from './usageRows.ts'

/** What decisions look at and write, each over its tables; and what of that is put off until a transaction ends. */
export function decidingRows(db: Database) {
  const usage = usageRows(db)
  const redemptions = redemptionRows(db)
  return {
    putOff: allOf([usage, redemptions]),
    acquisitions: acquisitionRows(db),
    requests: acquisitionRequestRows(db),
    codes: codeRows(db),
    issued: issuedRows(db),
    usage,
    media: mediaRows(db),
    activity: activityRows(db),
    redemptions,
    rollbacks: rollbackRows(db),
    overuse: overuseRows(db),
    leases: leaseRows(db),
    settled: settledRows(db),
    journals: journalRows(db),
    conflicts: conflictRows(db),
    notices: noticeRows(db),
    figures: issueFigures(db),
  } satisfies DecidingRows & { readonly putOff: PutOff }
}
