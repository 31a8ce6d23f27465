import { isDeepStrictEqual } from 'node:util'
import { StoreUnavailable } from '../../commands.ts'
import { TryAgain } from '../connection.ts'

/** Something that work asks of the database, or of chance. */
export interface Step {
  readonly text: string
  readonly values: readonly unknown[]
}

export interface Answered {
  readonly rows: readonly Record<string, unknown>[]
  /** Rows that were written. */
  readonly changes: number
}

interface Entry extends Step {
  readonly answer: Answered | Error
}

/**
 * Work has asked something that has no answer yet: it is asked, and the work is begun again. What hands on failures of the
 * database hands on this too.
 */
export class Unanswered extends StoreUnavailable {
  readonly step: Step

  constructor(step: Step) {
    super('not answered yet')
    this.step = step
  }
}

const READS = /^\s*(SELECT|WITH)\b/

/** What was asked in one transaction, in order, with the answers: work that is begun again gets the same ones. */
export class Transcript {
  readonly #entries: Entry[] = []
  #at = 0

  /** The work begins again. */
  rewind(): void {
    this.#at = 0
  }

  /** The answer to the next step. Throws `Unanswered` for a new one, and what the database threw at an old one. */
  answer(step: Step): Answered {
    // Work that has learned something needs not ask for it again.
    let at = this.#at
    while (at < this.#entries.length && !same(this.#entries[at], step)) {
      if (!READS.test(this.#entries[at]?.text ?? '')) throw new TryAgain('the work went another way')
      at += 1
    }
    const entry = this.#entries[at]
    if (!entry) {
      if (at > this.#at) throw new TryAgain('the work went another way')
      throw new Unanswered(step)
    }
    this.#at = at + 1
    if (entry.answer instanceof Error) throw entry.answer
    return entry.answer
  }

  /** Notes what was answered to the step that is new. */
  add(step: Step, answer: Answered | Error): void {
    this.#entries.push({ ...step, answer })
  }
}

function same(entry: Entry | undefined, { text, values }: Step): boolean {
  return entry !== undefined && entry.text === text && isDeepStrictEqual(entry.values, values)
}
