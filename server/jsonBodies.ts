import type { App } from './routes/route.ts'

/** Texts without any of these hold no `__proto__` and no `constructor`, however it is spelled. */
const SUSPICIOUS = ['__proto__', 'constructor', '\\u']

/**
 * Bodies as JSON. Fastify's own parser looks through each with patterns for names that could poison a prototype; here that is
 * left to it where one of them may be in it, and whatever cannot be parsed.
 */
export function jsonBodies(app: App): void {
  const careful = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    const parsed = SUSPICIOUS.some((part) => text.includes(part)) ? undefined : parse(text)
    // It says what is wrong in the framework's own way.
    if (parsed === undefined) careful(request, text, done)
    else done(null, parsed)
  })
}

/** undefined: it is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
