import type { AcquisitionResponse } from '../../../core/contract/acquisitions.ts'
import type { RollbackResponse } from '../../../core/contract/redemptions.ts'
import type { AcquisitionRequestRows } from '../deciding/acquire.ts'
import type { NewRollback, RollbackRows } from '../deciding/rollback.ts'
import type { Call, Row, Statement } from './connection.ts'
import { put } from './put.ts'
import type { RedemptionLoaded } from './redemptionSet.ts'
import { Missing, type Wants } from './wants.ts'

const LOAD: Statement = {
  name: 'load_answers',
  text: `SELECT
    (SELECT json_agg(json_build_array(rollback_id, encode(intent_hash, 'hex'), answer))
     FROM rollbacks WHERE rollback_id = ANY ($1::TEXT[])),
    (SELECT json_agg(json_build_array(acquisition_id, encode(intent_hash, 'hex'), answer))
     FROM acquisition_requests WHERE acquisition_id = ANY ($2::TEXT[])),
    (SELECT json_agg(operator_id) FROM operators
     WHERE operator_id = ANY ($3::TEXT[]) AND active = 1 AND role IN ('manager', 'admin'))`,
}

type Answers = readonly (readonly [string, string, string])[] | null
export type AnswersLoaded = readonly [Answers, Answers, readonly string[] | null]
export const NO_ANSWERS: AnswersLoaded = [null, null, null]

/** Loads answers that were given before: one row of three lists; null when none is wanted. */
export function loadAnswers({ rollbacks, requests, operators }: Wants): Call | null {
  if (rollbacks.size + requests.size + operators.size === 0) return null
  return { statement: LOAD, values: [[...rollbacks], [...requests], [...operators]] }
}

const INSERT: Statement = {
  name: 'new_rollbacks',
  text: `INSERT INTO rollbacks (rollback_id, redemption_id, station_id, operator_id, reason, intent_hash, at, state, answer)
    SELECT * FROM unnest($1::TEXT[], $2::TEXT[], $3::TEXT[], $4::TEXT[], $5::TEXT[], $6::BYTEA[], $7::BIGINT[], $8::TEXT[],
      $9::TEXT[]) ON CONFLICT DO NOTHING`,
}
const APPLIED: Statement = {
  name: 'applied_rollbacks',
  text: `UPDATE rollbacks AS r SET state = 'applied', answer = x.answer FROM unnest($1::TEXT[], $2::TEXT[]) AS x (id, answer)
    WHERE r.rollback_id = x.id`,
}
const REQUESTS: Statement = {
  name: 'new_requests',
  text: `INSERT INTO acquisition_requests (acquisition_id, intent_hash, answer)
    SELECT * FROM unnest($1::TEXT[], $2::BYTEA[], $3::TEXT[])`,
}

export interface AnswerSet {
  readonly rollbacks: RollbackRows
  readonly requests: AcquisitionRequestRows
  writes(): readonly Call[]
}

const answersOf = <Answer>(loaded: Answers) =>
  new Map(
    (loaded ?? []).map(([id, intent, answer]) => [
      id,
      { intentHash: Buffer.from(intent, 'hex') as Uint8Array, answer: JSON.parse(answer) as Answer },
    ]),
  )

/** Undoings and requests to acquire with what they were answered, in memory for one transaction. */
export function answerSet(
  wants: Wants,
  [undoings, acquired, managers]: AnswersLoaded,
  [, , waitingLoaded]: RedemptionLoaded,
  mustHaveRedemption: (redemptionId: string) => void,
): AnswerSet {
  const rollbacks = answersOf<RollbackResponse>(undoings)
  const requests = answersOf<AcquisitionResponse>(acquired)
  const fresh = new Map<string, NewRollback>()
  const applied = new Map<string, RollbackResponse>()
  const waiting = new Map<string, { readonly rollbackId: string; readonly stationId: string | null }[]>()
  const wait = (redemptionId: string, rollbackId: string, stationId: string | null): void => {
    waiting.set(redemptionId, [...(waiting.get(redemptionId) ?? []), { rollbackId, stationId }])
  }
  for (const [redemptionId, rollbackId, stationId] of waitingLoaded ?? []) wait(redemptionId, rollbackId, stationId)
  const newRequests: Row[] = []

  return {
    rollbacks: {
      find(rollbackId) {
        const found = rollbacks.get(rollbackId)
        if (!found && !wants.rollbacks.has(rollbackId)) throw new Missing('rollbacks', rollbackId)
        return found ?? null
      },
      insert(rollback) {
        const { rollbackId, redemptionId, stationId, intentHash, answer, state } = rollback
        if (rollbacks.has(rollbackId)) return
        rollbacks.set(rollbackId, { intentHash, answer })
        fresh.set(rollbackId, rollback)
        if (state === 'waiting') wait(redemptionId, rollbackId, stationId)
      },
      waiting(redemptionId, ofStation) {
        mustHaveRedemption(redemptionId)
        const all = waiting.get(redemptionId) ?? []
        return all
          .filter(
            ({ rollbackId, stationId }) => !applied.has(rollbackId) && (stationId === null || stationId === ofStation),
          )
          .map(({ rollbackId }) => rollbackId)
      },
      setApplied: (rollbackId, answer) => void applied.set(rollbackId, answer),
      isManager(operatorId) {
        if (!wants.operators.has(operatorId)) throw new Missing('operators', operatorId)
        return managers?.includes(operatorId) === true
      },
    },
    requests: {
      find(acquisitionId) {
        const found = requests.get(acquisitionId)
        if (!found && !wants.requests.has(acquisitionId)) throw new Missing('requests', acquisitionId)
        return found ?? null
      },
      insert(acquisitionId, intentHash, answer) {
        requests.set(acquisitionId, { intentHash, answer })
        newRequests.push([acquisitionId, intentHash, JSON.stringify(answer)])
      },
    },
    writes() {
      const rows = [...fresh.values()].map((rollback): Row => {
        const { rollbackId, redemptionId, stationId, operatorId, reason, intentHash, at, state, answer } = rollback
        return [rollbackId, redemptionId, stationId, operatorId, reason, intentHash, at, state, JSON.stringify(answer)]
      })
      const ends = [...applied].map(([rollbackId, answer]): Row => [rollbackId, JSON.stringify(answer)])
      return [...put(REQUESTS, newRequests), ...put(INSERT, rows), ...put(APPLIED, ends)]
    },
  }
}
