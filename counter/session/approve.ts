import { type RedemptionRequest, type RedemptionResponse, SaleRef } from '../../core/contract/redemptions.ts'
import type { WireLine } from '../../core/contract/search.ts'
import { unreachable } from '../../core/outcome.ts'
import type { GatewayResult } from '../../core/ports/couponGateway.ts'
import { REDEEM_DEADLINE_MS, VISIT_DEADLINE_MS } from '../deadlines.ts'
import { offlineStanding } from '../offline/standing.ts'
import type { Journal, Stored } from '../store/counterStore.ts'
import { askServer } from './askWithin.ts'
import { demandedCampaign } from './leaseDraws.ts'
import { type Decided, type Effect, type RefusedVisit, refusal, refusalFromProblem, STORAGE_FAILED } from './model.ts'
import { toObjective } from './objective.ts'
import { decideOffline } from './offlineDecision.ts'
import type { SessionParts } from './parts.ts'

type Redeem = Extract<Effect, { type: 'redeem' }>
type Approved = Extract<RedemptionResponse, { status: 'approved' }>

/**
 * One redemption (CONTRACT.md §4): the intent on disk, then the server under a deadline, then, with no usable answer, this
 * station's own copy. What comes back is on disk already and may be shown. A request that may have been applied unseen
 * leaves its intent open, for the resolver to take back.
 */
export async function approve(parts: SessionParts, ask: Redeem): Promise<Decided> {
  parts.inFlight.add(ask.redemptionId)
  try {
    return await decide(parts, ask)
  } finally {
    parts.inFlight.delete(ask.redemptionId)
  }
}

async function decide(parts: SessionParts, ask: Redeem): Promise<Decided> {
  const { store, gateway, connectivity, clock } = parts
  const request = requestOf(ask, parts.cashier()?.operatorId)
  const { redemptionId } = ask
  // A visit is decided where its offers came from: what the cashier was shown is what counts, and nobody waits twice.
  const isAlone = ask.offers.source === 'replica' || !connectivity.worthAsking
  const intent = { redemptionId, createdAt: clock.system(), request, rollbackId: null }
  const begun = store.journal.openIntent(intent, () => (isAlone ? decideAlone(parts, ask, request, false) : null))
  if (!begun.ok) {
    parts.storageFailed(begun.detail)
    return notStored()
  }
  if (begun.value) return begun.value()
  if (connectivity.mode === 'revoked') return refuse(parts, request, whole(refusal('station_revoked')), false)

  const deadlineMs = Math.min(REDEEM_DEADLINE_MS, VISIT_DEADLINE_MS - ask.waitedMs)
  const result: GatewayResult<RedemptionResponse> = await askServer(parts, deadlineMs, () => gateway.redeem(request))
  switch (result.kind) {
    case 'answered':
      return answered(parts, ask, request, result.answer)
    case 'rejected':
      return refuse(parts, request, whole(refusalFromProblem(result.problem)), false)
    case 'revoked':
      return refuse(parts, request, whole(refusal('station_revoked')), true)
    case 'throttled':
    case 'unreachable':
      return decideAlone(parts, ask, request, true)()
    default:
      return unreachable(result)
  }
}

function answered(parts: SessionParts, ask: Redeem, request: RedemptionRequest, answer: RedemptionResponse): Decided {
  if (answer.status === 'refused') {
    const { reason, reasonGroup, params, failingAcquisitionId, bestRemaining } = answer
    const coupon = failingAcquisitionId
      ? titleOf(parts, ask, failingAcquisitionId, campaignOf(parts, ask, failingAcquisitionId))
      : { title: null }
    const remaining = bestRemaining && bestRemaining.lines.length > 0 ? bestRemaining : null
    return refuse(parts, request, { reason, reasonGroup, params, ...coupon, bestRemaining: remaining }, false)
  }
  // Taken back before it was shown, by a manager or a tombstone: it gives nothing.
  if (answer.state !== 'active') return refuse(parts, request, whole(refusal('too_old')), false)
  return show(
    parts,
    approval(parts, ask, request, { answer, lines: answer.lines, totalDiscount: answer.totalDiscount }),
  )
}

/** Decides on this station's own copy, and writes nothing before what comes back is called. */
function decideAlone(parts: SessionParts, ask: Redeem, request: RedemptionRequest, mayBeHeld: boolean): () => Decided {
  const { store, clock, station, connectivity } = parts
  // Told by another exchange while this one waited.
  if (connectivity.mode === 'revoked') {
    return () => refuse(parts, request, whole(refusal('station_revoked')), mayBeHeld)
  }
  const { type, keys, entry } = ask.presented
  const { store: place, settings } = station()
  const reading = clock.reading()
  const decision = decideOffline(store, keys, {
    redemptionId: ask.redemptionId,
    objective: { ...request.objective, store: place, medium: { type, entry } },
    select: request.select,
    expectedTotalDiscount: request.expectedTotalDiscount,
    standing: offlineStanding(store, settings.offline, parts.overrides(), reading.now),
    clock: reading,
  })
  if (!decision.ok) return () => refuse(parts, request, decision.refused, mayBeHeld)
  const { draws } = decision.value
  const lines = decision.value.lines.map(({ acquisitionId, campaignId, campaignVersion, discount }) => {
    const leaseId = draws.get(acquisitionId)
    return {
      acquisitionId,
      campaignId,
      campaignVersion,
      discount: { total: discount.total, allocations: discount.allocations.map((allocation) => ({ ...allocation })) },
      ...(leaseId === undefined ? {} : { leaseId }),
    }
  })
  const approved = approval(parts, ask, request, { answer: null, lines, totalDiscount: decision.value.totalDiscount })
  store.journal.prepare(approved.event)
  return () => show(parts, approved)
}

/** `campaignId`: known where it was decided here. */
interface ApprovedLine extends WireLine {
  readonly campaignId?: string
  readonly campaignVersion?: number
  readonly leaseId?: string
}

type ShownApproval = Parameters<Journal['showApproved']>[0]

/** What the cashier is about to see; green (`confirmed`) only with the server's `answer`. */
function approval(
  parts: SessionParts,
  ask: Redeem,
  request: RedemptionRequest,
  approved: {
    readonly answer: Approved | null
    readonly lines: readonly ApprovedLine[]
    readonly totalDiscount: number
  },
): ShownApproval {
  const { store, events, clock, station } = parts
  const { answer, lines, totalDiscount } = approved
  const campaigns = new Map(
    lines.map(({ acquisitionId, campaignId }) => [acquisitionId, campaignId ?? campaignOf(parts, ask, acquisitionId)]),
  )
  const now = clock.now()
  const shown = {
    certainty: answer ? ('confirmed' as const) : ('stored' as const),
    lines: lines.map(({ acquisitionId, discount }) => ({
      acquisitionId,
      discount,
      ...titleOf(parts, ask, acquisitionId, campaigns.get(acquisitionId) ?? null),
    })),
    totalDiscount,
    undoUntil: now + station().settings.undoWindowSeconds * 1_000,
    ...(answer || ask.offers.source === 'replica' || ask.offers.usable.length === 0 ? {} : { serverLost: true }),
    ...(ask.byTap ? { byTap: true } : {}),
  }
  return {
    redemptionId: ask.redemptionId,
    shown,
    event: events.redemption({ request, decided: answer ? 'online' : 'offline', lines, totalDiscount }),
    uses: lines.map(({ acquisitionId, discount, leaseId }) => ({
      acquisitionId,
      discount: discount.total,
      usedAt: now,
      changeSeq: answer?.changeSeq ?? null,
      campaignId: demandedCampaign(store.replica, campaigns.get(acquisitionId) ?? null),
      leaseId,
    })),
  }
}

/** Writes down what the cashier is about to see. */
function show(parts: SessionParts, approved: ShownApproval): Decided {
  const written = parts.store.journal.showApproved(approved)
  // The server may hold it: the intent is still open, and the resolver takes it back.
  return isWritten(parts, written) ? { kind: 'approved', approval: approved.shown } : notStored()
}

function refuse(parts: SessionParts, request: RedemptionRequest, refused: RefusedVisit, mayBeHeld: boolean): Decided {
  const { store, events } = parts
  const { redemptionId } = request
  const event = events.redemptionRefused(request, refused)
  isWritten(parts, store.journal.showRefused({ redemptionId, event, mayBeHeld }))
  return { kind: 'refused', refused }
}

function isWritten(parts: SessionParts, stored: Stored): boolean {
  if (!stored.ok) parts.storageFailed(stored.detail)
  return stored.ok
}

const whole = (why: Omit<RefusedVisit, 'title' | 'bestRemaining'>): RefusedVisit => ({
  ...why,
  title: null,
  bestRemaining: null,
})

const notStored = (): Decided => ({ kind: 'refused', refused: whole(STORAGE_FAILED) })

function requestOf(ask: Redeem, operatorId: string | undefined): RedemptionRequest {
  const { redemptionId, presented, purchase, select, expectedTotalDiscount } = ask
  return {
    redemptionId,
    medium: { type: presented.type, keys: [...presented.keys] },
    objective: toObjective(purchase),
    select,
    ...(expectedTotalDiscount === null ? {} : { expectedTotalDiscount }),
    ...(operatorId === undefined ? {} : { operatorId }),
    ...(purchase.sale === undefined ? {} : { saleRef: SaleRef.parse(purchase.sale) }),
    entry: presented.entry,
  }
}

/** A coupon's words, from the offers on the screen, else from the copy; empty for one that only the server knows. */
function titleOf(
  { store }: SessionParts,
  { offers }: Redeem,
  id: string,
  campaignId: string | null,
): { title: string; titles: Record<string, string> } {
  const offered = offers.usable.find(({ acquisitionId }) => acquisitionId === id)
  if (offered) return { title: offered.title, titles: offered.titles }
  const campaign = campaignId === null ? undefined : store.replica.campaigns().get(campaignId)
  return { title: campaign?.title ?? '', titles: { ...campaign?.titles } }
}

/** null: neither on the screen nor in the copy. */
function campaignOf({ store }: SessionParts, { offers, presented }: Redeem, id: string): string | null {
  const offered = offers.usable.find(({ acquisitionId }) => acquisitionId === id)
  if (offered) return offered.campaignId
  const medium = store.replica.medium(presented.keys)
  return medium && store.replica.campaignOf(medium.holder, id)
}
