import helmet from 'helmet'
import { RequestProblem } from './problems.ts'
import type { App } from './routes/route.ts'

/** Our own pages load from here alone, and nothing in them is inline. */
export const PAGE_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
}

/** Refuses whoever asks by plain http, but for what monitoring asks from beside the server. */
export function httpsOnly(app: App): void {
  const open = ['/healthz', '/readyz', '/metrics']
  app.addHook('onRequest', async ({ protocol, url }) => {
    if (protocol === 'https' || open.includes(url)) return
    throw new RequestProblem(403, 'unauthorized', 'this server is asked by https alone')
  })
}

/**
 * What browsers are told about everything that this server says to them: where pages may load from, that nothing may frame
 * them, that answers are what they say they are and are kept nowhere. A request with an Authorization header is none that a
 * browser makes by itself, so programs' answers, every redemption among them, go without.
 */
export function browserHeaders(app: App): void {
  const set = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: PAGE_POLICY },
    frameguard: { action: 'deny' },
  })
  app.addHook('onRequest', (request, reply, done) => {
    if (request.headers.authorization !== undefined) {
      done()
      return
    }
    if (request.url.startsWith('/v1/')) reply.header('cache-control', 'no-store')
    set(request.raw, reply.raw, (error) => done(error instanceof Error ? error : undefined))
  })
}
