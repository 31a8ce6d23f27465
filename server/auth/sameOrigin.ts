import type { FastifyRequest } from 'fastify'

/** Where a browser says that a request comes from. `unsaid`: no browser of today sends it so. */
export type RequestSource = 'ours' | 'foreign' | 'unsaid'

/**
 * Whether a request was made by a page of this server (OWASP, Cross-Site Request Forgery Prevention: Fetch Metadata, with
 * the Origin header for browsers that do not send it, as over plain http). Both are set by the browser and out of reach of
 * scripts. With a trusted proxy, scheme and host are those that the browser asked.
 */
export function requestSource({ headers, protocol, host }: FastifyRequest): RequestSource {
  const site = headers['sec-fetch-site']
  const { origin } = headers
  if (site !== undefined && site !== 'same-origin') return 'foreign'
  if (origin !== undefined && origin !== `${protocol}://${host}`) return 'foreign'
  return site === undefined && origin === undefined ? 'unsaid' : 'ours'
}
