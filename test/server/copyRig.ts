import Sqlite from 'better-sqlite3'
import type { Change } from '../../core/contract/changes.ts'
import { unpackId } from '../../counter/store/sqlite/packedId.ts'
import { type SqliteReplica, sqliteReplica } from '../../counter/store/sqlite/replica.ts'
import type { StationContext } from '../../server/store/commands.ts'
import type { CouponStore } from '../../server/store/couponStore.ts'
import { type CopyScope, cursorOf, placeOf } from '../../server/store/feedPlace.ts'

/** What a copy says of each holder, campaign and operator: `kind id` and the rest in words. */
export type Contents = readonly string[]

/** A station's copy as it is filled by a snapshot and changes, without a network between. */
export class Copy {
  /** The server, which may be another process's by and by. */
  store: CouponStore
  readonly #path: string
  readonly #station: StationContext
  #replica: SqliteReplica | null = null

  constructor(path: string, store: CouponStore, station: StationContext) {
    this.#path = path
    this.store = store
    this.#station = station
  }

  get replica(): SqliteReplica {
    this.#replica ??= sqliteReplica(this.#path)
    return this.#replica
  }

  async takeSnapshot(now: number): Promise<void> {
    const path = `${this.#path}.new`
    const plan = await this.store.planCopy(this.#station, now)
    await this.store.writeCopy({ plan, path, now })
    const installed = this.replica.install(path)
    if (!installed.ok) throw new Error(installed.detail)
  }

  /** One page; whether there is more. */
  async takePage(now: number, limit: number): Promise<boolean> {
    const { cursor } = this.replica.position()
    const after = cursor === '' ? null : placeOf(cursor)
    const answer = await this.store.changesSince({ station: this.#station, after, limit, now })
    if (answer.kind === 'gone') throw new Error(answer.reason)
    const { changes, place, more } = answer
    const to = { cursor: cursorOf(place), changeSeq: place.position, asOf: more ? null : now }
    const applied = this.replica.apply(changes as readonly Change[], to)
    if (!applied.ok) throw new Error(applied.detail)
    return more
  }

  async catchUp(now: number, limit = 1_000): Promise<void> {
    while (await this.takePage(now, limit)) {
      // Until the feed has no more.
    }
  }

  /** Whom it holds. */
  scope(): CopyScope {
    const place = placeOf(this.replica.position().cursor)
    if (!place) throw new Error('a copy without a place')
    return place.scope
  }

  contents(): Contents {
    this.close()
    return contentsOf(this.#path)
  }

  close(): void {
    this.#replica?.close()
    this.#replica = null
  }
}

/** Everything in a replica file that a decision could depend on, sorted. */
export function contentsOf(path: string): Contents {
  const db = new Sqlite(path, { readonly: true })
  const all = (sql: string) => db.prepare<[], Record<string, unknown>>(sql).all()
  const text = (value: unknown) =>
    value instanceof Uint8Array && value.length === 16 ? unpackId(Buffer.from(value)) : value
  const words = (kind: string, rows: Record<string, unknown>[]) =>
    rows.map(
      (row) =>
        `${kind} ${JSON.stringify(Object.values(row).map((value) => (value instanceof Uint8Array && value.length !== 16 ? Buffer.from(value).toString('hex') : text(value))))}`,
    )
  try {
    return [
      ...words('campaign', all('SELECT campaign_id, definition FROM campaign WHERE definition IS NOT NULL')),
      ...words('operator', all('SELECT change FROM operator')),
      ...words(
        'medium',
        all('SELECT medium_id, key_version, key, holder_id, blocked FROM medium JOIN holder ON ref = holder_ref'),
      ),
      ...words(
        'acquisition',
        all(`SELECT acquisition_id, holder_id, campaign_id, uses_left, expires_at, revoked
             FROM acquisition a JOIN holder h ON h.ref = a.holder_ref JOIN campaign c ON c.ref = a.campaign_ref`),
      ),
      ...words(
        'usage',
        all(`SELECT holder_id, campaign_id, period, uses
             FROM holder_usage u JOIN holder h ON h.ref = u.holder_ref JOIN campaign c ON c.ref = u.campaign_ref`),
      ),
    ].sort()
  } finally {
    db.close()
  }
}
