import type { Change } from '../../../../core/contract/changes.ts'
import type { LeaseRequest } from '../../../../core/contract/leases.ts'
import { Leaser } from '../../../../counter/sync/leaser.ts'
import { fillReplica, NOW, newParts, type TestParts } from '../counterParts.ts'
import { ACQUISITION, CAMPAIGN, changes } from '../session/redeeming.ts'

export { ACQUISITION, CAMPAIGN }

const HOUR_MS = 3_600_000
export const LIMITED = { limits: { campaignUses: 1_000, acquisitionUses: 5 } }

/** A counter whose only campaign is limited over the chain; one customer has a coupon of five uses. */
export function leaseParts(rules: object = LIMITED): TestParts & { readonly leaser: Leaser } {
  const parts = newParts()
  fillReplica(parts, changes({}, rules, 5))
  return { ...parts, leaser: new Leaser({ ...parts, changed: () => {} }) }
}

/** What the server answers to every question for a lease. */
export const lends = (parts: TestParts, uses: number, more: object = {}) =>
  parts.gateway.on('lend', ({ leaseId }: LeaseRequest) => ({
    kind: 'answered',
    answer: {
      leaseId,
      uses,
      spendUntil: new Date(NOW + 72 * HOUR_MS).toISOString(),
      state: uses > 0 ? 'out' : 'returned',
      ...more,
    },
  }))

export const takesBack = (parts: TestParts) =>
  parts.gateway.on('returnLease', (leaseId: string) => ({
    kind: 'answered',
    answer: { leaseId, state: 'returned', uses: 1, changeSeq: 9 },
  }))

/** Puts a lease into the journal as if it had been lent. */
export function holdLease(
  { store }: TestParts,
  leaseId: string,
  lent: { readonly uses: number; readonly value?: number | null; readonly spendUntil?: number },
): void {
  const { uses, value = null, spendUntil = NOW + 72 * HOUR_MS } = lent
  store.journal.askForLease({ leaseId, campaignId: CAMPAIGN, wantUses: uses, wantValue: value, askedAt: NOW })
  store.journal.holdLease(leaseId, { uses, value, spendUntil })
}

/** The campaign, in another state. */
export function campaignNow(parts: TestParts, state: 'suspended' | 'ended'): void {
  const all = changes({}, LIMITED, 5).map(
    (change): Change => (change.kind === 'campaign' ? { ...change, campaign: { ...change.campaign, state } } : change),
  )
  fillReplica(parts, all)
}

/** The server settles everything that waits; `refunded`: it drew nothing from leases. */
export function settleAll({ store, time }: TestParts, refunded = false): void {
  const { journal } = store
  const sent = journal.due(Number.MAX_SAFE_INTEGER, 500, 1e9)
  const results = sent.map(({ seq, id: eventId, body }) => ({
    seq,
    id: eventId,
    status: 'confirmed' as const,
    lines: ((body.lines ?? []) as { acquisitionId: string }[]).map(({ acquisitionId }) => ({
      acquisitionId,
      status: 'confirmed' as const,
      ...(refunded ? { leaseRefunded: true } : {}),
    })),
  }))
  journal.settle(sent, results, 1, time.now(), time.now())
}
