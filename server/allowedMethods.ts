import { routesOf } from './auth/guardedRoutes.ts'
import type { App } from './routes/route.ts'

/** The methods that a path (without its query) answers; empty: there is no such path. For Allow (RFC 9110, 10.2.1). */
export function allowedMethods(app: App): (path: string) => readonly string[] {
  return (path) => {
    const methods = new Set<string>()
    for (const { method, url } of routesOf(app)) {
      if (!fits(url.split('/'), path.split('/'))) continue
      methods.add(method)
      if (method === 'GET') methods.add('HEAD')
    }
    return [...methods].sort()
  }
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  const isFolder = pattern.at(-1) === '*'
  const fixed = isFolder ? pattern.slice(0, -1) : pattern
  if (isFolder ? segments.length <= fixed.length : segments.length !== fixed.length) return false
  return fixed.every((part, index) => (part.startsWith(':') ? segments[index] !== '' : part === segments[index]))
}
