import { type EnrolResponse, HANDSHAKE_VERSION } from '../../core/contract/stations.ts'
import type { CounterState } from '../../core/counter/state.ts'
import { typedEnrolmentCode } from '../../core/enrolment/code.ts'
import { enrolmentProof } from '../../core/enrolment/proof.ts'
import { unreachable } from '../../core/outcome.ts'
import type { CouponGateway } from '../../core/ports/couponGateway.ts'
import {
  EVENTS_WAITING,
  type Refusal,
  refusal,
  refusalFromProblem,
  SERVER_UNREACHABLE,
  STORAGE_FAILED,
} from '../session/model.ts'
import type { Backlog, Journal, StationRecord } from '../store/counterStore.ts'

/** Why a machine is no station any more. */
export type RetiredBecause = 'unenrolled' | 'station_revoked'

/** Nothing of what happened here would be lost with the keys. */
export const isClear = ({ stored, unresolved }: Pick<Backlog, 'stored' | 'unresolved'>): boolean =>
  stored === 0 && unresolved === 0

/** Where the station's secrets are kept. */
export interface StationKeeping {
  publicKey(): string
  /** Signs with the station's own key. */
  sign(message: Uint8Array): Uint8Array
  enrolment(): EnrolResponse | null
  /** false: not on disk, and the station is not enrolled. */
  enrolled(enrolment: EnrolResponse): boolean
  /** Forgets key, token and hash keys for ever, and keeps whose they were; false: not on disk, and nothing is forgotten. */
  forget(because: RetiredBecause): boolean
  /** Why there is no enrolment any more; null: there never was one, or there is. */
  retired(): RetiredBecause | null
}

/** Makes this machine a station, once, with a one-time code (CONTRACT.md §1). */
export class Enrolment {
  readonly #keeping: StationKeeping
  readonly #journal: Journal
  readonly #gateway: CouponGateway
  #enrolling = false
  #problem: string | null = null

  constructor(keeping: StationKeeping, journal: Journal, gateway: CouponGateway) {
    this.#keeping = keeping
    this.#journal = journal
    this.#gateway = gateway
  }

  /** null: not enrolled. After a crash between the two files the journal takes over what the key file knows. */
  station(): StationRecord | null {
    const enrolment = this.#keeping.enrolment()
    if (!enrolment) return null
    const { stationId, store, role, settings } = enrolment
    const recorded = this.#journal.station()
    return recorded?.stationId === stationId ? recorded : { stationId, store, role, settings }
  }

  /** For what only an enrolled station does. */
  mustBeStation(): StationRecord {
    const station = this.station()
    if (!station) throw new Error('a station that is not enrolled approves nothing')
    return station
  }

  state(): CounterState['enrolment'] {
    const station = this.station()
    if (station) {
      const { stationId, store } = station
      return { status: 'enrolled', stationId, storeName: store.name, currency: store.currency }
    }
    if (this.#enrolling) return { status: 'enrolling' }
    const retired = this.#keeping.retired()
    return { status: 'needed', reason: this.#problem ?? (retired === 'station_revoked' ? retired : null) }
  }

  /**
   * null: enrolled. A code works once, for this machine's key: where the answer to it was lost, the same code gives it again
   * while it lasts. Refused while something waits that happened here before: another station could not send it.
   */
  async enrol(code: string): Promise<Refusal | null> {
    if (this.#keeping.enrolment() || this.#enrolling) return refusal('in_progress')
    if (!isClear(this.#journal.backlog())) return EVENTS_WAITING
    this.#enrolling = true
    try {
      const refused = await this.#enrol(code)
      this.#problem = refused?.reason ?? null
      return refused
    } finally {
      this.#enrolling = false
    }
  }

  async #enrol(code: string): Promise<Refusal | null> {
    const publicKey = this.#keeping.publicKey()
    const typed = typedEnrolmentCode(code)
    const signed = enrolmentProof(typed.ok ? typed.value : code)
    const proof = Buffer.from(this.#keeping.sign(signed)).toString('base64url')
    const result = await this.#gateway.enrol({ code, publicKey, proof, handshakeVersion: HANDSHAKE_VERSION })
    switch (result.kind) {
      case 'answered': {
        const { stationId, store, role, settings } = result.answer
        const kept = this.#keeping.enrolled(result.answer)
        return kept && this.#journal.recordStation({ stationId, store, role, settings }).ok ? null : STORAGE_FAILED
      }
      case 'rejected':
        return refusalFromProblem(result.problem)
      case 'revoked':
        return refusalFromProblem({ reason: result.reason ?? 'unauthorized' })
      case 'throttled':
      case 'unreachable':
        return SERVER_UNREACHABLE
      default:
        return unreachable(result)
    }
  }
}
