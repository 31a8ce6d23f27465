import { hmacSha256 } from '../system.ts'

/**
 * The headers of a message by Standard Webhooks 1.0: HMAC-SHA-256 over `id.timestamp.body` under each secret, so that while
 * one is replaced both receivers' secrets fit. `at`: epoch milliseconds of this attempt.
 */
export function signedHeaders(
  id: string,
  at: number,
  body: string,
  secrets: readonly Uint8Array[],
): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const timestamp = String(Math.floor(at / 1_000))
  const signed = Buffer.from(`${id}.${timestamp}.${body}`, 'utf8')
  const signatures = secrets.map((secret) => `v1,${Buffer.from(hmacSha256(secret, signed)).toString('base64')}`)
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}
