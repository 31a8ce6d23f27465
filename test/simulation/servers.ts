import { AsyncLocalStorage } from 'node:async_hooks'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import { buildApp } from '../../server/app.ts'
import type { HashKey } from '../../server/media/hashKeys.ts'
import { StoreUnavailable } from '../../server/store/commands.ts'
import type { CouponStore } from '../../server/store/couponStore.ts'
import { copyInPlace } from '../../server/store/sqlite/copyWriter.ts'
import { openDatabase } from '../../server/store/sqlite/database.ts'
import { sqliteCouponStore } from '../../server/store/sqlite/sqliteCouponStore.ts'
import { Life } from './life.ts'
import type { World } from './world.ts'

/** SQLite's own bound, in pages. */
const ALL_PAGES = 1_073_741_823

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
}

export interface ServersOptions {
  readonly processes: number
  readonly hashKeys: readonly HashKey[]
  readonly clock: Clock
  readonly ids: Ids
  /** Where the database is, and the snapshots that the processes hand out. */
  readonly folder: string
  /** Between each process and the database: what watches, and what a planted bug changes. */
  readonly around: (store: CouponStore) => CouponStore
}

type App = Awaited<ReturnType<typeof buildApp>>

/**
 * Server processes over one database, each with a connection of its own: what one of them remembers, another may change.
 * Each dies between any two calls of its store and comes back with nothing in memory.
 */
export class Servers {
  /** For whoever looks at the database beside the processes. */
  readonly database: Database
  /** The database itself, for what is no traffic. */
  readonly store: CouponStore
  readonly #world: World
  readonly #options: ServersOptions
  readonly #processes: (Process | null)[]
  /** Of each process that runs or ran; a connection is closed when its successor opens one. */
  readonly #connections: Database[] = []
  #isFull = false
  #asked = 0
  /** Of those, requests that wait for the world's time to pass. */
  #waiting = 0
  crashes = 0

  constructor(world: World, options: ServersOptions) {
    this.#world = world
    this.#options = options
    this.database = openDatabase(this.#path)
    this.store = options.around(sqliteCouponStore(this.database, options.ids, copyInPlace))
    this.#processes = Array.from({ length: options.processes }, () => null)
    world.watch(() => this.#asked > this.#waiting)
  }

  async start(): Promise<void> {
    for (const index of this.#processes.keys()) await this.#begin(index)
  }

  /** One of the processes dies at one of its next effects, and comes back. */
  crashWithin(crossings: number): void {
    this.#world.random.pick(this.#processes)?.life.endWithin(crossings)
  }

  /** Nothing more can be written that needs a new page. */
  fillDisk(): void {
    this.#isFull = true
    for (const connection of [this.database, ...this.#connections]) this.#bound(connection)
  }

  freeDisk(): void {
    this.#isFull = false
    for (const connection of [this.database, ...this.#connections]) this.#bound(connection)
  }

  /** null: the connection was refused or broke. */
  async ask(request: HttpRequest): Promise<HttpAnswer | null> {
    const running = this.#processes.filter((process) => process !== null)
    if (running.length === 0) return null
    const { app, life } = this.#world.random.pick(running)
    this.#asked += 1
    try {
      const { method, url, headers, body } = request
      // Fastify begins when it is waited for.
      const answer = await this.#inRequest.run(
        true,
        async () => await app.inject({ method, url, headers, ...(body === null ? {} : { payload: body }) }),
      )
      if (!life.alive) return null
      const received = Object.entries(answer.headers).map(([name, value]) => [name, String(value)])
      return {
        status: answer.statusCode,
        headers: Object.fromEntries(received) as Record<string, string>,
        body: new Uint8Array(answer.rawPayload),
      }
    } finally {
      this.#asked -= 1
    }
  }

  async close(): Promise<void> {
    for (const process of this.#processes) await process?.app.close()
    for (const connection of [this.database, ...this.#connections]) connection.close()
  }

  get #path(): string {
    return join(this.#options.folder, 'server.db')
  }

  /** SQLite's bound is one connection's own. */
  #bound(connection: Database): void {
    const pages = this.#isFull ? (connection.pragma('page_count', { simple: true }) as number) : ALL_PAGES
    connection.pragma(`max_page_count = ${pages}`)
  }

  /** What a server does by itself, from time to time, is no request that waits. */
  readonly #inRequest = new AsyncLocalStorage<true>()
  readonly #scheduler: Scheduler = {
    after: (delayMs, task) => {
      if (!this.#inRequest.getStore()) return this.#world.after(delayMs, task)
      this.#waiting += 1
      let isOver = false
      const end = () => {
        if (!isOver) this.#waiting -= 1
        isOver = true
      }
      const cancel = this.#world.after(delayMs, () => {
        end()
        task()
      })
      return () => {
        end()
        cancel()
      }
    },
  }

  async #begin(index: number): Promise<void> {
    const life = new Life(() => {
      this.crashes += 1
      this.#processes[index] = null
      this.#world.after(this.#world.between(100, 2_000), () => void this.#begin(index))
    })
    const { hashKeys, clock, ids, around, folder } = this.#options
    this.#connections[index]?.close()
    const connection = openDatabase(this.#path)
    this.#connections[index] = connection
    this.#bound(connection)
    const store = mortalStore(around(sqliteCouponStore(connection, ids, copyInPlace)), life)
    this.#asked += 1
    const app = await buildApp({ store, hashKeys, clock, ids, scheduler: this.#scheduler, snapshotsIn: folder })
    await app.ready()
    this.#asked -= 1
    this.#processes[index] = { app, life }
  }
}

interface Process {
  readonly app: App
  readonly life: Life
}

/** The store of a process that may be dead: then nothing is done, or nobody hears that it was. */
function mortalStore(store: CouponStore, life: Life): CouponStore {
  const dead = () => new StoreUnavailable('this process has ended')
  return new Proxy(store, {
    get(target, name) {
      // The database outlives its processes.
      if (name === 'close') return async () => {}
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function') return method
      return async (...asked: unknown[]) => {
        if (!life.mayCross()) throw dead()
        const answer: unknown = await method.apply(target, asked)
        if (!life.mayCross()) throw dead()
        return answer
      }
    },
  })
}
