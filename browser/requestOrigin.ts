import type { IncomingHttpHeaders } from 'node:http'

/** The one address a screen is served from. */
export interface LoopbackAddress {
  readonly host: string
  readonly origin: string
}

/** 127.0.0.1 by number: a name could be made to point elsewhere. `port` is the one really bound. */
export function loopbackAddress(port: number): LoopbackAddress {
  return { host: `127.0.0.1:${port}`, origin: `http://127.0.0.1:${port}` }
}

/**
 * Whether a request was meant for us: the exact Host. A page of another name whose DNS was pointed at 127.0.0.1
 * (DNS rebinding) carries its own name here.
 */
export function isOurHost(headers: IncomingHttpHeaders, address: LoopbackAddress): boolean {
  return headers.host === address.host
}

/** Whether it was sent by our own page: the exact Origin, which browsers set on every POST and WebSocket. */
export function isOurOrigin(headers: IncomingHttpHeaders, address: LoopbackAddress): boolean {
  return headers.origin === address.origin
}

/** The value of one cookie, or undefined; of two with one name the first, which is the one with the longest path. */
export function cookieValue(headers: IncomingHttpHeaders, name: string): string | undefined {
  for (const part of headers.cookie?.split(';') ?? []) {
    const equals = part.indexOf('=')
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim()
  }
  return undefined
}
