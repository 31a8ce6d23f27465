import { setTimeout as sleep } from 'node:timers/promises'
import { RequestProblem } from '../problems.ts'
import type { App } from '../routes/route.ts'

/** What is being answered when the server ends may take so long; then its connections are cut. */
export const END_WITHIN_MS = 15_000

/** Once the server ends, what still comes over connections that are open is answered with a problem and the end of the line. */
export function refusesAtTheEnd(app: App): void {
  let ending = false
  app.addHook('preClose', async () => {
    ending = true
  })
  app.addHook('onRequest', (_request, reply, done) => {
    if (!ending) {
      done()
      return
    }
    reply.header('connection', 'close')
    done(new RequestProblem(503, undefined, 'this server is about to end', { retryAfterSeconds: 1 }))
  })
}

/**
 * Ends a server in order: not ready at once, for `drainMs` still there for whoever has not noticed, then no more requests,
 * and what is under way is finished and on disk.
 */
export async function endInOrder(app: App, drain: () => void, drainMs: number): Promise<void> {
  drain()
  await sleep(drainMs)
  const cut = setTimeout(() => app.server.closeAllConnections(), END_WITHIN_MS)
  try {
    await app.close()
  } finally {
    clearTimeout(cut)
  }
}
