import { EnrolPreview, HANDSHAKE_VERSION } from '../../core/contract/stations.ts'
import { CONTRACT_HEADER, CONTRACT_VERSION } from '../../core/contract/version.ts'
import type { Reached, ReachFailure, SetupGateway } from '../../core/ports/setupGateway.ts'
import { exchange, type HttpGatewayOptions } from './httpGateway.ts'
import { route } from './route.ts'
import { StationTokens, type StationTokensParts } from './stationTokens.ts'

/** Somebody waits at the screen, and no customer does. */
const SETUP_DEADLINE_MS = 8_000

export interface HttpSetupGatewayOptions extends Pick<HttpGatewayOptions, 'fetch' | 'endAfter'> {
  readonly station: StationTokensParts['station'] & { publicKey(): string }
  readonly clock: StationTokensParts['clock'] & { now(): number }
}

/** The coupon server over HTTP, at whatever address a person has just named. */
export function httpSetupGateway(options: HttpSetupGatewayOptions): SetupGateway {
  const { station, clock, ...line } = options
  return {
    reach: (address) => reach(address, options),
    preview: (address, code) =>
      exchange(
        { ...line, baseUrl: address, token: () => null },
        {
          ...route('POST', '/v1/stations/enrol/preview'),
          body: { code, publicKey: station.publicKey(), handshakeVersion: HANDSHAKE_VERSION },
          answer: EnrolPreview,
          deadlineMs: SETUP_DEADLINE_MS,
        },
      ),
    isKnownAt: (address) => new StationTokens({ ...line, baseUrl: address, station, clock }).renew(),
  }
}

async function reach(
  address: string,
  { fetch: request = fetch, endAfter, clock }: HttpSetupGatewayOptions,
): Promise<Reached> {
  const signal = (endAfter ?? AbortSignal.timeout)(SETUP_DEADLINE_MS)
  try {
    const response = await request(`${address}${route('GET', '/healthz').path}`, {
      headers: { [CONTRACT_HEADER]: String(CONTRACT_VERSION) },
      // Where somebody else answers, there is nothing of ours to follow.
      redirect: 'manual',
      signal,
    })
    void response.body?.cancel().catch(() => {})
    const isOurs = /^\d+$/.test(response.headers.get(CONTRACT_HEADER) ?? '')
    if (!isOurs) return failed(response.status >= 500 ? 'server_error' : 'not_a_server')
    const its = Date.parse(response.headers.get('date') ?? '')
    return { kind: 'reached', clockAheadMs: Number.isNaN(its) ? null : clock.now() - its }
  } catch (error) {
    return failed(signal.aborted ? 'server_slow' : failureOf(codeOf(error)))
  }
}

const failed = (failure: ReachFailure): Reached => ({ kind: 'failed', failure })

/** The code of the network's own error, which `fetch` wraps; `''`: there is none. */
function codeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code
  }
  return ''
}

/** Node's and OpenSSL's codes (nodejs.org/api/tls.html#x509-certificate-error-codes) as far as they say what to do. */
function failureOf(code: string): ReachFailure {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'name_unknown'
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return 'certificate_dates'
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'certificate_name'
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'ETIMEDOUT':
      return 'server_slow'
    case 'EPROTO':
    case 'HPE_INVALID_CONSTANT':
      return 'tls_failed'
    default:
      if (/CERT|ISSUER|SIGNATURE/.test(code)) return 'certificate_untrusted'
      return code.startsWith('ERR_SSL') ? 'tls_failed' : 'server_unreachable'
  }
}
