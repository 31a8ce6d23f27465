import { type Connection, type ConnectionEvents, connect } from './connection.ts'
import { RefusedError, UnreachableError } from './failures.ts'
import type { Basket, Counter, Problem, SaleCompleted, Transaction } from './types.ts'

export const USUAL_ADDRESS = 'http://127.0.0.1:4751'

export interface PosClientOptions {
  /** The token that the store's manager made for this POS at the counter. */
  readonly token: string
  /** Where the counter is; by default `http://127.0.0.1:4751`. */
  readonly address?: string
  /** How long a call is tried again while nobody answers or the counter is busy, milliseconds; by default 10 s, 0: once. */
  readonly patienceMs?: number
  /** For tests and old platforms; by default the platform's own. */
  readonly fetch?: typeof globalThis.fetch
  readonly WebSocket?: typeof globalThis.WebSocket
}

const ONE_TRY_MS = 5_000
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 1_000

/**
 * A POS's line to the counter beside it. Every call may be made again, after a crash too: the same sale, revision and report count
 * once. Calls throw `RefusedError` (the counter said no, by name) or `UnreachableError` (nobody answered in time).
 */
export class PosClient {
  readonly #options: PosClientOptions

  constructor(options: PosClientOptions) {
    this.#options = options
  }

  counter(): Promise<Counter> {
    return this.#ask('GET', '/counter')
  }

  /** The sales that are neither completed nor voided: what a POS that crashed asks for first. */
  async openTransactions(): Promise<readonly Transaction[]> {
    const { transactions } = await this.#ask<{ transactions: Transaction[] }>('GET', '/transactions')
    return transactions
  }

  /** null: the counter has never heard of this sale. */
  async transaction(saleId: string): Promise<Transaction | null> {
    try {
      return await this.#ask('GET', pathOf(saleId))
    } catch (error) {
      if (error instanceof RefusedError && error.reason === 'transaction_unknown') return null
      throw error
    }
  }

  /** Opens the sale on the counter, or changes its basket; `revision` rises with every change, from 1. */
  put(saleId: string, revision: number, basket: Basket): Promise<Transaction> {
    return this.#ask('PUT', pathOf(saleId), { revision, basket })
  }

  /** sale_completed. */
  complete(saleId: string, report: SaleCompleted): Promise<Transaction> {
    return this.#ask('POST', `${pathOf(saleId)}/complete`, report)
  }

  /** sale_voided: its coupons are given back. */
  void(saleId: string, reason?: string): Promise<Transaction> {
    return this.#ask('POST', `${pathOf(saleId)}/void`, reason === undefined ? {} : { reason })
  }

  /** Gives the coupons back and goes on with the sale: before an approved basket changes. */
  undo(saleId: string, reason?: string): Promise<Transaction> {
    return this.#ask('POST', `${pathOf(saleId)}/undo`, reason === undefined ? {} : { reason })
  }

  /** Hears of everything as it happens, and of what it missed since `cursor`; a line that breaks is made again. */
  connect(events: ConnectionEvents, cursor?: number): Connection {
    const { token, address = USUAL_ADDRESS, WebSocket = globalThis.WebSocket } = this.#options
    return connect({ token, url: `${address.replace(/^http/, 'ws')}/pos/v1/events`, WebSocket }, events, cursor)
  }

  async #ask<Answer>(method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown): Promise<Answer> {
    const { patienceMs = 10_000 } = this.#options
    const until = Date.now() + patienceMs
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        return await this.#try<Answer>(method, path, body)
      } catch (error) {
        const passes =
          error instanceof UnreachableError || (error instanceof RefusedError && error.reason === 'in_progress')
        if (!passes || Date.now() + pauseMs > until) throw error
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
      }
    }
  }

  async #try<Answer>(method: string, path: string, body: unknown): Promise<Answer> {
    const { token, address = USUAL_ADDRESS, fetch = globalThis.fetch } = this.#options
    let response: Response
    let answer: unknown
    try {
      response = await fetch(`${address}/pos/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        cache: 'no-store',
        redirect: 'error',
        signal: AbortSignal.timeout(ONE_TRY_MS),
      })
      answer = await response.json()
    } catch (error) {
      throw new UnreachableError(error)
    }
    if (response.ok) return answer as Answer
    if (isProblem(answer)) throw new RefusedError(answer)
    throw new UnreachableError()
  }
}

const pathOf = (saleId: string): string => `/transactions/${encodeURIComponent(saleId)}`

function isProblem(answer: unknown): answer is Problem {
  return typeof answer === 'object' && answer !== null && 'reason' in answer && typeof answer.reason === 'string'
}
