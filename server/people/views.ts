import type { OfficeMe, OfficeSession, SecondFactor } from '../../core/contract/office.ts'
import type { OperatorView } from '../../core/contract/operators.ts'
import type { OperatorRole } from '../../core/contract/sessions.ts'
import { allowedTo } from '../auth/access.ts'
import { sessionIdOf } from '../auth/secrets.ts'
import type { SessionRecord, SignedIn } from '../store/officeCommands.ts'
import { lacksSecondFactor } from './decidePerson.ts'
import { hasPin, isLocked, type Person } from './person.ts'

const iso = (at: number): string => new Date(at).toISOString()

function secondFactorOf(role: OperatorRole, has: boolean, requiredFor: readonly OperatorRole[]): SecondFactor {
  if (has) return 'on'
  return lacksSecondFactor(role, has, requiredFor) ? 'required' : 'off'
}

/** Who is signed in, as they see themselves. */
export function officeMe(
  { operator, session, hasSecondFactor }: SignedIn,
  recoveryCodesLeft: number,
  requiredFor: readonly OperatorRole[],
  now: number,
): OfficeMe {
  const { operatorId, name, role, storeId = null } = operator
  const { tokenHash, expiresAt, idleMs } = session
  return {
    operator: { operatorId, name, role, storeId },
    session: {
      sessionId: sessionIdOf(tokenHash),
      expiresAt: iso(expiresAt),
      idleUntil: idleMs === 0 ? null : iso(Math.min(now + idleMs, expiresAt)),
    },
    secondFactor: secondFactorOf(role, hasSecondFactor, requiredFor),
    recoveryCodesLeft,
    may: allowedTo(role),
  }
}

/** A person in the operators' list. */
export function operatorView(person: Person, requiredFor: readonly OperatorRole[], now: number): OperatorView {
  const { operator, password, totp, setUp, lastSignInAt } = person
  const { operatorId, name, role, storeId, active } = operator
  return {
    operatorId,
    name,
    role,
    storeId,
    active,
    hasPin: hasPin(operator),
    hasPassword: password !== null,
    secondFactor: secondFactorOf(role, totp?.confirmed === true, requiredFor),
    locked: isLocked(person),
    setUpUntil: setUp && setUp.until > now ? iso(setUp.until) : null,
    lastSignInAt: lastSignInAt === null ? null : iso(lastSignInAt),
  }
}

/** One of a person's own sessions. */
export function sessionView(session: SessionRecord, current: string): OfficeSession {
  const { tokenHash, kind, openedAt, seenAt, expiresAt, agent } = session
  const sessionId = sessionIdOf(tokenHash)
  const at = { openedAt: iso(openedAt), seenAt: iso(seenAt), expiresAt: iso(expiresAt) }
  return { sessionId, kind, ...at, agent, current: sessionId === current }
}
