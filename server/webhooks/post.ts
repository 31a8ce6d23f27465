import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { guardedLookup, RefusedAddress, type TargetRules, targetProblem } from './target.ts'

/** How a message was received. */
export interface PostResult {
  /** null: there was no answer. */
  readonly status: number | null
  /** Why there was none, by name. */
  readonly error: 'refused_address' | 'timeout' | 'tls' | 'no_connection' | null
  /** The beginning of the answer, without control characters. */
  readonly excerpt: string | null
  readonly retryAfterMs: number | null
}

export type Post = (url: string, headers: Readonly<Record<string, string>>, body: string) => Promise<PostResult>

export interface PostOptions extends TargetRules {
  /** From the first byte to the last. */
  readonly timeoutMs?: number
}

/** Standard Webhooks asks senders to wait 15 to 30 seconds. */
const TIMEOUT_MS = 15_000
/** What is read of an answer: it is not ours to keep. */
const MOST_READ_BYTES = 4_096
const EXCERPT_CHARS = 200

/** Sends one message: no redirect is followed, no more of the answer is read than is noted, and it ends in time. */
export function webhookPost(options: PostOptions): Post {
  const { timeoutMs = TIMEOUT_MS } = options
  const lookup = guardedLookup(options)
  return async (url, headers, body) => {
    if (targetProblem(url, options) !== null) return nothing('refused_address')
    const signal = AbortSignal.timeout(timeoutMs)
    const send = url.startsWith('https:') ? httpsRequest : httpRequest
    const length = { 'content-length': String(Buffer.byteLength(body)) }
    // A connection of its own for each: what one endpoint does to it is nobody else's business.
    const sent = send(url, { method: 'POST', headers: { ...headers, ...length }, agent: false, lookup, signal })
    try {
      const response = await responseTo(sent, body)
      const excerpt = await beginningOf(response).catch(() => null)
      return { status: response.statusCode ?? null, error: null, excerpt, retryAfterMs: retryAfter(response) }
    } catch (error) {
      return nothing(errorName(error, signal))
    } finally {
      sent.destroy()
    }
  }
}

const nothing = (error: NonNullable<PostResult['error']>): PostResult => ({
  status: null,
  error,
  excerpt: null,
  retryAfterMs: null,
})

function responseTo(sent: ClientRequest, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // It stays to swallow what comes after the answer has begun.
    sent.on('error', reject)
    sent.once('response', resolve)
    sent.end(body)
  })
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= MOST_READ_BYTES) break
  }
  const text = Buffer.concat(chunks).subarray(0, MOST_READ_BYTES).toString('utf8')
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, EXCERPT_CHARS)
    .toWellFormed()
}

/** RFC 9110 §10.2.3, in seconds; a date is not worth a clock's disagreement. */
function retryAfter({ headers }: IncomingMessage): number | null {
  const value = headers['retry-after'] ?? ''
  return /^\d{1,6}$/.test(value) ? Number(value) * 1_000 : null
}

function errorName(error: unknown, signal: AbortSignal): NonNullable<PostResult['error']> {
  if (signal.aborted) return 'timeout'
  if (error instanceof RefusedAddress) return 'refused_address'
  const { code = '' } = error as { readonly code?: string }
  return /CERT|TLS|SSL|SELF_SIGNED|ALTNAME/.test(code) ? 'tls' : 'no_connection'
}
