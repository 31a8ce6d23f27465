import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { accepted } from '../../../core/outcome.ts'
import { BY_SERVER, byOperator } from '../../audit/entry.ts'
import type { PersonCommand } from '../../people/commands.ts'
import { decidePerson, type PeopleAround } from '../../people/decidePerson.ts'
import type { Person } from '../../people/person.ts'
import type { AuditTrail } from '../deciding/auditTrail.ts'
import type { Unit } from '../deciding/unit.ts'
import type { NewSession, OfficeStore } from '../officeCommands.ts'
import { type OperatorRow, readOperator } from '../rows/operatorRow.ts'
import type { Operators } from './operators.ts'
import type { Runs } from './runs.ts'
import { sessionRows } from './sessions.ts'

interface PersonRow extends OperatorRow {
  readonly password: string | null
  readonly failures: number | null
  readonly totp_secret: Uint8Array | null
  readonly totp_confirmed: number | null
  readonly totp_used_step: number | null
  readonly recovery_codes: string | null
  readonly set_up_hash: Uint8Array | null
  readonly set_up_until: number | null
  readonly last_sign_in_at: number | null
}

const bearer = (tokenHash: Uint8Array, expiresAt: number): Omit<NewSession, 'replaces'> => ({
  tokenHash,
  kind: 'bearer',
  idleMs: 0,
  expiresAt,
  agent: null,
})

const Hashes = z.array(z.string())

const readPerson = (row: PersonRow): Person => ({
  operator: { ...readOperator(row), storeId: row.store_id },
  password: row.password,
  failures: row.failures ?? 0,
  totp: row.totp_secret && {
    secret: row.totp_secret,
    confirmed: row.totp_confirmed === 1,
    usedStep: row.totp_used_step ?? 0,
  },
  recoveryCodes: Hashes.parse(JSON.parse(row.recovery_codes ?? '[]')),
  setUp: row.set_up_hash && row.set_up_until !== null ? { codeHash: row.set_up_hash, until: row.set_up_until } : null,
  lastSignInAt: row.last_sign_in_at,
})

const SELECT = `SELECT o.operator_id, o.name, o.role, o.active, o.store_id, o.pin, c.password, c.failures, c.totp_secret,
  c.totp_confirmed, c.totp_used_step, c.recovery_codes, c.set_up_hash, c.set_up_until, c.last_sign_in_at
  FROM operators o LEFT JOIN operator_credentials c USING (operator_id)`

/** The part of a coupon store that knows people and who is signed in. */
export function officeStore(db: Database, { write, read }: Runs, operators: Operators, audit: AuditTrail): OfficeStore {
  const all = db.prepare<[], PersonRow>(`${SELECT} ORDER BY o.name`)
  const byId = db.prepare<[string], PersonRow>(`${SELECT} WHERE o.operator_id = ?`)
  const byName = db.prepare<[string], PersonRow>(`${SELECT} WHERE o.name = ?`)
  const bySetUp = db.prepare<[Uint8Array, number], PersonRow>(
    `${SELECT} WHERE c.set_up_hash = ? AND c.set_up_until > ? AND o.active = 1`,
  )
  const otherAdmins = db
    .prepare<[string], number>(
      "SELECT count(*) FROM operators WHERE role = 'admin' AND active = 1 AND operator_id <> ?",
    )
    .pluck()
  const taken = db
    .prepare<[string, string], number>('SELECT count(*) FROM operators WHERE name = ? AND operator_id <> ?')
    .pluck()
  const storeKnown = db.prepare<[string], number>('SELECT count(*) FROM stores WHERE store_id = ?').pluck()
  const put = db.prepare(
    `INSERT INTO operator_credentials (operator_id, password, failures, totp_secret, totp_confirmed, totp_used_step,
       recovery_codes, set_up_hash, set_up_until, last_sign_in_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (operator_id) DO UPDATE SET password = excluded.password, failures = excluded.failures,
       totp_secret = excluded.totp_secret, totp_confirmed = excluded.totp_confirmed,
       totp_used_step = excluded.totp_used_step, recovery_codes = excluded.recovery_codes,
       set_up_hash = excluded.set_up_hash, set_up_until = excluded.set_up_until,
       last_sign_in_at = excluded.last_sign_in_at`,
  )
  const sessions = sessionRows(db)
  const found = (row: PersonRow | undefined): Person | null => (row ? readPerson(row) : null)

  const around = (command: PersonCommand): PeopleAround => {
    const { name = null, storeId = null } = command.kind === 'add' || command.kind === 'update' ? command : {}
    return {
      otherAdmins: otherAdmins.get(command.operatorId) ?? 0,
      nameTaken: name !== null && taken.get(name, command.operatorId) !== 0,
      storeKnown: storeId === null || storeKnown.get(storeId) === 1,
    }
  }

  const keep = (unit: Unit, before: Person | null, after: Person): void => {
    // Counters hold operators: only what they hold is news for them.
    if (JSON.stringify(before?.operator) !== JSON.stringify(after.operator)) operators.put(unit, after.operator)
    const { operator, password, failures, totp, recoveryCodes, setUp, lastSignInAt } = after
    const second = [totp?.secret ?? null, Number(totp?.confirmed ?? false), totp?.usedStep ?? 0]
    const codes = [JSON.stringify(recoveryCodes), setUp?.codeHash ?? null, setUp?.until ?? null]
    put.run(operator.operatorId, password, failures, ...second, ...codes, lastSignInAt)
  }

  const changeSessions = (command: PersonCommand, what: 'stay' | 'end' | 'end-others'): void => {
    const { operatorId, now } = command
    if (what === 'end') sessions.end(operatorId, 'all')
    if (what === 'end-others' && 'session' in command && 'newTokenHash' in command.session) {
      sessions.endOthers(operatorId, command.session)
    }
    if (command.kind !== 'sign-in') return
    const { replaces, ...session } = command.session
    if (replaces) sessions.end(operatorId, replaces)
    sessions.open(operatorId, session, now)
  }

  return {
    people: () => read(() => all.all().map(readPerson)),
    person: (operatorId) => read(() => found(byId.get(operatorId))),
    personByName: (name) => read(() => found(byName.get(name))),
    personBySetUp: (codeHash, now) => read(() => found(bySetUp.get(codeHash, now))),

    changePerson: async (command) =>
      write(command.now, (unit) => {
        const before = found(byId.get(command.operatorId))
        const decided = decidePerson(before, command, around(command))
        if (!decided.ok) return decided
        const { person, sessions: itsSessions, audit: what } = decided.value
        keep(unit, before, person)
        changeSessions(command, itsSessions)
        const subject = { kind: 'operator', id: command.operatorId }
        if (what) audit.append(unit, { actor: command.by, subject, reason: command.reason, ...what })
        return accepted(person)
      }),

    pinShown: async ({ operatorId, session, now }) =>
      write(now, (unit) => {
        const subject = { kind: 'operator', id: operatorId ?? '' }
        if (operatorId === null || session === null) {
          return audit.append(unit, { actor: BY_SERVER, action: 'operator.pin-refused', subject })
        }
        sessions.open(operatorId, bearer(session.tokenHash, session.expiresAt), now)
        audit.append(unit, { actor: byOperator(operatorId), action: 'operator.pin-sign-in', subject })
      }),
    openSession: async (tokenHash, operatorId, expiresAt, now) =>
      write(now, () => sessions.open(operatorId, bearer(tokenHash, expiresAt), now)),
    async sessionByToken(tokenHash, now, inUse) {
      const signedIn = await read(() => sessions.find(tokenHash, now))
      if (inUse && signedIn && sessions.isStale(signedIn.session, now)) {
        await write(now, () => sessions.touch(tokenHash, now))
      }
      return signedIn
    },
    sessions: (operatorId, now) => read(() => sessions.ofOperator(operatorId, now)),
    endSessions: async ({ operatorId, which, action, by, now }) =>
      write(now, (unit) => {
        const ended = sessions.end(operatorId, which)
        if (ended > 0) {
          audit.append(unit, { actor: by, action, subject: { kind: 'operator', id: operatorId }, details: { ended } })
        }
        return ended
      }),
  }
}
