import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { Done, OfficeMe } from '../../../core/contract/office.ts'
import { ask, type OfficeProblem } from './request.ts'

/** Who is signed in. `checking`: not known yet. */
export type Session =
  | { readonly state: 'checking' }
  | { readonly state: 'unreachable' }
  | { readonly state: 'signed_out'; readonly because: 'asked' | 'expired' | null }
  | { readonly state: 'signed_in'; readonly me: OfficeMe }

interface Sessions {
  readonly session: Session
  signedIn(me: OfficeMe): void
  /** The server does not know the session any more. */
  expired(): void
  signOut(): Promise<void>
  /** Looks again who is signed in. */
  check(): void
}

const SessionContext = createContext<Sessions | null>(null)

export function SessionProvider({ children }: { children: ReactNode }) {
  const [session, setSession] = useState<Session>({ state: 'checking' })
  const check = useCallback(() => {
    void ask('GET', '/v1/office/me', OfficeMe).then((answer) => {
      if (answer.ok) setSession({ state: 'signed_in', me: answer.value })
      else setSession(isSignedOut(answer.problem) ? { state: 'signed_out', because: null } : { state: 'unreachable' })
    })
  }, [])
  useEffect(check, [check])
  const sessions = useMemo<Sessions>(
    () => ({
      session,
      check,
      signedIn: (me) => setSession({ state: 'signed_in', me }),
      expired: () => setSession({ state: 'signed_out', because: 'expired' }),
      async signOut() {
        await ask('POST', '/v1/office/sign-out', Done, {})
        setSession({ state: 'signed_out', because: 'asked' })
      },
    }),
    [session, check],
  )
  return <SessionContext value={sessions}>{children}</SessionContext>
}

function isSignedOut(problem: OfficeProblem): boolean {
  return problem.kind === 'signed_out' || (problem.kind === 'refused' && problem.status === 401)
}

export function useSessions(): Sessions {
  const sessions = useContext(SessionContext)
  if (!sessions) throw new Error('asked for the session outside its provider')
  return sessions
}

export function useSignedOut(): () => void {
  const { expired } = useSessions()
  return useCallback(() => expired(), [expired])
}

/** Who is signed in; only inside the office itself. */
export function useMe(): OfficeMe {
  const { session } = useSessions()
  if (session.state !== 'signed_in') throw new Error('nobody is signed in')
  return session.me
}

/** Whether whoever is signed in may do this; names as in the server's table of access. */
export function useMay(): (access: string) => boolean {
  const { may } = useMe()
  return (access) => may.includes(access)
}
