import type { StationSettings } from '../../core/contract/stations.ts'
import type { CounterState, Visit } from '../../core/counter/state.ts'
import type { CouponGateway, GatewayResult } from '../../core/ports/couponGateway.ts'
import type { CounterStore, Journal, Replica } from '../../counter/store/counterStore.ts'
import { AloneRules, type Standing } from './aloneRules.ts'
import type { Approval, Given } from './approval.ts'
import { businessDay } from './businessDay.ts'
import { JournalOnDisk } from './journalOnDisk.ts'
import { KnownTime } from './knownTime.ts'
import { type Ledger, type Lines, sameLines } from './ledger.ts'
import { OwnUses } from './ownUses.ts'
import { RevocationWatch } from './revocationWatch.ts'
import { SetAside } from './setAside.ts'
import type { Station } from './station.ts'
import type { Tally } from './tally.ts'
import { VisitDeadlines } from './visitDeadlines.ts'
import type { World } from './world.ts'

/** Holds one counter's screen, journal and offline approvals against the rules. */
export class CounterWatch {
  /** Redemptions that its screen has shown as approved: discount by acquisition. */
  readonly shown = new Map<string, Lines>()
  readonly undone = new Set<string>()
  /** What its journal says it gave. */
  readonly given = new Map<string, Given>()
  readonly #world: World
  readonly #tally: Tally
  readonly #policy: StationSettings['offline']
  readonly #time: KnownTime
  readonly #rules: AloneRules
  readonly #hasEnded: (conflictId: string, outcome: string) => boolean
  readonly #gaveOne: (watch: CounterWatch, approval: Approval) => void
  /** Uses of each coupon, and of each holder, campaign and day, that this station gave and did not take back. */
  readonly #own: OwnUses
  readonly #redemptionOf = new Map<string, string>()
  readonly #answered = new Set<number>()
  /** Discount of approvals given alone that no server has answered for. */
  readonly #waiting = new Map<string, number>()
  /** How conflicts ended, as the journal has heard last. */
  readonly resolved = new Map<string, string>()
  readonly setAside: SetAside
  #completeAt: number | null = null
  /** As of which time of the server its copy is on its disk. */
  #copyOf = Number.NEGATIVE_INFINITY
  readonly #revocation: RevocationWatch
  readonly #journal = new JournalOnDisk()
  readonly deadlines: VisitDeadlines

  constructor(
    world: World,
    ledger: Ledger,
    tally: Tally,
    parts: {
      readonly policy: StationSettings['offline']
      readonly gave: (watch: CounterWatch, approval: Approval) => void
      /** Whether a conflict has ended so on the server, though it may have ended otherwise since. */
      readonly hasEnded: (conflictId: string, outcome: string) => boolean
    },
  ) {
    const { policy } = parts
    this.#hasEnded = parts.hasEnded
    this.#gaveOne = parts.gave
    this.#policy = policy
    this.#world = world
    this.#own = new OwnUses(ledger)
    this.#tally = tally
    this.#time = new KnownTime(world)
    this.#revocation = new RevocationWatch(world)
    this.setAside = new SetAside(world, this.#time)
    this.#rules = new AloneRules(world, ledger, { policy, time: this.#time, setAside: this.setAside })
    this.deadlines = new VisitDeadlines(world)
  }

  /** True time at which its copy was last complete; null: never yet. */
  get completeAt(): number | null {
    return this.#completeAt
  }

  isUnsettled(redemptionId: string): boolean {
    return this.#waiting.has(redemptionId)
  }

  /** Its screen shows `state`. */
  screen(station: Station, { visit }: CounterState): void {
    this.deadlines.moved(station, visit.phase)
    if (visit.phase === 'approved' && !this.shown.has(visit.redemptionId)) this.#approved(station, visit)
    if (visit.phase === 'undone') this.undone.add(visit.redemptionId)
  }

  #approved(station: Station, visit: Extract<Visit, { phase: 'approved' }>): void {
    const { redemptionId } = visit
    const lines = new Map(visit.lines.map(({ acquisitionId, discount }) => [acquisitionId, discount.total]))
    this.shown.set(redemptionId, lines)
    this.#tally.shown.add(redemptionId)
    const onDisk = this.#journal
      .of(station)
      ?.prepare<[string], string | null>(
        `SELECT shown FROM intent WHERE redemption_id = ? AND EXISTS
         (SELECT 1 FROM event WHERE type = 'redemption' AND json_extract(body, '$.redemptionId') = redemption_id)`,
      )
      .pluck()
      .get(redemptionId)
    const kept = onDisk ? (JSON.parse(onDisk) as typeof visit) : null
    const keptLines = new Map(kept?.lines.map(({ acquisitionId, discount }) => [acquisitionId, discount.total]))
    if (!kept || !sameLines(lines, keptLines)) {
      this.#world.violated(`rule 2: ${station.name} shows ${redemptionId}, which is not on its disk`)
    }
  }

  /** Rows leave the outbox only when a server has answered for them. */
  checkOutbox(station: Station): void {
    const rows = this.#journal.of(station)?.prepare<[], number>('SELECT seq FROM outbox').pluck().all()
    const last = this.#journal.of(station)?.prepare<[], number | null>('SELECT max(seq) FROM event').pluck().get() ?? 0
    const waiting = new Set(rows)
    for (let seq = 1; seq <= last; seq++) {
      if (!waiting.has(seq) && !this.#answered.has(seq)) {
        this.#world.violated(`rule 3: event ${seq} left ${station.name}'s outbox and nobody answered for it`)
      }
    }
  }

  aroundStore(store: CounterStore, station: Station): CounterStore {
    const { journal } = store
    const watched: Journal = {
      ...journal,
      showApproved: (approval) => {
        const written = journal.showApproved(approval)
        if (written.ok) this.#gave(station, approval)
        return written
      },
      keepClockAnchor: (anchor) => {
        const written = journal.keepClockAnchor(anchor)
        if (written.ok) this.#time.anchored(station)
        return written
      },
      keepTurnedAway: (how) => {
        const written = journal.keepTurnedAway(how)
        if (written.ok) this.#revocation.written(how)
        return written
      },
      keepOverride: (override, event) => {
        const written = journal.keepOverride(override, event)
        if (written.ok) this.setAside.keep(station, override, this.#policy)
        return written
      },
      dropOverride: (kind, event) => {
        const written = journal.dropOverride(kind, event)
        if (written.ok) this.setAside.drop(kind)
        return written
      },
      resolve: (ended) => {
        const written = journal.resolve(ended)
        if (!written.ok) return written
        for (const { conflictId, outcome } of ended) this.#heardOfResolution(station, conflictId, outcome)
        return written
      },
      endUndo: (redemptionId, how, event) => {
        const written = journal.endUndo(redemptionId, how, event)
        const given = this.given.get(redemptionId)
        if (written.ok && how !== 'refused' && given) {
          given.undone = true
          this.#waiting.delete(redemptionId)
          this.#own.count(given, -1)
        }
        return written
      },
    }
    const { replica } = store
    const watchedReplica: Replica = {
      ...replica,
      apply: (changes, to) => {
        const applied = replica.apply(changes, to)
        if (applied.ok && to.asOf !== null) this.#copyOf = to.asOf
        return applied
      },
    }
    return { ...store, journal: watched, replica: watchedReplica }
  }

  aroundGateway(gateway: CouponGateway, station: Station): CouponGateway {
    const heard = <Answer>(result: GatewayResult<Answer>): GatewayResult<Answer> => {
      this.#revocation.heard(station, result.kind === 'revoked' && result.reason === 'station_revoked')
      return result
    }
    const asksServer = () => {
      if (!this.setAside.isForcedOffline(station)) return
      this.#world.violated(`rule 4: ${station.name} asked the server though a manager had set it offline`)
    }
    return {
      ...gateway,
      search: (request) => {
        asksServer()
        return gateway.search(request).then(heard)
      },
      redeem: (request) => gateway.redeem(request).then(heard),
      settle: async (events) => {
        const result = heard(await gateway.settle(events))
        this.#revocation.heard(station, result.kind === 'answered' && result.answer.station === 'revoked')
        for (const { status, seq, id, lines } of result.kind === 'answered' ? result.answer.results : []) {
          if (seq === null || (status !== 'confirmed' && status !== 'forced')) continue
          for (const line of lines) {
            const redemptionId = this.#redemptionOf.get(id ?? '') ?? ''
            if (line.leaseRefunded) this.#rules.refund(redemptionId, line.acquisitionId)
            if (line.status === 'forced') this.#own.forced(this.given.get(redemptionId), line.acquisitionId)
          }
          this.#answered.add(seq)
          this.#waiting.delete(this.#redemptionOf.get(id ?? '') ?? '')
        }
        return result
      },
      snapshot: async (ask) => {
        const result = await gateway.snapshot(ask)
        // A first copy; the changes since are on their way.
        if (result.kind === 'answered') this.#completeAt ??= this.#world.now
        return result
      },
      changes: async (cursor) => {
        const result = heard(await gateway.changes(cursor))
        if (result.kind === 'answered' && !result.answer.more) {
          this.#completeAt = this.#world.now
          this.#time.copyComplete(station)
        }
        return result
      },
    }
  }

  #gave(station: Station, { redemptionId, shown, event, uses }: Parameters<Journal['showApproved']>[0]): void {
    const lines = new Map(uses.map(({ acquisitionId, discount }) => [acquisitionId, discount]))
    const stored = shown.certainty === 'stored'
    const approval = { redemptionId, event, uses, lines, totalDiscount: shown.totalDiscount }
    if (stored) this.#rules.judge(station, approval, this.#standing(station))
    const given = { lines, day: businessDay(this.#world.now), undone: false, forced: new Set<string>() }
    this.given.set(redemptionId, given)
    this.#redemptionOf.set(event.id, redemptionId)
    this.#own.count(given, 1)
    if (stored) this.#waiting.set(redemptionId, shown.totalDiscount)
    this.#gaveOne(this, { redemptionId, lines, stored })
  }

  #standing(station: Station): Standing {
    const [waiting, completeAt, copyOf, own] = [this.#waiting, this.#completeAt, this.#copyOf, this.#own.counts]
    return { waiting, completeAt, copyOf, toldRevoked: this.#revocation.knows(station), own }
  }

  /** Nothing is over at a counter that the server has not ended. What is on its way may have been followed by another end. */
  #heardOfResolution({ name }: Station, conflictId: string, outcome: string): void {
    if (!this.#hasEnded(conflictId, outcome)) {
      this.#world.violated(`rule 3: ${name} says that ${conflictId} ended ${outcome}, which it did not`)
    }
    this.resolved.set(conflictId, outcome)
  }

  /** The use has returned to the server, and comes back to this counter with its copy. */
  takenBack(redemptionId: string, acquisitionId: string): void {
    const given = this.given.get(redemptionId)
    const discount = given?.lines.get(acquisitionId)
    if (!given || given.undone || discount === undefined) return
    this.#own.count({ ...given, lines: new Map([[acquisitionId, discount]]) }, -1)
    given.lines = new Map([...given.lines].filter(([id]) => id !== acquisitionId))
  }

  /** Its program starts on what its disk has kept: everything that it said was written. */
  starts(station: Station): void {
    this.deadlines.restarted()
    const kept = this.#journal.approvals(station)
    if (kept < this.given.size) {
      this.#world.violated(`rule 2: ${station.name} has forgotten ${this.given.size - kept} approvals`)
    }
  }

  /** Events that no server has answered for, and open intents. */
  waiting(station: Station): number {
    return this.#journal.waiting(station)
  }

  /** Lets go of its files. */
  close(): void {
    this.#journal.close()
  }
}
