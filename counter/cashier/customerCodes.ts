import type { CustomerCode, CustomerCodeAction } from '../../core/counter/customerCode.ts'
import type { Cashiers } from '../cashiers.ts'
import { askServer, type ServerToAsk } from '../registration/askServer.ts'
import { type Presented, type Refusal, refusal } from '../session/model.ts'

export interface CustomerCodesParts {
  readonly registration: ServerToAsk
  readonly cashiers: Pick<Cashiers, 'current'>
  readonly changed: () => void
}

/**
 * Codes by which the office finds a customer, from a card that was tapped or scanned here just now: a blocked one, or a new one
 * that is to take the place of a lost one. Only with the server; a number that was typed proves nothing.
 */
export class CustomerCodes {
  readonly #parts: CustomerCodesParts
  #state: CustomerCode | null = null
  /** Rises with every card and every end; an answer to an older question is nobody's. */
  #question = 0

  constructor(parts: CustomerCodesParts) {
    this.#parts = parts
  }

  /** null: nobody asks for one. */
  get state(): CustomerCode | null {
    return this.#state
  }

  carryOut(action: CustomerCodeAction): Refusal | null {
    if (!this.#parts.cashiers.current) return refusal('operator_not_allowed')
    this.#become(action === 'ask' ? { step: 'waiting' } : null)
    return null
  }

  /** A medium was presented; true: for a code, and it is no customer's visit. */
  takes(presented: Presented): boolean {
    if (this.#state === null) return false
    if (this.#state.step !== 'asking') void this.#ask(presented)
    return true
  }

  /** A read failed; true: it was to be for a code. */
  fails(refused: Refusal): boolean {
    if (this.#state === null) return false
    if (this.#state.step !== 'asking') this.#become({ step: 'refused', refused })
    return true
  }

  left(): void {
    this.#question += 1
    this.#state = null
  }

  async #ask({ type, keys, entry }: Presented): Promise<void> {
    if (entry !== 'tap' && entry !== 'scan') {
      this.#become({ step: 'refused', refused: refusal('medium_too_weak') })
      return
    }
    this.#become({ step: 'asking' })
    const question = this.#question
    const medium = { type, keys: [...keys] }
    const came = await askServer(this.#parts.registration, (gateway) => gateway.present({ medium, entry }))
    if (question !== this.#question) return
    if (!came.ok) this.#become({ step: 'refused', refused: came.refused })
    else {
      const { presentation: code, expiresAt, known } = came.value
      this.#become({ step: 'shown', code, expiresAt: Date.parse(expiresAt), known })
    }
  }

  #become(state: CustomerCode | null): void {
    this.#question += 1
    this.#state = state
    this.#parts.changed()
  }
}
