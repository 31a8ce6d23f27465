import type { RouteOptions } from 'fastify'
import type { App } from '../routes/route.ts'
import { type Access, OPEN_FOLDERS, OPEN_ROUTES } from './access.ts'
import { accessOf } from './authenticate.ts'

/** A route of the app and who may call it; `access` null: anybody. */
export interface GuardedRoute {
  readonly method: string
  readonly url: string
  readonly access: Access | null
}

const routesOfApp = new WeakMap<object, readonly GuardedRoute[]>()

/** Every route that an app has registered since `guardedRoutes`. */
export const routesOf = (app: App): readonly GuardedRoute[] => routesOfApp.get(app) ?? []

/**
 * From here on every route of the app has to have a guard, or be in the table of those that are open; one that has not
 * stops the server from starting.
 */
export function guardedRoutes(app: App): void {
  const routes: GuardedRoute[] = []
  routesOfApp.set(app, routes)
  app.addHook('onRoute', ({ method, url, onRequest }: RouteOptions) => {
    const access =
      [onRequest]
        .flat()
        .map(accessOf)
        .find((found) => found !== null) ?? null
    for (const one of [method].flat()) {
      // The same handler without its body.
      if (one === 'HEAD' || one === 'OPTIONS') continue
      if (access === null && !isOpen(one, url)) {
        throw new Error(`${one} ${url} has neither a guard nor an entry in server/auth/access.ts`)
      }
      routes.push({ method: one, url, access })
    }
  })
}

const isOpen = (method: string, url: string): boolean =>
  OPEN_ROUTES.includes(`${method} ${url}`) ||
  (method === 'GET' && OPEN_FOLDERS.some((folder) => url === folder || url.startsWith(`${folder}/`)))
