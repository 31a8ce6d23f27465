import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Problem } from '../../core/contract/problem.ts'
import type { OperatorRole } from '../../core/contract/sessions.ts'
import { Uuid7 } from '../../core/ids.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Guard } from '../auth/authenticate.ts'
import type { PasswordHasher } from '../auth/passwordHash.ts'
import type { Sealing } from '../auth/sealing.ts'
import type { SignInThrottle } from '../auth/signInThrottle.ts'
import type { HashKey } from '../media/hashKeys.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { GroupCommit } from '../services/groupCommit.ts'
import type { Readiness } from '../services/readiness.ts'
import type { RecallWait } from '../services/recallWait.ts'
import type { Snapshots } from '../services/snapshots.ts'
import type { CouponStore } from '../store/couponStore.ts'
import type { TargetRules } from '../webhooks/target.ts'

/** A Fastify instance whose schemas are zod's. */
export type App = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>

/** What routes are made of. */
export interface Parts {
  readonly store: CouponStore
  readonly commits: GroupCommit
  readonly snapshots: Snapshots
  readonly guard: Guard
  readonly throttle: SignInThrottle
  readonly passwords: PasswordHasher
  readonly sealing: Sealing
  /** Roles that have to have a second factor. */
  readonly secondFactorFor: readonly OperatorRole[]
  readonly webhookTargets: TargetRules
  readonly readiness: Readiness
  readonly metrics: Metrics
  readonly hashKeys: readonly HashKey[]
  readonly clock: Clock
  readonly ids: Ids
  /** Waits outside every transaction for what is lent to come back. */
  readonly recalled: RecallWait
}

/** Registers the routes of one subject. */
export type Routes = (app: App, parts: Parts) => void

export const ById = z.object({ id: Uuid7 })

/** Stores are called as their chain does, and so are stations that an integrator runs. */
export const OfStore = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) })

const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: Problem } } })

/** Responses that any guarded route may give besides its own, for the API's description. */
export const PROBLEMS = {
  '4xx': problem('Malformed, unauthorised or in conflict: nothing was changed'),
  '5xx': problem('The server failed: nothing was changed, the same request may be sent again'),
} as const

/** Bearer tokens, in the API's description. */
export const BEARER = [{ bearer: [] }]
