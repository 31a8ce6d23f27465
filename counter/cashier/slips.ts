import type { PrinterView, Slip } from '../../core/counter/slip.ts'
import type { CorrectedClock } from '../clock/correctedClock.ts'
import type { DevicesLink } from '../devicesLink.ts'
import { type Refusal, refusal } from '../session/model.ts'
import type { CounterStore, StationRecord } from '../store/counterStore.ts'

/** A printer that has said nothing for so long is not going to, milliseconds. */
const PRINT_DEADLINE_MS = 10_000

export interface SlipsParts {
  readonly store: CounterStore
  readonly clock: Pick<CorrectedClock, 'toSystem'>
  readonly station: () => StationRecord
  readonly devices: Pick<DevicesLink, 'send' | 'hasPrinter'>
  readonly scheduler: { after(delayMs: number, task: () => void): () => void }
  readonly isTraining: boolean
  readonly changed: () => void
}

/** Prints what one redemption gave, while this counter remembers it. A printer that fails holds nothing up. */
export class Slips {
  readonly #parts: SlipsParts
  #view: PrinterView = { state: 'idle', fault: null }
  #jobs = 0

  constructor(parts: SlipsParts) {
    this.#parts = parts
  }

  view(): PrinterView | null {
    return this.#parts.devices.hasPrinter ? this.#view : null
  }

  print(redemptionId: string, language: string): Refusal | null {
    const { devices, scheduler } = this.#parts
    const slip = this.#slip(redemptionId)
    if (!slip || !devices.hasPrinter) return refusal('invalid_request')
    this.#jobs += 1
    const jobId = this.#jobs
    const isSent = devices.send({ type: 'print', jobId, slip, language })
    this.#show(isSent ? { state: 'printing', fault: null } : { state: 'failed', fault: 'no_printer' })
    if (isSent) scheduler.after(PRINT_DEADLINE_MS, () => this.printed(jobId, 'timeout'))
    return null
  }

  /** The devices process has said how a job ended. */
  printed(jobId: number, fault: PrinterView['fault']): void {
    // An older job's end says nothing about the one that the cashier waits for.
    if (jobId !== this.#jobs || this.#view.state !== 'printing') return
    this.#show(fault === null ? { state: 'printed', fault: null } : { state: 'failed', fault })
  }

  #slip(redemptionId: string): Slip | null {
    const { store, clock, station, isTraining } = this.#parts
    const past = store.journal.pastApproval(redemptionId)
    if (!past) return null
    const { store: place } = station()
    const { approval, operatorId, undone } = past
    return {
      redemptionId,
      storeName: place.name,
      cashier: store.replica.operators().find((one) => one.operatorId === operatorId)?.name ?? null,
      at: clock.toSystem(past.at),
      timeZone: place.timeZone,
      currency: place.currency,
      certainty: approval.certainty,
      lines: approval.lines.map(({ title, titles, discount }) => ({ title, titles, discount: discount.total })),
      totalDiscount: approval.totalDiscount,
      undone,
      training: isTraining,
    }
  }

  #show(view: PrinterView): void {
    this.#view = view
    this.#parts.changed()
  }
}
