import { parentPort, workerData } from 'node:worker_threads'
import { systemIds as ids } from '../../../system.ts'
import { audited } from '../../deciding/audited.ts'
import { deciding } from '../../deciding/deciding.ts'
import { writtenSearch } from '../../writtenSearch.ts'
import { auditTrail } from '../auditLog.ts'
import { connectBeside } from '../database.ts'
import { decidesAtOnce } from '../decider.ts'
import { decidingRows } from '../decidingRows.ts'
import { definitions } from '../definitions.ts'
import { transactions } from '../unit.ts'
import {
  type Answered,
  type Asked,
  LOG_LOST,
  type PackedError,
  packError,
  packResult,
  type ThreadData,
  unpackCommands,
  unpackQueries,
} from './messages.ts'
import { type Settling, unpackSettling } from './settling.ts'
import { decidersTurns } from './turns.ts'
import { walSync } from './walSync.ts'

/** Entry of the thread that decides and searches, over a connection of its own. */
const { path, turns: memory } = workerData as ThreadData
const db = connectBeside(path)
const turns = decidersTurns(memory)
const rows = decidingRows(db)
const tx = transactions(db, rows.putOff, turns.committing)
const known = definitions(db)
const rules = audited(deciding(rows, known, ids, tx.savepoint), auditTrail(db))
// Whoever has read has opened the log.
known.current()
const log = walSync(path, turns, () => process.exit(LOG_LOST))

const decider = decidesAtOnce(
  {
    write: (now, work) => {
      try {
        return turns.hold(() => tx.write(now, work))
      } catch (error) {
        known.drop()
        throw error
      }
    },
    read: tx.read,
  },
  rules,
)

let syncedAt = turns.committed()
/** What leaves this thread is on disk, and so is what it was made of. */
const onDisk = async (): Promise<void> => {
  const committed = turns.committed()
  if (committed === syncedAt) return
  await log.wait()
  syncedAt = committed
}

const settle = (id: number, command: Settling): Answered => {
  const failures: PackedError[] = []
  const onFailure = (error: unknown) => void failures.push(packError(error))
  return { id, settled: decider.settle({ ...command, onFailure }), failures }
}

const atOnce = (asked: Asked): Answered => {
  const { id } = asked
  switch (asked.kind) {
    case 'decide':
      return { id, results: decider.decide(unpackCommands(asked.text), asked.now).map(packResult) }
    case 'search':
      return { id, found: decider.search(unpackQueries(asked.text)).map(writtenSearch) }
    case 'settle':
      return settle(id, unpackSettling(asked))
  }
}

const answer = async (asked: Asked): Promise<Answered> => {
  try {
    return atOnce(asked)
  } finally {
    // After a COMMIT that failed too: whoever reads meanwhile waits for it.
    await onDisk()
  }
}

const port = parentPort
if (!port) throw new Error('this is the entry of a thread')
const say = (answered: Answered): void => port.postMessage(answered)
let last: Promise<void> = Promise.resolve()

port.on('message', (asked: Asked | null) => {
  if (asked === null) {
    void last.then(() => {
      log.close()
      db.close()
      port.close()
    })
    return
  }
  const { id } = asked
  // Decided at once, in the order in which it was sent; said when it is on disk.
  const done = answer(asked).then(say, (error) => say({ id, failed: packError(error) }))
  last = Promise.all([last, done]).then(() => {})
})
