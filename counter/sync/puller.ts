import { Change, type ChangesResponse } from '../../core/contract/changes.ts'
import type { Problem } from '../../core/contract/problem.ts'
import { unreachable } from '../../core/outcome.ts'
import type { CorrectedClock } from '../clock/correctedClock.ts'
import type { EventWriter } from '../session/eventWriter.ts'
import type { CounterStore } from '../store/counterStore.ts'
import { Backoff } from './backoff.ts'
import type { ExchangeParts } from './exchangeParts.ts'
import { Loop } from './loop.ts'
import type { Snapshotter } from './snapshotter.ts'

const INTERVAL_MS = 3_000
const DISK_RETRY_MS = 10_000

export interface PullerParts extends ExchangeParts {
  readonly store: CounterStore
  readonly clock: CorrectedClock
  readonly snapshotter: Snapshotter
  readonly events: Pick<EventWriter, 'policy'>
  /** The copy has changed: operators, settings, how old it is. */
  readonly pulled: () => void
}

/** Keeps the replica up to date, page by page, and so finds out whether the server is there. */
export class Puller {
  readonly #parts: PullerParts
  readonly #loop: Loop
  readonly #backoff: Backoff

  constructor(parts: PullerParts) {
    this.#parts = parts
    this.#loop = new Loop(parts.scheduler, () => this.#round())
    this.#backoff = new Backoff({ firstMs: 500, maxMs: 5_000, ids: parts.ids })
  }

  wake(): void {
    this.#loop.wake()
  }

  stop(): Promise<void> {
    return this.#loop.stop()
  }

  async #round(): Promise<number | null> {
    const { store, gateway, connectivity, clock, snapshotter } = this.#parts
    if (snapshotter.isWanted) return this.#fetchCopy()
    const { cursor } = store.replica.position()
    const sentAt = clock.monotonic()
    const answered = store.journal.answeredThrough()
    const result = await gateway.changes(cursor)
    connectivity.heard(result)
    switch (result.kind) {
      case 'answered':
        clock.observe(result.answer.asOf, sentAt)
        this.#backoff.reset()
        // A backup that this copy is not past: changes go on from it, but what was sent since is gone.
        if ((result.answer.journalThrough ?? answered) < answered) {
          if (!snapshotter.sendAgain(result.answer.journalThrough ?? 0)) return DISK_RETRY_MS
        }
        if (!this.#apply(result.answer)) return DISK_RETRY_MS
        this.#parts.pulled()
        // A feed that says "more" and does not move would keep us busy for ever.
        return result.answer.more && result.answer.cursor !== cursor ? 0 : INTERVAL_MS
      case 'rejected':
        return this.#cursorRefused(cursor, result.problem)
      case 'throttled':
      case 'revoked':
      case 'unreachable':
        return this.#backoff.after(result)
      default:
        return unreachable(result)
    }
  }

  async #fetchCopy(): Promise<number> {
    const { snapshotter } = this.#parts
    const delayMs = await snapshotter.step()
    if (!snapshotter.isWanted) this.#parts.pulled()
    return delayMs
  }

  /** Changes do not bring the copy up to date: it goes on deciding until another one is here. */
  #cursorRefused(cursor: string, { status, reason }: Problem): number {
    if (status === 404 || (cursor === '' && status !== 410)) return this.#backoff.next()
    // 400: of a server that writes its cursors otherwise.
    const { snapshotter, store } = this.#parts
    snapshotter.want(status !== 410 || reason === 'cursor_foreign')
    if (snapshotter.isWanted) return 0
    // A server that has none: everything by changes again.
    store.replica.reset()
    return this.#backoff.next()
  }

  #apply(page: ChangesResponse): boolean {
    const { journal, replica } = this.#parts.store
    // A kind that only a newer server knows is skipped; so is what cannot be read of one that we do.
    const changes = page.changes.flatMap((raw) => {
      const parsed = Change.safeParse(raw)
      return parsed.success ? [parsed.data] : []
    })
    const station = changes.findLast((change) => change.kind === 'station')
    const current = journal.station()
    // The journal first: if the power fails in between, the page comes again.
    if (station && current) {
      const { store, settings } = station
      const isNews = JSON.stringify(settings) !== JSON.stringify(current.settings)
      const event = isNews ? this.#parts.events.policy({ action: 'settings_received', settings }) : null
      if (!journal.recordStation({ ...current, store, settings }, event).ok) return false
    }
    const lent = changes.filter((change) => change.kind === 'lease')
    if (lent.length > 0 && !journal.heardOfLeases(lent).ok) return false
    const ended = changes.filter((change) => change.kind === 'resolution')
    if (ended.length > 0 && !journal.resolve(ended).ok) return false
    const changeSeq = page.changeSeq ?? Math.max(0, ...page.changes.map((change) => change.changeSeq))
    const asOf = page.more ? null : Date.parse(page.asOf)
    if (!replica.apply(changes, { cursor: page.cursor, changeSeq, asOf }).ok) return false
    return page.more || journal.dropUses(replica.position().changeSeq).ok
  }
}
