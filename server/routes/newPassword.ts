import { passwordProblem } from '../../core/contract/passwords.ts'
import { RequestProblem } from '../problems.ts'

/** 400 with a `PasswordProblem` for a password that may not be this person's. */
export function refuseWeakPassword(password: string, name: string): void {
  const problem = passwordProblem(password, [name, ...name.split(/\s+/)])
  if (!problem) return
  throw new RequestProblem(400, 'invalid_request', 'choose another password', {
    errors: [{ path: '/password', message: problem }],
  })
}
