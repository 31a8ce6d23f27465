import { timingSafeEqual } from 'node:crypto'
import type { AuditAction, AuditDetails } from '../../core/contract/audit.ts'
import type { OperatorRole } from '../../core/contract/sessions.ts'
import { accepted, type Outcome, refused, unreachable } from '../../core/outcome.ts'
import type { PersonCommand, PersonProblem, SecondProof } from './commands.ts'
import { hasPin, isLocked, MOST_FAILURES, mayHavePassword, mayHavePin, NO_PIN, type Person } from './person.ts'

/** What the decision needs to know beside the person, read in the same transaction. */
export interface PeopleAround {
  /** Other active administrators. */
  readonly otherAdmins: number
  /** Whether somebody else has the name that the command gives. */
  readonly nameTaken: boolean
  /** Whether the store that the command names is there. */
  readonly storeKnown: boolean
}

export interface PersonDecided {
  readonly person: Person
  /** What becomes of the person's sessions before one is opened or goes on. */
  readonly sessions: 'stay' | 'end' | 'end-others'
  /** null: nothing worth writing down. */
  readonly audit: { readonly action: AuditAction; readonly details: AuditDetails } | null
}

type Decision = Outcome<PersonDecided, { readonly problem: PersonProblem }>

const no = (problem: PersonProblem): Decision => refused({ problem })

/** What becomes of a person (null: nobody has the id yet), the same on every database. Pure. */
export function decidePerson(person: Person | null, command: PersonCommand, around: PeopleAround): Decision {
  if (command.kind === 'add') return person ? added(person, command) : add(command, around)
  if (!person) return no('not_found')
  switch (command.kind) {
    case 'update':
      return update(person, command, around)
    case 'reset':
      return reset(person, command)
    case 'pin':
      return mayHavePin(person.operator.role) || !hasPin(command)
        ? changed({ ...person, operator: { ...person.operator, pin: command.pin } }, 'operator.pin', {
            has: hasPin(command),
          })
        : no('not_this_role')
    case 'set-up':
      return setUp(person, command)
    case 'password':
      if (person.password !== command.seen) return no('stale')
      return changed({ ...person, password: command.password, failures: 0 }, 'operator.password', {}, 'end-others')
    case 'totp-begin':
      if (person.totp?.confirmed) return no('stale')
      return silently({ ...person, totp: { secret: command.secret, confirmed: false, usedStep: 0 } })
    case 'totp-confirm': {
      if (!person.totp || person.totp.confirmed) return no('stale')
      const totp = { ...person.totp, confirmed: true, usedStep: command.step }
      const { recoveryCodes } = command
      return changed({ ...person, totp, recoveryCodes }, 'operator.totp-on', {}, 'end-others')
    }
    case 'totp-remove': {
      const proven = withProof(person, command.proof)
      if (!proven || command.proof.kind === 'none') return no('stale')
      return changed({ ...proven, totp: null, recoveryCodes: [] }, 'operator.totp-off', {})
    }
    case 'recovery-codes': {
      const proven = withProof(person, { kind: 'totp', step: command.step })
      if (!proven) return no('stale')
      return changed({ ...proven, recoveryCodes: command.recoveryCodes }, 'operator.recovery-codes', {})
    }
    case 'sign-in':
      return signIn(person, command)
    case 'failed':
      return failed(person)
    default:
      return unreachable(command)
  }
}

type Kind<K extends PersonCommand['kind']> = Extract<PersonCommand, { kind: K }>

const changed = (
  person: Person,
  action: AuditAction,
  details: AuditDetails,
  sessions: PersonDecided['sessions'] = 'stay',
): Decision => accepted({ person, sessions, audit: { action, details } })

const silently = (person: Person): Decision => accepted({ person, sessions: 'stay', audit: null })

function add(command: Kind<'add'>, { nameTaken, storeKnown }: PeopleAround): Decision {
  const { operatorId, name, role, storeId, pin, setUp: code } = command
  if (nameTaken) return no('name_taken')
  if (storeId !== null && !storeKnown) return no('no_such_store')
  if ((hasPin(command) && !mayHavePin(role)) || (code && !mayHavePassword(role))) return no('not_this_role')
  const operator = { operatorId, name, role, active: true, storeId, pin }
  const nothing = { password: null, failures: 0, totp: null, recoveryCodes: [], lastSignInAt: null }
  return changed({ operator, ...nothing, setUp: code }, 'operator.add', { role, storeId })
}

/** The same request again, whose answer was lost: the first code was never seen, a new one takes its place. */
function added(person: Person, { name, role, storeId, setUp: code }: Kind<'add'>): Decision {
  const { operator, password } = person
  const same = operator.name === name && operator.role === role && operator.storeId === storeId
  return same && password === null && operator.active ? silently({ ...person, setUp: code }) : no('differs')
}

function update(person: Person, command: Kind<'update'>, around: PeopleAround): Decision {
  const { operator } = person
  const role = command.role ?? operator.role
  const active = command.active ?? operator.active
  const storeId = command.storeId === undefined ? operator.storeId : command.storeId
  const name = command.name ?? operator.name
  if (around.nameTaken) return no('name_taken')
  if (storeId !== null && !around.storeKnown) return no('no_such_store')
  const powers = role !== operator.role || active !== operator.active || storeId !== operator.storeId
  if (powers && command.by.kind === 'operator' && command.by.id === operator.operatorId) return no('oneself')
  const wasAdmin = operator.role === 'admin' && operator.active
  if (wasAdmin && !(role === 'admin' && active) && around.otherAdmins === 0) return no('last_admin')
  const after: Person = {
    ...person,
    operator: { ...operator, name, role, active, storeId, pin: mayHavePin(role) ? operator.pin : NO_PIN },
    ...(mayHavePassword(role) ? {} : { password: null, totp: null, recoveryCodes: [], setUp: null }),
    ...(active ? {} : { setUp: null }),
  }
  const details = { role, active, storeId, renamed: name !== operator.name, from: operator.role }
  return changed(after, 'operator.update', details, powers ? 'end' : 'stay')
}

function reset(person: Person, { by, secondFactor, setUp: code }: Kind<'reset'>): Decision {
  const { operator } = person
  if (by.kind === 'operator' && by.id === operator.operatorId) return no('oneself')
  if (!mayHavePassword(operator.role) || !operator.active) return no('not_this_role')
  const without = secondFactor ? { totp: null, recoveryCodes: [] } : {}
  const after = { ...person, password: null, failures: 0, setUp: code, ...without }
  return changed(after, 'operator.reset', { secondFactor }, 'end')
}

function setUp(person: Person, { codeHash, password, now }: Kind<'set-up'>): Decision {
  const { setUp: code, operator } = person
  if (!code || code.until <= now || !operator.active || !timingSafeEqual(code.codeHash, codeHash)) return no('stale')
  return changed({ ...person, password, failures: 0, setUp: null }, 'operator.set-up', {}, 'end')
}

/** Whoever proved to have the second factor, with what that used up; null: it is used up, or not there. */
function withProof(person: Person, proof: SecondProof): Person | null {
  const { totp, recoveryCodes } = person
  switch (proof.kind) {
    case 'none':
      return totp?.confirmed ? null : person
    case 'totp':
      if (!totp?.confirmed || proof.step <= totp.usedStep) return null
      return { ...person, totp: { ...totp, usedStep: proof.step } }
    case 'recovery':
      if (!totp?.confirmed || !recoveryCodes.includes(proof.codeHash)) return null
      return { ...person, recoveryCodes: recoveryCodes.filter((hash) => hash !== proof.codeHash) }
    default:
      return unreachable(proof)
  }
}

function signIn(person: Person, { seen, proof, rehashed, now }: Kind<'sign-in'>): Decision {
  if (!person.operator.active || isLocked(person) || person.password === null || person.password !== seen) {
    return no('stale')
  }
  const proven = withProof(person, proof)
  if (!proven) return no('stale')
  const after = { ...proven, password: rehashed ?? person.password, failures: 0, lastSignInAt: now }
  return changed(after, 'operator.sign-in', { proof: proof.kind })
}

function failed(person: Person): Decision {
  if (isLocked(person)) return silently(person)
  const after = { ...person, failures: person.failures + 1 }
  return after.failures < MOST_FAILURES ? silently(after) : changed(after, 'operator.locked', {}, 'stay')
}

/** Whether a role has to have a second factor and the person does not have it yet. */
export function lacksSecondFactor(
  role: OperatorRole,
  hasSecondFactor: boolean,
  requiredFor: readonly OperatorRole[],
): boolean {
  return !hasSecondFactor && requiredFor.includes(role)
}
