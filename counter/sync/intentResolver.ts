import { unreachable } from '../../core/outcome.ts'
import type { GatewayResult } from '../../core/ports/couponGateway.ts'
import type { EventWriter } from '../session/eventWriter.ts'
import type { Intent, Journal } from '../store/counterStore.ts'
import { Backoff } from './backoff.ts'
import type { ExchangeParts } from './exchangeParts.ts'
import { Loop } from './loop.ts'

const NEVER_SHOWN = 'never shown to the cashier'

export interface IntentResolverParts extends ExchangeParts {
  readonly journal: Journal
  readonly events: EventWriter
  /** Redemptions that somebody is still waiting for. */
  readonly inFlight: ReadonlySet<string>
  /** Something was taken back: an approval nobody has seen. */
  readonly rolledBack: (intent: Intent, totalDiscount: number) => void
  /** An annul was journaled. */
  readonly journaled: () => void
}

/**
 * Sees to it that the server holds nothing of what was never shown (CONTRACT.md §4.5). Every open intent is asked for:
 * approved → rolled back; unknown → an annul event, because its request may still be on its way and must then meet a
 * tombstone; refused or taken back → done. Goes on, with growing pauses, until the server has answered for each.
 */
export class IntentResolver {
  readonly #parts: IntentResolverParts
  readonly #loop: Loop
  readonly #backoff: Backoff

  constructor(parts: IntentResolverParts) {
    this.#parts = parts
    this.#loop = new Loop(parts.scheduler, () => this.#round())
    this.#backoff = new Backoff({ firstMs: 500, maxMs: 15_000, ids: parts.ids })
  }

  wake(): void {
    this.#loop.wake()
  }

  stop(): Promise<void> {
    return this.#loop.stop()
  }

  async #round(): Promise<number | null> {
    const asked = new Set<string>()
    for (;;) {
      const intent = this.#next(asked)
      if (!intent) break
      asked.add(intent.redemptionId)
      if (!(await this.#resolve(intent))) return this.#backoff.next()
    }
    this.#backoff.reset()
    return null
  }

  /** Looked up each time: while the server was asked about one, another may have been shown. */
  #next(asked: ReadonlySet<string>): Intent | undefined {
    const { journal, inFlight } = this.#parts
    return journal.openIntents().find(({ redemptionId }) => !inFlight.has(redemptionId) && !asked.has(redemptionId))
  }

  /** false: ask again later. */
  async #resolve(intent: Intent): Promise<boolean> {
    const { journal, gateway } = this.#parts
    const result = this.#heard(await gateway.redemption(intent.redemptionId))
    if (result.kind === 'rejected') return this.#annul(intent)
    // A revoked station may bring up its journal and ask nothing: the annul undoes what there is.
    if (result.kind === 'revoked' && result.reason === 'station_revoked') return this.#annul(intent)
    if (result.kind !== 'answered') return false
    const { answer } = result
    if (answer === null) return this.#annul(intent)
    if (answer.status === 'refused' || answer.state === 'rolled_back') {
      return journal.closeIntent(intent.redemptionId, null).ok
    }
    return this.#rollBack(intent, answer.totalDiscount)
  }

  async #rollBack(intent: Intent, totalDiscount: number): Promise<boolean> {
    const { journal, gateway, ids } = this.#parts
    const { redemptionId } = intent
    const rollbackId = intent.rollbackId ?? ids.uuid7()
    // On a full disk this cannot be written; the rollback still must happen, and a second one changes nothing.
    if (!intent.rollbackId) journal.planRollback(redemptionId, rollbackId)
    const { operatorId } = intent.request
    const result = this.#heard(
      await gateway.rollback(redemptionId, { rollbackId, reason: NEVER_SHOWN, ...(operatorId ? { operatorId } : {}) }),
    )
    switch (result.kind) {
      case 'answered':
        this.#parts.rolledBack(intent, totalDiscount)
        return journal.closeIntent(redemptionId, null).ok
      case 'rejected':
        return this.#annul({ ...intent, rollbackId })
      case 'throttled':
      case 'revoked':
      case 'unreachable':
        return false
      default:
        return unreachable(result)
    }
  }

  #annul(intent: Intent): boolean {
    const { journal, ids, events } = this.#parts
    const { redemptionId, request } = intent
    const event = events.annul({
      annulId: intent.rollbackId ?? ids.uuid7(),
      redemptionId,
      reason: NEVER_SHOWN,
      operatorId: request.operatorId ?? null,
    })
    const closed = journal.closeIntent(redemptionId, event).ok
    if (closed) this.#parts.journaled()
    return closed
  }

  #heard<Answer>(result: GatewayResult<Answer>): GatewayResult<Answer> {
    this.#parts.connectivity.heard(result)
    return result
  }
}
