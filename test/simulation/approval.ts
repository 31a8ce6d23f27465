import type { Lines } from './ledger.ts'

/** What a counter's journal says it gave. */
export interface Given {
  /** Without those that a manager has taken back since. */
  lines: Lines
  /** The business day on which it was given. */
  readonly day: string
  undone: boolean
  /** Acquisitions whose lines the server has forced, as far as the counter heard. */
  readonly forced: Set<string>
}

/** An approval that has just been written down. */
export interface Approval {
  readonly redemptionId: string
  readonly lines: Lines
  /** Decided by the station alone. */
  readonly stored: boolean
}
