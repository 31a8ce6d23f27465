import { hourOf } from '../../core/leases/demand.ts'
import { unreachable } from '../../core/outcome.ts'
import type { CorrectedClock } from '../clock/correctedClock.ts'
import type { CounterStore, StationRecord } from '../store/counterStore.ts'
import type { StationLease } from '../store/leaseBook.ts'
import { Backoff } from './backoff.ts'
import type { ExchangeParts } from './exchangeParts.ts'
import { leasePlan } from './leasePlan.ts'
import { Loop } from './loop.ts'

/** Between looks when nobody wakes us. */
const INTERVAL_MS = 30_000
/** The server had nothing, or less than was wanted: its share for this station is taken. */
const ASK_AGAIN_MS = 5 * 60_000
/** The server has not seen an event that a lease was drawn in: it was put aside here, and a person must resolve it. */
const RETURN_AGAIN_MS = 60_000
const DISK_RETRY_MS = 10_000
/** Questions in one round: what is in demand comes first, the rest in the next rounds. */
const MOST_ASKED = 20

export interface LeaserParts extends ExchangeParts {
  readonly store: CounterStore
  readonly clock: CorrectedClock
  readonly station: () => StationRecord
  /** What may be spent has changed. */
  readonly changed: () => void
}

/**
 * Borrows parts of limited campaigns while the server is there, so that this station can approve alone when it is not, and
 * gives back what it does not need or what is called back. Every step is on disk before it is taken, and every request can
 * be sent again.
 */
export class Leaser {
  readonly #parts: LeaserParts
  readonly #loop: Loop
  readonly #backoff: Backoff
  /** By campaign: not to be asked for before (monotonic milliseconds). */
  readonly #askAfter = new Map<string, number>()
  /** By lease: not to be returned before (monotonic milliseconds). */
  readonly #returnAfter = new Map<string, number>()
  #restUntil = 0
  #gaveUp = false

  constructor(parts: LeaserParts) {
    this.#parts = parts
    this.#loop = new Loop(parts.scheduler, () => this.#round())
    this.#backoff = new Backoff({ firstMs: 1_000, maxMs: 60_000, ids: parts.ids })
  }

  /** The copy has changed, or something was settled. */
  wake(): void {
    this.#loop.wake()
  }

  /** Borrows no more, and gives everything back: this machine is taken out of service. false: begins again. */
  giveUp(gaveUp: boolean): void {
    this.#gaveUp = gaveUp
    this.wake()
  }

  stop(): Promise<void> {
    return this.#loop.stop()
  }

  async #round(): Promise<number | null> {
    const { connectivity, clock } = this.#parts
    // Not only while cashiers ask the server: what is called back goes back over a slow line too.
    if (connectivity.mode === 'revoked') return INTERVAL_MS
    const restMs = this.#restUntil - clock.monotonic()
    if (restMs > 0) return restMs
    if (!this.#plan()) return DISK_RETRY_MS
    const open = this.#parts.store.journal.leases()
    for (const lease of open) {
      const pauseMs = lease.state === 'asked' ? await this.#ask(lease) : await this.#giveBack(lease)
      if (pauseMs === null) continue
      this.#restUntil = clock.monotonic() + pauseMs
      return pauseMs
    }
    this.#backoff.reset()
    // What has gone back makes room for what is wanted now, and what was lent too late goes back at once.
    return outline(open) === outline(this.#parts.store.journal.leases()) ? INTERVAL_MS : 0
  }

  /** Writes down what is to be asked and what is spent no more; false: the disk did not take it. */
  #plan(): boolean {
    const { store, clock, station, ids, changed } = this.#parts
    const { journal, replica } = store
    const now = clock.now()
    const leases = journal.leases()
    if (this.#gaveUp) {
      const held = leases.filter(({ state }) => state === 'held').map(({ leaseId }) => leaseId)
      return held.length === 0 || journal.stopLeases(held).ok
    }
    const { stop, ask } = leasePlan({
      campaigns: replica.campaigns(),
      storeId: station().store.storeId,
      leases,
      demand: journal.demand(hourOf(now) - 23),
      now,
    })
    if (stop.length > 0 && !journal.stopLeases(stop).ok) return false
    const due = ask.filter(({ campaignId }) => clock.monotonic() >= (this.#askAfter.get(campaignId) ?? 0))
    for (const { campaignId, wantUses, wantValue = null } of due.slice(0, MOST_ASKED)) {
      const asked = journal.askForLease({ leaseId: ids.uuid7(), campaignId, wantUses, wantValue, askedAt: now })
      if (!asked.ok) return false
    }
    if (stop.length > 0) changed()
    return true
  }

  /** null: go on with the next; otherwise how long to rest. */
  async #ask(lease: StationLease): Promise<number | null> {
    const { gateway, connectivity, store, changed } = this.#parts
    const { journal } = store
    const { leaseId, campaignId, wantUses, wantValue } = lease
    const result = await gateway.lend({ leaseId, campaignId, wantUses, ...(wantValue === null ? {} : { wantValue }) })
    connectivity.heard(result)
    switch (result.kind) {
      case 'answered': {
        const { uses, value = null, spendUntil, state } = result.answer
        // Called back already, or ended while its answer was lost: others need it more.
        if (uses < wantUses || state !== 'out') this.#putOff(campaignId)
        const isOut = uses > 0 && (state === 'out' || state === 'recalled')
        const kept = isOut
          ? journal.holdLease(leaseId, { uses, value, spendUntil: Date.parse(spendUntil) })
          : journal.closeLease(leaseId)
        // Called back before we heard of it; no question but this one is on its way, so nothing was drawn.
        if (!kept.ok || (isOut && state === 'recalled' && !journal.stopLeases([leaseId]).ok)) return DISK_RETRY_MS
        if (isOut) changed()
        return null
      }
      case 'rejected':
        // The server will not lend it under this id, whatever is asked.
        this.#putOff(campaignId)
        return journal.closeLease(leaseId).ok ? null : DISK_RETRY_MS
      case 'throttled':
      case 'revoked':
      case 'unreachable':
        return this.#backoff.after(result)
      default:
        return unreachable(result)
    }
  }

  /** null: go on with the next; otherwise how long to rest. */
  async #giveBack({ leaseId, state, throughSeq, isSettled }: StationLease): Promise<number | null> {
    const { gateway, connectivity, store, clock } = this.#parts
    const isDue = clock.monotonic() >= (this.#returnAfter.get(leaseId) ?? 0)
    if (state !== 'returning' || !isSettled || !isDue) return null
    const result = await gateway.returnLease(leaseId, { throughSeq })
    connectivity.heard(result)
    switch (result.kind) {
      case 'answered':
        return store.journal.closeLease(leaseId).ok ? null : DISK_RETRY_MS
      case 'rejected':
        if (result.problem.status === 409) {
          this.#returnAfter.set(leaseId, clock.monotonic() + RETURN_AGAIN_MS)
          return null
        }
        this.#returnAfter.delete(leaseId)
        return store.journal.closeLease(leaseId).ok ? null : DISK_RETRY_MS
      case 'throttled':
      case 'revoked':
      case 'unreachable':
        return this.#backoff.after(result)
      default:
        return unreachable(result)
    }
  }

  #putOff(campaignId: string): void {
    this.#askAfter.set(campaignId, this.#parts.clock.monotonic() + ASK_AGAIN_MS)
  }
}

const outline = (leases: readonly StationLease[]): string =>
  leases.map(({ leaseId, state }) => `${leaseId} ${state}`).join()
