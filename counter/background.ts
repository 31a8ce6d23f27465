import type { ReplicaState } from '../core/counter/state.ts'
import type { RecallNews } from '../core/ports/couponGateway.ts'
import type { CorrectedClock } from './clock/correctedClock.ts'
import type { EventWriter } from './session/eventWriter.ts'
import type { CounterStore, SettledBatch, StationRecord } from './store/counterStore.ts'
import type { ExchangeParts } from './sync/exchangeParts.ts'
import { Forwarder } from './sync/forwarder.ts'
import { IntentResolver } from './sync/intentResolver.ts'
import { Leaser } from './sync/leaser.ts'
import { NewsListener } from './sync/newsListener.ts'
import { Prober } from './sync/prober.ts'
import { Puller } from './sync/puller.ts'
import { Snapshotter } from './sync/snapshotter.ts'
import { Upkeep } from './upkeep.ts'

export interface BackgroundParts extends ExchangeParts {
  readonly store: CounterStore
  readonly clock: CorrectedClock
  readonly events: EventWriter
  readonly station: () => StationRecord
  /** Redemptions that somebody is still waiting for. */
  readonly inFlight: ReadonlySet<string>
  readonly recallNews?: RecallNews | undefined
}

export interface BackgroundNews {
  /** Somebody is being served: nothing else is done now. */
  isBusy(): boolean
  /** Events settled: what waits has changed, and some of it a person should see. */
  settled(batch: SettledBatch): void
  /** The copy has changed. */
  pulled(): void
  /** What may be spent of leases has changed. */
  leasesChanged(): void
  /** How far a new copy is has changed. */
  replicaChanged(): void
  /** The server is one from a backup, and what it lost is sent again. */
  serverRestored(): void
  /** An approval that was open when the program started, and that nobody saw, is taken back. */
  rolledBackAtStart(totalDiscount: number): void
}

/** What an enrolled station does on its own while nobody asks: brings up what it did, and fetches what others did. */
export class Background {
  readonly #forwarder: Forwarder
  readonly #puller: Puller
  readonly #snapshotter: Snapshotter
  readonly #resolver: IntentResolver
  readonly #leaser: Leaser
  readonly #newsListener: NewsListener | null
  readonly #prober: Prober
  readonly #upkeep: Upkeep

  constructor(parts: BackgroundParts, news: BackgroundNews) {
    const { journal } = parts.store
    const openAtStart = new Set(journal.openIntents().map(({ redemptionId }) => redemptionId))
    this.#leaser = new Leaser({ ...parts, changed: () => news.leasesChanged() })
    this.#forwarder = new Forwarder({
      ...parts,
      journal,
      settled: (batch) => {
        this.#leaser.wake()
        news.settled(batch)
      },
    })
    this.#prober = new Prober(parts)
    this.#snapshotter = new Snapshotter({
      ...parts,
      changed: () => news.replicaChanged(),
      resent: () => {
        this.#forwarder.wake()
        news.serverRestored()
      },
    })
    this.#puller = new Puller({
      ...parts,
      snapshotter: this.#snapshotter,
      pulled: () => {
        // It answers: whether quickly enough for a cashier, only a probe can tell.
        if (parts.connectivity.wantsProbe) this.#prober.wake()
        this.#leaser.wake()
        news.pulled()
      },
    })
    const { recallNews } = parts
    this.#newsListener = recallNews
      ? new NewsListener({ ...parts, recallNews, recalled: () => this.#puller.wake() })
      : null
    this.#upkeep = new Upkeep({
      journal,
      scheduler: parts.scheduler,
      now: () => parts.clock.now(),
      isBusy: () => news.isBusy(),
    })
    this.#resolver = new IntentResolver({
      ...parts,
      journal,
      rolledBack: ({ redemptionId }, totalDiscount) => {
        if (openAtStart.has(redemptionId)) news.rolledBackAtStart(totalDiscount)
      },
      journaled: () => this.#forwarder.wake(),
    })
  }

  get replica(): ReplicaState {
    return this.#snapshotter.state
  }

  /** The station is enrolled: everything starts. */
  begin(): void {
    this.#puller.wake()
    this.#newsListener?.wake()
    this.#upkeep.begin()
    this.journaled()
  }

  /** Something was journaled, or the server is back. */
  journaled(): void {
    this.#resolver.wake()
    this.#forwarder.wake()
  }

  /** Everything that is lent goes back, and nothing more is borrowed; false: it is borrowed again. */
  giveUpLeases(gaveUp: boolean): void {
    this.#leaser.giveUp(gaveUp)
  }

  /** Nobody waits for the server any more: it is looked for from here. */
  serverLost(): void {
    this.#prober.wake()
  }

  async stop(): Promise<void> {
    await Promise.all([
      this.#forwarder.stop(),
      this.#puller.stop(),
      this.#leaser.stop(),
      this.#newsListener?.stop(),
      this.#resolver.stop(),
      this.#prober.stop(),
      this.#upkeep.stop(),
    ])
  }
}
