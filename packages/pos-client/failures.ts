import type { Problem } from './types.ts'

/** The counter refused, by name; nothing changed there. */
export class RefusedError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.title)
    this.name = 'RefusedError'
    this.problem = problem
  }

  /** What to branch on: `basket_revision_stale`, `transaction_approved`, … */
  get reason(): string {
    return this.problem.reason
  }
}

/** Nobody answered in time. What was asked may have been done: ask the same again, which counts once. */
export class UnreachableError extends Error {
  constructor(cause?: unknown) {
    super('the counter does not answer', { cause })
    this.name = 'UnreachableError'
  }
}
