import { StationChallenge, StationToken } from '../../core/contract/stations.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { GatewayResult } from '../../core/ports/couponGateway.ts'
import { tokenProof } from '../../core/stationToken.ts'
import { BACKGROUND_DEADLINE_MS } from '../deadlines.ts'
import { exchange, type HttpGatewayOptions, type TokenRenewal } from './httpGateway.ts'
import { route } from './route.ts'

/** After a renewal that failed: whoever asks meanwhile hears the same. */
const AGAIN_MS = 10_000

export interface StationTokensParts extends Pick<HttpGatewayOptions, 'baseUrl' | 'fetch' | 'endAfter'> {
  readonly station: {
    enrolment(): { readonly stationId: string } | null
    /** By the station's Ed25519 key, which never leaves this machine. */
    sign(message: Uint8Array): Uint8Array
    /** Keeps a token; false: not on disk, and the one before stays. */
    renewed(token: string): boolean
  }
  /** No time of day is needed: a clock that is wrong loses no token. */
  readonly clock: Pick<Clock, 'monotonic'>
}

/**
 * The station's short-lived tokens. One is renewed when half of its life is over, at the first question after that, while
 * nobody waits for it; and at once when the server does not take it any more: after a long time offline, or by a database
 * that was restored. It is on disk before it is used, because its first use ends the one before.
 */
export class StationTokens implements TokenRenewal {
  readonly #parts: StationTokensParts
  #running: Promise<GatewayResult<null>> | null = null
  #failed: { readonly at: number; readonly result: GatewayResult<null> } | null = null
  /** Monotonic; nobody knows how old a token of an earlier start is. */
  #dueAt = Number.NEGATIVE_INFINITY

  constructor(parts: StationTokensParts) {
    this.#parts = parts
  }

  freshen(): void {
    if (this.#parts.clock.monotonic() >= this.#dueAt) void this.renew()
  }

  renew(): Promise<GatewayResult<null>> {
    const now = this.#parts.clock.monotonic()
    if (this.#failed && now - this.#failed.at < AGAIN_MS) return Promise.resolve(this.#failed.result)
    this.#running ??= this.#renew().then((result) => {
      this.#running = null
      this.#failed = result.kind === 'answered' ? null : { at: this.#parts.clock.monotonic(), result }
      return result
    })
    return this.#running
  }

  async #renew(): Promise<GatewayResult<null>> {
    const { station, clock, ...line } = this.#parts
    const stationId = station.enrolment()?.stationId
    if (stationId === undefined) return { kind: 'revoked' }
    const options = { ...line, token: () => null }
    const common = { deadlineMs: BACKGROUND_DEADLINE_MS }
    const asked = await exchange(options, {
      ...route('POST', '/v1/stations/challenge'),
      ...common,
      answer: StationChallenge,
    })
    if (asked.kind !== 'answered') return asked
    const { challenge } = asked.answer
    const signature = Buffer.from(station.sign(tokenProof(stationId, challenge))).toString('base64url')
    const given = await exchange(options, {
      ...route('POST', '/v1/stations/token'),
      ...common,
      body: { stationId, challenge, signature },
      answer: StationToken,
    })
    if (given.kind !== 'answered') return given
    // With a disk that takes nothing it goes on with the one that it has.
    if (!station.renewed(given.answer.token)) return { kind: 'unreachable', cause: 'server_error' }
    this.#dueAt = clock.monotonic() + (given.answer.lastsSeconds * 1_000) / 2
    return { kind: 'answered', answer: null }
  }
}
