import type { Scheduler } from '../core/ports/scheduler.ts'
import { type Refusal, SERVER_UNREACHABLE } from './session/model.ts'
import type { Enrolment } from './station/enrolment.ts'

const RETRY_MS = 2_000

export interface EnrollingParts {
  readonly enrolment: Pick<Enrolment, 'enrol'>
  readonly scheduler: Scheduler
  readonly changed: () => void
  /** The station has just been enrolled; a program that ends leaves it at that. */
  readonly enrolled: () => void
}

/** Makes this machine a station while its program runs: by a person's code, or at start by one that it was given. */
export class Enrolling {
  readonly #parts: EnrollingParts
  #ended = false

  constructor(parts: EnrollingParts) {
    this.#parts = parts
  }

  /** null: enrolled, and at work. */
  async enrol(code: string): Promise<Refusal | null> {
    const { enrolment, changed, enrolled } = this.#parts
    const enrolling = enrolment.enrol(code)
    changed()
    const refused = await enrolling
    changed()
    if (!refused && !this.#ended) enrolled()
    return refused
  }

  /** As long as nobody answers; `ended` hears how each try ended. */
  async enrolUntilAnswered(code: string, ended: (refused: Refusal | null) => void): Promise<void> {
    const refused = await this.enrol(code)
    if (this.#ended) return
    ended(refused)
    if (refused !== SERVER_UNREACHABLE) return
    this.#parts.scheduler.after(RETRY_MS, () => void this.enrolUntilAnswered(code, ended))
  }

  /** The program ends: nobody is asked any more. */
  stop(): void {
    this.#ended = true
  }
}
