import type { RedemptionRequest } from '../../core/contract/redemptions.ts'
import type { WireLine } from '../../core/contract/search.ts'
import type { ShiftEndBody, ShiftStartBody } from '../../core/counter/shift.ts'
import type {
  OverrideEventBody,
  PolicyEventBody,
  RefusalEventBody,
  SessionEventBody,
} from '../../core/events/bodies.ts'
import type { AnnulEventBody, RedemptionEventBody } from '../../core/events/event.ts'
import type { Amount } from '../../core/money.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { CorrectedClock } from '../clock/correctedClock.ts'
import type { EventDraft } from '../store/counterStore.ts'
import type { Presented, Refusal } from './model.ts'

/** Puts what happened at the counter into the journal's words, with an id and both times. */
export interface EventWriter {
  /** An approval as shown. The intent goes along unchanged: the server knows a late request of it again. */
  redemption(approval: {
    readonly request: RedemptionRequest
    readonly decided: 'online' | 'offline'
    readonly lines: readonly (WireLine & { readonly campaignVersion?: number; readonly leaseId?: string })[]
    readonly totalDiscount: Amount
  }): EventDraft
  redemptionRefused(request: RedemptionRequest, refused: Refusal): EventDraft
  mediumRefused(presented: Presented | null, refused: Refusal, operatorId: string | null): EventDraft
  annul(undo: {
    readonly annulId: string
    readonly redemptionId: string
    readonly reason: string
    readonly operatorId: string | null
  }): EventDraft
  /**
   * `manager_…`: the manager's screens were opened or closed; the cashier stayed signed in. `sale_…`: a POS reported how its
   * sale ended, with whoever was signed in ('': nobody).
   */
  session(
    action:
      | 'sign_in'
      | 'sign_out'
      | 'sign_in_refused'
      | 'manager_in'
      | 'manager_out'
      | 'sale_completed'
      | 'sale_voided',
    operatorId: string,
    more?: Readonly<Record<string, unknown>>,
  ): EventDraft
  /** A shift began or ended. */
  shift(body: Readonly<ShiftStartBody> | Readonly<ShiftEndBody>): EventDraft
  /** Something was set at this counter; without `operatorId` by head office. */
  policy(body: Readonly<PolicyEventBody>): EventDraft
  /** A manager set a part of the offline policy aside, or that ended. */
  override(body: Readonly<OverrideEventBody> & { readonly action: 'begun' | 'ended' | 'expired' }): EventDraft
}

export function eventWriter(clock: CorrectedClock, ids: Ids): EventWriter {
  const draft = (type: EventDraft['type'], body: Record<string, unknown>, id = ids.uuid7()): EventDraft => {
    const { now, doubt } = clock.reading()
    const flagged = doubt === null ? body : { ...body, clockDoubt: doubt }
    return { type, id, stationAt: clock.system(), correctedAt: now, body: flagged }
  }
  return {
    redemption({ request, decided, lines, totalDiscount }) {
      const { redemptionId, medium, objective, select, entry, operatorId, saleRef } = request
      const body: RedemptionEventBody = {
        redemptionId,
        decided,
        lines: lines.map(({ acquisitionId, discount, campaignVersion, leaseId }) => ({
          acquisitionId,
          discount,
          ...(campaignVersion === undefined ? {} : { campaignVersion }),
          ...(leaseId === undefined ? {} : { leaseId }),
        })),
        totalDiscount,
        medium,
        objective,
        select,
        entry,
        ...(operatorId === undefined ? {} : { operatorId }),
        ...(saleRef === undefined ? {} : { saleRef }),
      }
      return draft('redemption', body)
    },
    redemptionRefused(request, refused) {
      const { redemptionId, medium, objective, select, entry, operatorId } = request
      const body: RefusalEventBody = { redemptionId, medium, objective, select, entry, operatorId, ...plain(refused) }
      return draft('refusal', body)
    },
    mediumRefused(presented, refused, operatorId) {
      const medium = presented ? { type: presented.type, keys: presented.keys } : undefined
      const body: RefusalEventBody = {
        medium,
        entry: presented?.entry,
        operatorId: operatorId ?? undefined,
        ...plain(refused),
      }
      return draft('refusal', body)
    },
    annul({ annulId, redemptionId, reason, operatorId }) {
      const body: AnnulEventBody = { annulId, redemptionId, reason, ...(operatorId === null ? {} : { operatorId }) }
      return draft('annul', body)
    },
    session: (action, operatorId, more = {}) =>
      draft('session', { ...more, action, operatorId } satisfies SessionEventBody),
    shift: (body) => draft('session', body),
    policy: (body) => draft('policy', body),
    override: (body) => draft('override', body),
  }
}

const plain = ({ reason, reasonGroup, params }: Refusal) => ({ reason, reasonGroup, params })
