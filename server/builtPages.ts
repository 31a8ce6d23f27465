import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { App } from './routes/route.ts'

const NOT_BUILT = 'These pages are not built: npm run build'

/**
 * Serves built pages under a path, `/office` or `/my`. What their build named by content may be kept for ever; the page itself
 * is asked for each time. Without a build, the path says so.
 */
export async function builtPages(app: App, path: string, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) {
    app.get(path, (_request, reply) => reply.code(503).type('text/plain').send(NOT_BUILT))
    return
  }
  await app.register(fastifyStatic, {
    root: folder,
    prefix: `${path}/`,
    decorateReply: false,
    index: 'index.html',
    redirect: false,
    dotfiles: 'ignore',
    serveDotFiles: false,
    setHeaders: (reply, path) => {
      const isNamedByContent = path.startsWith(join(folder, 'assets'))
      reply.header('cache-control', isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.get(path, { schema: { hide: true } }, (_request, reply) => reply.redirect(`${path}/`))
}
