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
  type PackedError,
  packError,
  packResult,
  type ThreadData,
  type Told,
  unpackCommands,
  unpackQueries,
} from './messages.ts'
import { type Settling, unpackSettling } from './settling.ts'
import { decidersTurns } from './turns.ts'

/** Entry of the thread that decides and searches, over a connection of its own. */
const { path, turns: memory } = workerData as ThreadData
const db = connectBeside(path)
const turns = decidersTurns(memory)
const rows = decidingRows(db)
const tx = transactions(db, rows.putOff, turns.committing)
const known = definitions(db)
const rules = audited(deciding(rows, known, ids, tx.savepoint), auditTrail(db))

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

const settle = (command: Settling): Told => {
  const failures: PackedError[] = []
  const onFailure = (error: unknown) => void failures.push(packError(error))
  return { settled: decider.settle({ ...command, onFailure }), failures }
}

const atOnce = (asked: Asked): Told => {
  switch (asked.kind) {
    case 'decide':
      return { results: decider.decide(unpackCommands(asked.text), asked.now).map(packResult) }
    case 'search':
      return { found: decider.search(unpackQueries(asked.text)).map(writtenSearch) }
    case 'settle':
      return settle(unpackSettling(asked))
  }
}

const tell = (asked: Asked): Told => {
  try {
    return atOnce(asked)
  } catch (error) {
    return { failed: packError(error) }
  }
}

const port = parentPort
if (!port) throw new Error('this is the entry of a thread')

port.on('message', (asked: Asked | null) => {
  if (asked === null) {
    db.close()
    port.close()
    return
  }
  const told = tell(asked)
  // After a COMMIT that failed too: whoever reads meanwhile waits for it.
  port.postMessage({ id: asked.id, commits: turns.committed(), told } satisfies Answered)
})
