import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { StationSettings } from '../../core/contract/stations.ts'
import type { CounterState, Visit } from '../../core/counter/state.ts'
import type { CouponGateway } from '../../core/ports/couponGateway.ts'
import type { CounterStore, Journal } from '../../counter/store/counterStore.ts'
import { type Ledger, type Lines, sameLines } from './ledger.ts'
import type { Station } from './station.ts'
import type { Tally } from './tally.ts'
import { VisitDeadlines } from './visitDeadlines.ts'
import type { World } from './world.ts'

const HOUR_MS = 3_600_000
/** Clocks here are at most this far from each other while they can be trusted. */
const CLOCK_SLACK_MS = 15_000
interface Given {
  readonly lines: Lines
  undone: boolean
}

/** An approval that has just been written down. */
export interface Approval {
  readonly redemptionId: string
  readonly lines: Lines
  /** Decided by the station alone. */
  readonly stored: boolean
}

/** Holds one counter's screen, journal and offline approvals against the rules. */
export class CounterWatch {
  /** Redemptions that its screen has shown as approved: discount by acquisition. */
  readonly shown = new Map<string, Lines>()
  readonly undone = new Set<string>()
  /** What its journal says it gave. */
  readonly given = new Map<string, Given>()
  readonly #world: World
  readonly #ledger: Ledger
  readonly #tally: Tally
  readonly #caps: StationSettings['offline']
  readonly #gaveOne: (watch: CounterWatch, approval: Approval) => void
  /** Uses of each coupon that this station gave and did not take back. */
  readonly #own = new Map<string, number>()
  /** Draws on each lease that no server has given back. */
  readonly #drawn = new Map<string, number>()
  readonly #redemptionOf = new Map<string, string>()
  readonly #leaseOf = new Map<string, string>()
  readonly #answered = new Set<number>()
  /** Discount of approvals given alone that no server has answered for. */
  readonly #waiting = new Map<string, number>()
  #completeAt: number | null = null
  /** By which boot and sleep its machine's clock ran then. */
  #completeIn = ''
  /** The same, when it last wrote down what the server's time was. */
  #anchoredIn = ''
  #journal: Database.Database | null = null
  readonly deadlines: VisitDeadlines

  constructor(
    world: World,
    ledger: Ledger,
    tally: Tally,
    caps: StationSettings['offline'],
    gave: (watch: CounterWatch, approval: Approval) => void,
  ) {
    this.#world = world
    this.#ledger = ledger
    this.#tally = tally
    this.#caps = caps
    this.#gaveOne = gave
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
    const onDisk = this.#disk(station)
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
    const rows = this.#disk(station)?.prepare<[], number>('SELECT seq FROM outbox').pluck().all()
    const last = this.#disk(station)?.prepare<[], number | null>('SELECT max(seq) FROM event').pluck().get() ?? 0
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
        if (written.ok) this.#anchoredIn = clockOf(station)
        return written
      },
      endUndo: (redemptionId, how, event) => {
        const written = journal.endUndo(redemptionId, how, event)
        const given = this.given.get(redemptionId)
        if (written.ok && how !== 'refused' && given) {
          given.undone = true
          this.#waiting.delete(redemptionId)
          this.#count(given.lines, -1)
        }
        return written
      },
    }
    return { ...store, journal: watched }
  }

  aroundGateway(gateway: CouponGateway, station: Station): CouponGateway {
    return {
      ...gateway,
      settle: async (events) => {
        const result = await gateway.settle(events)
        for (const { status, seq, id, lines } of result.kind === 'answered' ? result.answer.results : []) {
          if (seq === null || (status !== 'confirmed' && status !== 'forced')) continue
          for (const line of lines) if (line.leaseRefunded) this.#refund(id ?? '', line.acquisitionId)
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
        const result = await gateway.changes(cursor)
        if (result.kind === 'answered' && !result.answer.more) {
          this.#completeAt = this.#world.now
          this.#completeIn = clockOf(station)
        }
        return result
      },
    }
  }

  #gave(station: Station, { redemptionId, shown, event, uses }: Parameters<Journal['showApproved']>[0]): void {
    const lines = new Map(uses.map(({ acquisitionId, discount }) => [acquisitionId, discount]))
    const stored = shown.certainty === 'stored'
    if (stored) this.#alone(station, lines, shown.totalDiscount)
    if (stored) this.#draw(station, redemptionId, uses)
    this.given.set(redemptionId, { lines, undone: false })
    this.#redemptionOf.set(event.id, redemptionId)
    this.#count(lines, 1)
    if (stored) this.#waiting.set(redemptionId, shown.totalDiscount)
    this.#gaveOne(this, { redemptionId, lines, stored })
  }

  /** Of a limited campaign nothing but what was lent is given. */
  #draw(station: Station, redemptionId: string, uses: Parameters<Journal['showApproved']>[0]['uses']): void {
    const wrong = (what: string) => this.#world.violated(`rule 4: ${station.name} ${what}`)
    for (const { acquisitionId, leaseId } of uses) {
      const terms = this.#ledger.coupons.get(acquisitionId)?.terms
      if (!terms || terms.campaignUses === null) continue
      const lease = leaseId === undefined ? undefined : this.#ledger.leases.find(leaseId)
      if (leaseId === undefined || lease?.stationId !== station.stationId) {
        wrong(`gave ${acquisitionId} of a limited campaign without a lease`)
        continue
      }
      const drawn = (this.#drawn.get(leaseId) ?? 0) + 1
      this.#drawn.set(leaseId, drawn)
      this.#leaseOf.set(`${redemptionId} ${acquisitionId}`, leaseId)
      if (drawn > lease.uses) wrong(`drew ${drawn} of ${lease.uses} from its lease`)
      if (this.#world.now > lease.spendUntil + CLOCK_SLACK_MS) wrong('drew from a lease that was over')
    }
  }

  #refund(eventId: string, acquisitionId: string): void {
    const leaseId = this.#leaseOf.get(`${this.#redemptionOf.get(eventId)} ${acquisitionId}`)
    if (leaseId !== undefined) this.#drawn.set(leaseId, (this.#drawn.get(leaseId) ?? 0) - 1)
    this.#leaseOf.delete(`${this.#redemptionOf.get(eventId)} ${acquisitionId}`)
  }

  #count(lines: Lines, by: 1 | -1): void {
    for (const id of lines.keys()) this.#own.set(id, (this.#own.get(id) ?? 0) + by)
  }

  /** The counter has decided on its own. */
  #alone(station: Station, lines: Lines, totalDiscount: number): void {
    const { name, machine } = station
    const wrong = (what: string) => this.#world.violated(`rule 4: ${name} approved alone ${what}`)
    const { maxStoredCount, maxStoredValue, maxReplicaAgeHours } = this.#caps
    const value = [...this.#waiting.values()].reduce((sum, one) => sum + one, totalDiscount)
    if (this.#waiting.size + 1 > maxStoredCount) wrong(`${this.#waiting.size + 1} of ${maxStoredCount}`)
    if (value > maxStoredValue) wrong(`${value} of ${maxStoredValue}`)
    const clock = clockOf(station)
    // After a restart of the machine or a sleep, until a server is heard, nothing but the operating system's clock says
    // what time it is. Heard while the disk was full, the time is known as long as the program runs.
    const known = this.#completeIn === clock || this.#anchoredIn === clock
    const now = known ? this.#world.now : Math.min(this.#world.now, machine.now())
    const age = now - (this.#completeAt ?? Number.NEGATIVE_INFINITY)
    if (age > maxReplicaAgeHours * HOUR_MS + CLOCK_SLACK_MS) wrong(`with a copy ${age / HOUR_MS} hours old`)
    for (const [acquisitionId, discount] of lines) {
      const coupon = this.#ledger.coupons.get(acquisitionId)
      if (!coupon) {
        wrong(`a coupon that nobody has: ${acquisitionId}`)
        continue
      }
      const { requiresOnline, offlineMaxValue, acquisitionUses, validUntil } = coupon.terms
      if (requiresOnline) wrong(`a coupon that takes the server: ${acquisitionId}`)
      if (offlineMaxValue !== null && discount > offlineMaxValue) wrong(`${discount} of ${offlineMaxValue}`)
      if (this.#world.now > validUntil + CLOCK_SLACK_MS) {
        this.#world.violated(`rule 8: ${name} approved ${acquisitionId} after its campaign's end`)
      }
      const own = this.#own.get(acquisitionId) ?? 0
      if (own >= acquisitionUses) {
        this.#world.violated(`rule 1: ${name} gave ${acquisitionId} ${own + 1} times itself, of ${acquisitionUses}`)
      }
    }
  }

  /** The journal as it is on the disk, read beside the counter. */
  #disk(station: Station): Database.Database | null {
    const path = join(station.folder, 'journal.db')
    if (!this.#journal && existsSync(path)) this.#journal = new Database(path, { readonly: true })
    return this.#journal
  }

  /** Events that no server has answered for, and open intents. */
  waiting(station: Station): number {
    const disk = this.#disk(station)
    return disk?.prepare<[], number>(WAITING).pluck().get() ?? 0
  }

  close(): void {
    this.#journal?.close()
  }
}

const clockOf = ({ machine }: Station): string => `${machine.bootId} ${machine.suspendedMs()}`

const WAITING = "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM intent WHERE state = 'open')"
