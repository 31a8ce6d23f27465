import { tmpdir } from 'node:os'
import cookie from '@fastify/cookie'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fastify, { type FastifyReply, LogController } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { OperatorRole } from '../core/contract/sessions.ts'
import { ACCEPTED_CONTRACT_VERSIONS, CONTRACT_HEADER, CONTRACT_VERSION } from '../core/contract/version.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { Ids } from '../core/ports/ids.ts'
import type { Scheduler } from '../core/ports/scheduler.ts'
import { allowedMethods } from './allowedMethods.ts'
import { guards } from './auth/authenticate.ts'
import { guardedRoutes } from './auth/guardedRoutes.ts'
import { type PasswordCost, passwordHasher } from './auth/passwordHash.ts'
import type { RequestRate } from './auth/requestLimit.ts'
import { sealing } from './auth/sealing.ts'
import { signInThrottle } from './auth/signInThrottle.ts'
import { builtPages } from './builtPages.ts'
import { browserHeaders, httpsOnly } from './headers.ts'
import { jsonBodies } from './jsonBodies.ts'
import { malformedHttp } from './malformedHttp.ts'
import { type HashKey, newHashKeys } from './media/hashKeys.ts'
import { measuredStore } from './metrics/measuredStore.ts'
import { metrics } from './metrics/metrics.ts'
import { API_DESCRIPTION } from './openapi/describe.ts'
import { validatorCompiler } from './plainRequests.ts'
import { notFound, problemHandler, RequestProblem, sendProblem } from './problems.ts'
import { REQUEST_ID_HEADER, requestIds } from './requestId.ts'
import { acquisitionImportRoutes } from './routes/acquisitionImports.ts'
import { acquisitionRoutes } from './routes/acquisitions.ts'
import { apiKeyRoutes } from './routes/apiKeys.ts'
import { auditRoutes } from './routes/audit.ts'
import { campaignHistoryRoutes } from './routes/campaignHistory.ts'
import { campaignPreviewRoutes } from './routes/campaignPreview.ts'
import { campaignRoutes } from './routes/campaigns.ts'
import { changeNewsRoutes } from './routes/changeNews.ts'
import { codeListRoutes } from './routes/codeLists.ts'
import { conflictRoutes } from './routes/conflicts.ts'
import { counterSettingsRoutes } from './routes/counterSettings.ts'
import { healthRoutes } from './routes/health.ts'
import { holderRoutes } from './routes/holders.ts'
import { leaseRoutes } from './routes/leases.ts'
import { mediaRoutes } from './routes/media.ts'
import { myRoutes } from './routes/my.ts'
import { officeRoutes } from './routes/office.ts'
import { officeAccountRoutes } from './routes/officeAccount.ts'
import { operatorRoutes } from './routes/operators.ts'
import { redemptionListRoutes } from './routes/redemptionList.ts'
import { redemptionRoutes } from './routes/redemptions.ts'
import { reportRoutes } from './routes/reports.ts'
import type { App, Parts } from './routes/route.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { snapshotRoutes } from './routes/snapshot.ts'
import { stationListRoutes } from './routes/stationList.ts'
import { stationServiceRoutes } from './routes/stationService.ts'
import { stationRoutes } from './routes/stations.ts'
import { stationTokenRoutes } from './routes/stationTokens.ts'
import { syncRoutes } from './routes/sync.ts'
import { webhookDeliveryRoutes } from './routes/webhookDeliveries.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import { refusesAtTheEnd } from './services/ending.ts'
import { groupCommit } from './services/groupCommit.ts'
import { type Readiness, readiness } from './services/readiness.ts'
import { recallWait } from './services/recallWait.ts'
import { snapshotFolder, snapshots } from './services/snapshots.ts'
import { keepNoted, stationsSeen } from './services/stationsSeen.ts'
import type { CouponStore } from './store/couponStore.ts'
import { systemScheduler } from './system.ts'
import { webhooksInBackground } from './webhooks/background.ts'

const BODY_LIMIT = 1024 * 1024

export interface AppOptions {
  /** Closed together with the app. */
  readonly store: CouponStore
  readonly hashKeys: readonly HashKey[]
  /** What is secret and must be read again is sealed with these; by default new ones, which end with the process. */
  readonly secretKeys?: readonly HashKey[]
  readonly security?: SecurityOptions
  readonly clock: Clock
  readonly ids: Ids
  /** Of what the server waits for; by default the runtime's. */
  readonly scheduler?: Scheduler
  /** Where snapshots are kept while the server runs; by default the system's folder for temporary files. */
  readonly snapshotsIn?: string
  /** The folder of the office's built pages; absent: there is no office. */
  readonly officeIn?: string
  /** Whether requests should be sent here; by default as the store says. */
  readonly readiness?: Readiness
  /** The same of the customers' page. */
  readonly myIn?: string
  /** Whether this process sends webhooks; by default it only takes them down. */
  readonly sendsWebhooks?: boolean
  /** Where logs go (JSON lines); absent: nowhere. Nothing of a body, a token or a medium is in them. */
  readonly log?: { readonly level: string; readonly stream: NodeJS.WritableStream }
}

export interface SecurityOptions {
  /** Roles that may do nothing before they have set up a second factor. */
  readonly secondFactorFor?: readonly OperatorRole[]
  /** Of every caller; absent: as often as they like. */
  readonly rate?: RequestRate
  readonly passwordCost?: PasswordCost
  /** Addresses of proxies whose X-Forwarded headers are believed. */
  readonly trustProxy?: readonly string[]
  /** Webhooks may go to plain http and to addresses that are not public. */
  readonly privateWebhooks?: boolean
  /** Whoever asks otherwise than by https is refused, but for what monitoring asks. */
  readonly httpsOnly?: boolean
}

/** The coupon server over a store, ready to listen or to be asked with `inject`. */
export async function buildApp({
  store: unmeasured,
  hashKeys,
  clock,
  ids,
  log,
  secretKeys = newHashKeys(ids),
  security = {},
  snapshotsIn = tmpdir(),
  officeIn,
  myIn,
  sendsWebhooks = false,
  readiness: given,
  scheduler = systemScheduler,
}: AppOptions): Promise<App> {
  const itsMetrics = metrics()
  const store = measuredStore(unmeasured, itsMetrics)
  const app: App = fastify({
    logger: log ? { level: log.level, stream: log.stream } : false,
    // One line an answer below, without the URL, which a caller may have put anything into.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: BODY_LIMIT,
    ...(security.trustProxy && { trustProxy: [...security.trustProxy] }),
    requestTimeout: 30_000,
    genReqId: requestIds(),
    // A problem of ours instead (`refusesAtTheEnd`).
    return503OnClosing: false,
    clientErrorHandler: malformedHttp,
    frameworkErrors: (error, request, reply) => {
      nameAnswer(reply)
      problemHandler(error, request, reply)
    },
  }).withTypeProvider<ZodTypeProvider>()

  // JSON and nothing else: Fastify would take text/plain as well.
  app.removeContentTypeParser('text/plain')
  jsonBodies(app)
  app.setValidatorCompiler(validatorCompiler)
  // Answers are made by typed code; checking each again would cost more than deciding it.
  app.setSerializerCompiler(() => JSON.stringify)
  app.setErrorHandler(problemHandler)
  const allowed = allowedMethods(app)
  app.setNotFoundHandler((request, reply) => {
    const [path = ''] = request.url.split('?')
    const methods = allowed(path)
    if (methods.length === 0) return sendProblem(reply, notFound('no such route'))
    reply.header('allow', methods.join(', '))
    return sendProblem(reply, new RequestProblem(405, undefined, `here is only ${methods.join(', ')}`))
  })

  // Hooks of every request call back: a promise each costs more than what most of them do.
  app.addHook('onRequest', (request, reply, done) => {
    nameAnswer(reply)
    const asked = request.headers[CONTRACT_HEADER]
    // A caller that does not say takes the version of today.
    if (asked !== undefined && !ACCEPTED_CONTRACT_VERSIONS.includes(Number(asked))) {
      // Not 400: a station must not take it for a word about what it sent.
      const spoken = `this server speaks Tapcoupon-Contract ${ACCEPTED_CONTRACT_VERSIONS.join(', ')}`
      done(new RequestProblem(406, 'invalid_request', spoken))
      return
    }
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    if (!log) {
      done()
      return
    }
    const { method, routeOptions } = request
    const ms = Math.round(reply.elapsedTime * 10) / 10
    request.log.debug({ method, route: routeOptions.url ?? null, status: reply.statusCode, ms }, 'answered')
    done()
  })
  app.addHook('onClose', () => store.close())

  refusesAtTheEnd(app)
  guardedRoutes(app)
  browserHeaders(app)
  if (security.httpsOnly) httpsOnly(app)
  await app.register(cookie)
  await app.register(swagger, API_DESCRIPTION)
  await app.register(swaggerUi, { routePrefix: '/docs' })
  if (officeIn !== undefined) await builtPages(app, '/office', officeIn)
  if (myIn !== undefined) await builtPages(app, '/my', myIn)

  const itsSnapshots = snapshots(store, clock, snapshotFolder(snapshotsIn))
  app.addHook('onClose', () => itsSnapshots.close())

  const seen = stationsSeen(store, clock)
  const notNoted = (error: unknown) => app.log.warn({ err: error }, 'when stations were seen was not noted')
  const stopNoting = keepNoted(seen, scheduler, notNoted)
  app.addHook('onClose', async () => {
    stopNoting()
    await seen.flush().catch(notNoted)
  })

  const itsReadiness = given ?? readiness(store, clock)
  const itsSealing = sealing(secretKeys, ids)
  const parts: Parts = {
    store,
    hashKeys,
    clock,
    ids,
    commits: groupCommit(store, clock, itsMetrics.waiting),
    snapshots: itsSnapshots,
    guard: guards({ store, clock, ...security, saw: seen.saw }),
    throttle: signInThrottle(clock),
    passwords: passwordHasher(ids, security.passwordCost),
    sealing: itsSealing,
    secondFactorFor: security.secondFactorFor ?? [],
    readiness: itsReadiness,
    metrics: itsMetrics,
    webhookTargets: { privateAllowed: security.privateWebhooks ?? false },
    recalled: recallWait(store, clock, scheduler),
  }
  const all = [
    campaignRoutes,
    campaignHistoryRoutes,
    campaignPreviewRoutes,
    acquisitionRoutes,
    codeListRoutes,
    acquisitionImportRoutes,
    myRoutes,
    mediaRoutes,
    holderRoutes,
    redemptionRoutes,
    redemptionListRoutes,
    reportRoutes,
    stationListRoutes,
    counterSettingsRoutes,
    conflictRoutes,
    syncRoutes,
    snapshotRoutes,
    leaseRoutes,
    changeNewsRoutes,
    stationRoutes,
    stationTokenRoutes,
    stationServiceRoutes,
    sessionRoutes,
    officeRoutes,
    officeAccountRoutes,
    operatorRoutes,
    apiKeyRoutes,
    webhookRoutes,
    webhookDeliveryRoutes,
    auditRoutes,
    healthRoutes,
  ]
  for (const routes of all) routes(app, parts)
  if (sendsWebhooks) webhooksInBackground(app, parts, scheduler)
  return app
}

/** By these headers an answer is known as ours, and found again in the log. */
function nameAnswer(reply: FastifyReply): void {
  reply.header(CONTRACT_HEADER, String(CONTRACT_VERSION)).header(REQUEST_ID_HEADER, reply.request.id)
}
