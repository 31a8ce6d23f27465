import type { Indication, ReaderHealth } from '../core/readers/reader.ts'
import type { DevicesLink } from './devicesLink.ts'
import type { Presented, VisitModel } from './session/model.ts'

/**
 * Tells the customer by the lights and the buzzer of the reader that read their medium, where it has any: accepted when
 * the approval shows on the screen, refused when it shows why not. A reader that cannot, or is gone, holds nothing up.
 */
export class OutcomeLights {
  readonly #devices: Pick<DevicesLink, 'all' | 'send'>
  /** Of the visit's medium; null: it was typed, or came before this program started. */
  #readerId: string | null = null
  #phase: VisitModel['phase'] = 'idle'
  /** Where the last medium came from, whoever's it was. */
  #latest: string | null = null
  #customer: Presented | null = null
  #aside: { readonly presented: Presented; readonly readerId: string | null } | null = null

  constructor(devices: Pick<DevicesLink, 'all' | 'send'>) {
    this.#devices = devices
  }

  /** A medium, or one that could not be read, came from this reader; null: it was typed. */
  cameFrom(readerId: string | null): void {
    // While somebody's coupons are decided about, another's medium is nobody's.
    if (this.#phase !== 'approving' && this.#phase !== 'undoing') this.#latest = readerId
  }

  /** The visit as it is now, after each change. */
  follow(visit: VisitModel): void {
    const { phase } = visit
    const before = this.#phase
    this.#notice(visit)
    this.#phase = phase
    if (phase === before) return
    if (phase === 'approved') this.#tell('accepted')
    else if (phase === 'refused') this.#tell('refused')
  }

  /** Whose visit it is, and who waits beside it. */
  #notice(visit: VisitModel): void {
    if (visit.phase === 'idle') {
      this.#readerId = null
      this.#latest = null
    } else if (visit.phase === 'refused' && !visit.presented) {
      this.#readerId = this.#latest
    } else if (visit.phase === 'searching' || visit.phase === 'offers') {
      const { presented, aside = null } = visit
      if (presented !== this.#customer) {
        const waited = this.#aside?.presented === presented ? this.#aside : null
        this.#readerId = waited ? waited.readerId : this.#latest
        this.#customer = presented
      }
      if (aside !== (this.#aside?.presented ?? null))
        this.#aside = aside && { presented: aside, readerId: this.#latest }
    }
  }

  #tell(outcome: Indication): void {
    const readerId = this.#readerId
    const reader = this.#devices.all().find((each) => each.readerId === readerId)
    if (readerId !== null && reader && canTell(reader)) this.#devices.send({ type: 'indicate', readerId, outcome })
  }
}

const canTell = ({ state, capabilities }: ReaderHealth): boolean =>
  state === 'ready' && capabilities !== undefined && (capabilities.buzzer || capabilities.led)
