import type { ReplicaState, SnapshotFault } from '../../core/counter/state.ts'
import { unreachable } from '../../core/outcome.ts'
import type { GatewayResult, SnapshotPiece } from '../../core/ports/couponGateway.ts'
import { REPLICA_SCHEMA_VERSION } from '../../core/replica/schema.ts'
import type { EventWriter } from '../session/eventWriter.ts'
import type { CounterStore } from '../store/counterStore.ts'
import { Backoff } from './backoff.ts'
import type { ExchangeParts } from './exchangeParts.ts'

/** Bytes asked for at once: between a line that is hardly one and what a disk takes without holding a tap up. */
const LEAST_BYTES = 32 * 1024
const FIRST_BYTES = 1024 * 1024
const MOST_BYTES = 4 * 1024 * 1024

/** Tries after which a counter without a copy makes do with changes. */
const MOST_FAILURES = 3

export interface SnapshotterParts extends ExchangeParts {
  readonly store: CounterStore
  /** How far it is has changed. */
  readonly changed: () => void
  readonly events: Pick<EventWriter, 'policy'>
  /** Events that the server had answered for are due again: it lost them. */
  readonly resent: () => void
}

/**
 * Fetches a whole copy, piece by piece, while the one that is there goes on deciding: what has come survives a restart,
 * is read through before it counts, and takes the old one's place in one step. Local uses stay in the journal until the
 * new copy's position has reached them, and one that does not know of uses that have left already is not taken.
 */
export class Snapshotter {
  readonly #parts: SnapshotterParts
  readonly #backoff: Backoff
  /** Whether what is here is known to be of no use for changes, so that any state of the server is better. */
  #isForeign = false
  #wanted = false
  #offered = true
  /** Tries in a row that brought nothing. */
  #failures = 0
  #phase: ReplicaState['phase']
  #received = 0
  #total: number | null = null
  #problem: SnapshotFault | null = null
  #pieceBytes = FIRST_BYTES

  constructor(parts: SnapshotterParts) {
    this.#parts = parts
    this.#backoff = new Backoff({ firstMs: 1_000, maxMs: 60_000, ids: parts.ids })
    this.#phase = this.#isEmpty ? 'empty' : 'ready'
  }

  get state(): ReplicaState {
    return { phase: this.#phase, received: this.#received, total: this.#total, problem: this.#problem }
  }

  /** A copy is to be fetched before changes are of use. */
  get isWanted(): boolean {
    // With nothing here, changes from the beginning are slow but better than a snapshot that never comes.
    return this.#offered && (this.#wanted || (this.#isEmpty && this.#failures < MOST_FAILURES))
  }

  /** None yet, or one that was damaged and has emptied itself. */
  get #isEmpty(): boolean {
    return this.#parts.store.replica.position().cursor === ''
  }

  /** Changes cannot bring the copy up to date. `isForeign`: it is of a state that the server lost. */
  want(isForeign: boolean): void {
    this.#wanted = true
    this.#failures = 0
    if (isForeign) this.#isRestored()
  }

  /** The server is one from a backup: what it answered for since then, it does not know. */
  #isRestored(): void {
    if (this.#isForeign) return
    this.#isForeign = this.sendAgain(0)
  }

  /** The server has lost every event with a number above `after`; false: the disk does not let it be noted. */
  sendAgain(after: number): boolean {
    const { store, events, resent } = this.#parts
    const noted = store.journal.resend(after, events.policy({ action: 'server_restored', after })).ok
    if (noted) resent()
    return noted
  }

  /** One piece of the way; milliseconds until the next. */
  async step(): Promise<number> {
    const { snapshots } = this.#parts.store
    const begun = snapshots.begun()
    if (begun && begun.file.changeSeq < this.#atLeast()) return this.#failed('too_old')
    if (begun && begun.received === begun.file.total) return this.#take()
    const offset = begun?.received ?? 0
    this.#show('downloading', offset, begun?.file.total ?? null)
    const result = await this.#parts.gateway.snapshot({
      of: begun?.file.etag ?? null,
      offset,
      length: this.#pieceBytes,
      atLeast: this.#atLeast(),
      formats: snapshots.formats,
    })
    // That one takes long to make or to send says nothing about what a cashier would wait for.
    if (result.kind !== 'unreachable' || result.cause === 'connection') this.#parts.connectivity.heard(result)
    return this.#arrived(result)
  }

  #arrived(result: GatewayResult<SnapshotPiece>): number {
    switch (result.kind) {
      case 'answered':
        return this.#keep(result.answer)
      case 'rejected':
        return this.#refused(result.problem.status, result.problem.reason)
      case 'unreachable':
        if (result.cause === 'server_error') this.#failures += 1
        if (result.cause === 'deadline') this.#pieceBytes = Math.max(LEAST_BYTES, this.#pieceBytes / 2)
        return this.#pause(this.#backoff.after(result))
      case 'throttled':
      case 'revoked':
        return this.#pause(this.#backoff.after(result))
      default:
        return unreachable(result)
    }
  }

  #keep({ file, offset, bytes }: SnapshotPiece): number {
    const { snapshots } = this.#parts.store
    if (file.schemaVersion !== REPLICA_SCHEMA_VERSION) return this.#failed('schema_differs')
    if (file.changeSeq < this.#atLeast()) return this.#failed('too_old')
    const begun = snapshots.begun()
    const goesOn = begun?.file.etag === file.etag && begun.received === offset
    if (!goesOn && offset !== 0) return this.#failed('damaged')
    if (!goesOn) {
      const started = snapshots.begin(file)
      if (!started.ok) return this.#failed(started.fault === 'full' ? 'disk_full' : 'storage_failed')
    }
    if (bytes.byteLength === 0 || offset + bytes.byteLength > file.total) return this.#failed('damaged')
    const kept = snapshots.append(bytes)
    if (!kept.ok) return this.#failed(kept.fault === 'full' ? 'disk_full' : 'storage_failed')
    this.#pieceBytes = Math.min(MOST_BYTES, this.#pieceBytes * 2)
    this.#show('downloading', offset + bytes.byteLength, file.total)
    return 0
  }

  #refused(status: number, reason: string | undefined): number {
    if (reason === 'cursor_foreign') {
      // The server has not come as far as what has left the overlay: it was restored, and its positions are new ones.
      this.#isRestored()
      this.#parts.store.journal.forgetPositions()
      return this.#pause(this.#backoff.next())
    }
    if (status === 416) this.#parts.store.snapshots.discard()
    // A server without snapshots: changes from the beginning do as well.
    if (status === 404 || status === 405 || status === 406) {
      this.#offered = false
      this.#pause(0)
      return 0
    }
    return this.#pause(this.#backoff.next())
  }

  async #take(): Promise<number> {
    const { snapshots, replica, journal } = this.#parts.store
    this.#show('checking', this.#received, this.#total)
    const checked = await snapshots.check()
    if (!checked.ok) return this.#failed(checked.fault)
    // A use may have left the overlay meanwhile.
    if (checked.value.changeSeq < this.#atLeast()) return this.#failed('too_old')
    this.#show('installing', this.#received, this.#total)
    const installed = snapshots.install()
    if (!installed.ok) return this.#failed(installed.fault === 'full' ? 'disk_full' : 'storage_failed')
    if (this.#isForeign) journal.forgetPositions()
    journal.dropUses(replica.position().changeSeq)
    this.#wanted = false
    this.#isForeign = false
    this.#problem = null
    this.#failures = 0
    this.#backoff.reset()
    this.#show('ready', 0, null)
    return 0
  }

  /** What the new copy has to know of at least. */
  #atLeast(): number {
    const { journal, replica } = this.#parts.store
    return this.#isForeign ? 0 : Math.max(journal.droppedThrough(), replica.position().changeSeq)
  }

  /** What has come is of no use; the old copy stays, and another one is fetched later. */
  #failed(fault: SnapshotFault): number {
    this.#parts.store.snapshots.discard()
    this.#problem = fault
    this.#failures += 1
    return this.#pause(this.#backoff.next())
  }

  #pause(ms: number): number {
    const begun = this.#parts.store.snapshots.begun()
    this.#show(this.#isEmpty ? 'empty' : 'ready', begun?.received ?? 0, begun?.file.total ?? null)
    return ms
  }

  #show(phase: ReplicaState['phase'], received: number, total: number | null): void {
    this.#phase = phase
    this.#received = received
    this.#total = total
    this.#parts.changed()
  }
}
