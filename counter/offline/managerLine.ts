import type { ConflictResolution } from '../../core/contract/conflicts.ts'
import type { LeaseOverview } from '../../core/contract/leases.ts'
import type { RedemptionPage, RedemptionQuery } from '../../core/contract/redemptionList.ts'
import type { Operator } from '../../core/contract/sessions.ts'
import type { OfflineDesk } from '../../core/counter/offlineDesk.ts'
import { accepted, type Outcome, refused, unreachable } from '../../core/outcome.ts'
import type { GatewayResult } from '../../core/ports/couponGateway.ts'
import type { ManagerGateway } from '../../core/ports/managerGateway.ts'
import { type Refusal, refusal, refusalFromProblem, SERVER_UNREACHABLE } from '../session/model.ts'

/** Longer than the desk stays open by itself, shorter than a shift: a token that leaks is soon worth nothing. */
const SESSION_MINUTES = 20

export type LineView = Pick<OfflineDesk, 'server' | 'list' | 'story'>

/**
 * One manager's own line to the server while their desk is open. The server checks the PIN itself and gives a session
 * token, which is kept in memory alone: the station's own token resolves nothing, so whoever takes a counter away takes no
 * manager with it.
 */
export class ManagerLine {
  readonly #gateway: ManagerGateway | null
  readonly #storeId: () => string | null
  readonly #changed: () => void
  #operator: Operator | null = null
  #token: string | null = null
  #view: LineView = { server: 'pin_needed', list: null, story: null }
  #leases: readonly LeaseOverview[] | null = null
  /** Rises when the line is closed: an answer to what was asked before is nobody's. */
  #generation = 0

  constructor(gateway: ManagerGateway | null, storeId: () => string | null, changed: () => void) {
    this.#gateway = gateway
    this.#storeId = storeId
    this.#changed = changed
  }

  /** What is lent to the store, by the server; null: it has not said yet. */
  get storeLeases(): readonly LeaseOverview[] | null {
    return this.#leases
  }

  get view(): LineView {
    return this.#view
  }

  open(operator: Operator): void {
    this.close()
    this.#operator = operator
  }

  close(): void {
    this.#generation += 1
    this.#operator = null
    this.#token = null
    this.#leases = null
    this.#view = { server: 'pin_needed', list: null, story: null }
  }

  /** Shows the server the PIN; null: it knows the manager, and what is open is on the screen. */
  async connect(pin: string): Promise<Refusal | null> {
    return (await this.signIn(pin)) ?? (await this.list('open')) ?? this.leases()
  }

  /** Shows the server the PIN, and asks nothing yet; null: it knows the manager. */
  async signIn(pin: string): Promise<Refusal | null> {
    const operator = this.#operator
    if (!operator) return refusal('operator_not_allowed')
    const answered = await this.#ask((gateway) =>
      gateway.signIn({ name: operator.name, pin, minutes: SESSION_MINUTES }),
    )
    if (!answered.ok) return answered.refused
    // A namesake that only the server knows is somebody else.
    if (answered.answer.operator.operatorId !== operator.operatorId) {
      this.#show({ server: 'pin_needed' })
      return refusal('operator_not_allowed')
    }
    this.#token = answered.answer.token
    this.#show({ server: 'connected' })
    return null
  }

  /** A page of what the server has of redemptions; refused where it does not know the manager, or does not answer. */
  async redemptions(query: Partial<RedemptionQuery>): Promise<Outcome<RedemptionPage, { readonly refused: Refusal }>> {
    const token = this.#token
    if (token === null) return refused({ refused: refusal('operator_not_allowed') })
    const answered = await this.#ask((gateway) => gateway.redemptions(token, query))
    if (!answered.ok) return answered
    this.#show({ server: 'connected' })
    return accepted(answered.answer)
  }

  async leases(): Promise<Refusal | null> {
    const token = this.#token
    if (token === null) return refusal('operator_not_allowed')
    const answered = await this.#ask((gateway) => gateway.leases(token))
    if (!answered.ok) return answered.refused
    const storeId = this.#storeId()
    this.#leases = answered.answer.leases.filter((lease) => lease.ended === null && lease.storeId === storeId)
    this.#show({ server: 'connected' })
    return null
  }

  async list(state: 'open' | 'resolved', cursor?: string): Promise<Refusal | null> {
    const token = this.#token
    if (token === null) return refusal('operator_not_allowed')
    const storeId = this.#storeId()
    const answered = await this.#ask((gateway) =>
      gateway.conflicts(token, {
        state,
        ...(storeId === null ? {} : { storeId }),
        ...(cursor === undefined ? {} : { cursor }),
      }),
    )
    if (!answered.ok) return answered.refused
    const { conflicts, open, cursor: next } = answered.answer
    this.#show({ server: 'connected', list: { state, conflicts, open, cursor: next } })
    return null
  }

  async look(conflictId: string | null): Promise<Refusal | null> {
    if (conflictId === null) {
      this.#show({ story: null })
      return null
    }
    const token = this.#token
    if (token === null) return refusal('operator_not_allowed')
    const answered = await this.#ask((gateway) => gateway.conflict(token, conflictId))
    if (!answered.ok) return answered.refused
    this.#show({ server: 'connected', story: answered.answer })
    return null
  }

  async resolve(
    conflictId: string,
    request: { readonly resolutionId: string; readonly resolution: ConflictResolution; readonly reason: string },
  ): Promise<Refusal | null> {
    const token = this.#token
    if (token === null) return refusal('operator_not_allowed')
    const answered = await this.#ask((gateway) => gateway.resolve(token, conflictId, request))
    if (!answered.ok) return answered.refused
    this.#show({ server: 'connected', story: answered.answer })
    // The list is a courtesy now: what was asked for is done.
    await this.list(this.#view.list?.state ?? 'open')
    return null
  }

  async #ask<Answer>(
    ask: (gateway: ManagerGateway) => Promise<GatewayResult<Answer>>,
  ): Promise<{ readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly refused: Refusal }> {
    const gateway = this.#gateway
    if (!gateway) return { ok: false, refused: SERVER_UNREACHABLE }
    const generation = this.#generation
    this.#show({ server: 'asking' })
    const result = await ask(gateway)
    if (generation !== this.#generation) return { ok: false, refused: refusal('in_progress') }
    switch (result.kind) {
      case 'answered':
        return { ok: true, answer: result.answer }
      case 'revoked':
        // Of a person's call: a wrong PIN, or a session that has ended.
        return this.#lost()
      case 'rejected':
        if (result.problem.status === 401) return this.#lost()
        this.#show({ server: this.#token === null ? 'pin_needed' : 'connected' })
        return { ok: false, refused: refusalFromProblem(result.problem) }
      case 'throttled':
      case 'unreachable':
        this.#show({ server: 'unreachable' })
        return { ok: false, refused: SERVER_UNREACHABLE }
      default:
        return unreachable(result)
    }
  }

  #lost(): { readonly ok: false; readonly refused: Refusal } {
    this.#token = null
    this.#show({ server: 'pin_needed' })
    return { ok: false, refused: refusal('operator_not_allowed') }
  }

  #show(change: Partial<LineView>): void {
    this.#view = { ...this.#view, ...change }
    this.#changed()
  }
}
