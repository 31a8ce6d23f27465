import type { z } from 'zod'
import { Problem } from '../../../core/contract/problem.ts'
import { CONTRACT_HEADER, CONTRACT_VERSION } from '../../../core/contract/version.ts'
import { accepted, type Outcome, refused } from '../../../core/outcome.ts'

/** Why a request did not go as asked. `unreachable`: no answer of our server came. */
export type OfficeProblem =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'signed_out' }
  | { readonly kind: 'refused'; readonly status: number; readonly problem: Problem; readonly retryAfter: number | null }

export type Asked<Body> = Promise<Outcome<Body, { readonly problem: OfficeProblem }>>

const TIMEOUT_MS = 30_000

/**
 * Asks the server that this page is from, with the session's cookie. What it answers is checked against its contract; an
 * answer of another shape is as good as none.
 */
export async function ask<Body>(
  method: 'GET' | 'POST',
  path: string,
  schema: z.ZodType<Body>,
  body?: unknown,
): Asked<Body> {
  try {
    const answer = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        [CONTRACT_HEADER]: String(CONTRACT_VERSION),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const read: unknown = await answer.json()
    if (answer.ok) {
      const parsed = schema.safeParse(read)
      return parsed.success ? accepted(parsed.data) : refused({ problem: { kind: 'unreachable' } })
    }
    return refused({ problem: problemOf(answer, read) })
  } catch {
    return refused({ problem: { kind: 'unreachable' } })
  }
}

function problemOf(answer: Response, read: unknown): OfficeProblem {
  const problem = Problem.safeParse(read)
  if (!problem.success) return { kind: 'unreachable' }
  // A wrong password is a 401 too; only whoever is signed in can be signed out.
  if (answer.status === 401 && !answer.url.includes('/v1/office/')) return { kind: 'signed_out' }
  const wait = Number(answer.headers.get('retry-after'))
  const retryAfter = Number.isFinite(wait) && wait > 0 ? wait : null
  return { kind: 'refused', status: answer.status, problem: problem.data, retryAfter }
}

/** A path with a query; what is undefined or empty is left out. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | boolean | undefined>>,
): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}
