import { parseArgs } from 'node:util'
import { passwordProblem } from '../../core/contract/passwords.ts'
import { OperatorName, OperatorRole } from '../../core/contract/sessions.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import { BY_COMMAND } from '../audit/entry.ts'
import type { PasswordHasher } from '../auth/passwordHash.ts'
import { secretHash } from '../auth/secrets.ts'
import { newSetUpCode } from '../auth/setUpCode.ts'
import { mayHavePassword, NO_PIN, type Person } from '../people/person.ts'
import { personProblem, SET_UP_MS } from '../routes/operators.ts'
import type { OfficeStore } from '../store/officeCommands.ts'

export interface OperatorCommandParts {
  readonly store: OfficeStore
  readonly passwords: PasswordHasher
  readonly clock: Clock
  readonly ids: Ids
  /** Asks for a password without showing it. */
  readonly ask: (question: string) => Promise<string>
}

export const OPERATOR_USAGE = `tapcoupon server operator add NAME --role ROLE [--store ID] [--ask] [--database sqlite:PATH]
  makes an operator and prints a one-time code to set a password with at /office, good for a day; with --ask the password
  is typed here instead. Roles: planner, approver, auditor, admin, manager
tapcoupon server operator reset NAME [--second-factor] [--database sqlite:PATH]
  a new one-time code; the old password and every session end. For the last administrator`

/** `operator add` and `operator reset`: answers the one line of JSON to print. Throws, in words, for what is wrong. */
export async function operatorCommand(args: readonly string[], parts: OperatorCommandParts): Promise<object> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      database: { type: 'string' },
      role: { type: 'string' },
      store: { type: 'string' },
      ask: { type: 'boolean', default: false },
      'second-factor': { type: 'boolean', default: false },
    },
  })
  const [verb, name, ...more] = positionals
  const known = OperatorName.safeParse(name)
  if (!known.success || more.length > 0) throw new Error(`name one operator\n${OPERATOR_USAGE}`)
  if (verb === 'add') return add(known.data, values, parts)
  if (verb === 'reset') return reset(known.data, values['second-factor'], parts)
  throw new Error(OPERATOR_USAGE)
}

async function add(
  name: string,
  { role: wanted, store: storeId = null, ask }: { role?: string; store?: string | null; ask: boolean },
  parts: OperatorCommandParts,
): Promise<object> {
  const { clock, ids, store } = parts
  const role = OperatorRole.safeParse(wanted)
  if (!role.success || !mayHavePassword(role.data)) {
    throw new Error('--role: planner, approver, auditor, admin or manager; cashiers are made at the office')
  }
  const password = ask ? await askedPassword(name, parts) : null
  const { code, setUp } = newSetUp(parts)
  const operatorId = ids.uuid7()
  const common = { operatorId, by: BY_COMMAND, reason: null, now: clock.now() }
  const made = { kind: 'add', name, role: role.data, storeId, pin: NO_PIN, setUp } as const
  done(await store.changePerson({ ...common, ...made }))
  if (password === null) return { operatorId, name, role: role.data, code, expiresAt: iso(setUp.until) }
  const { codeHash } = setUp
  done(await store.changePerson({ ...common, kind: 'set-up', codeHash, password }))
  return { operatorId, name, role: role.data }
}

async function reset(name: string, secondFactor: boolean, parts: OperatorCommandParts): Promise<object> {
  const { store, clock } = parts
  const person = await store.personByName(name)
  if (!person) throw new Error('no operator has this name')
  const { operatorId } = person.operator
  const { code, setUp } = newSetUp(parts)
  const common = { operatorId, by: BY_COMMAND, reason: null, now: clock.now() }
  done(await store.changePerson({ ...common, kind: 'reset', secondFactor, setUp }))
  return { operatorId, name, code, expiresAt: iso(setUp.until) }
}

async function askedPassword(name: string, { ask, passwords }: OperatorCommandParts): Promise<string> {
  const password = await ask('Password: ')
  const problem = passwordProblem(password, [name, ...name.split(/\s+/)])
  if (problem) throw new Error(`the password is ${problem.replace('_', ' ')}`)
  return passwords.hash(password)
}

function newSetUp({ ids, clock }: OperatorCommandParts) {
  const code = newSetUpCode(ids)
  return { code, setUp: { codeHash: secretHash(code), until: clock.now() + SET_UP_MS } }
}

const iso = (at: number): string => new Date(at).toISOString()

function done(outcome: Awaited<ReturnType<OfficeStore['changePerson']>>): Person {
  if (outcome.ok) return outcome.value
  throw new Error(personProblem(outcome.problem).message)
}
