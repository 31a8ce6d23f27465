import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Change } from '../../../core/contract/changes.ts'
import { StationSettings } from '../../../core/contract/stations.ts'
import type { StationClock } from '../../../core/ports/clock.ts'
import type { CouponGateway } from '../../../core/ports/couponGateway.ts'
import type { Scheduler } from '../../../core/ports/scheduler.ts'
import { CorrectedClock } from '../../../counter/clock/correctedClock.ts'
import { eventWriter } from '../../../counter/session/eventWriter.ts'
import type { SessionParts } from '../../../counter/session/parts.ts'
import { ed25519Sealer } from '../../../counter/station/sealer.ts'
import type { CounterStore, StationRecord } from '../../../counter/store/counterStore.ts'
import { openCounterStore } from '../../../counter/store/sqlite/openCounterStore.ts'
import { Connectivity } from '../../../counter/sync/connectivity.ts'
import { systemIds } from '../../../counter/system.ts'

export const NOW = Date.UTC(2026, 10, 22, 3)

/** Time that passes only when a test says so. Tasks run in the order of their time. */
export class VirtualTime implements StationClock, Scheduler {
  #now = NOW
  #tasks: { at: number; task: () => void }[] = []

  now = (): number => this.#now
  monotonic = (): number => this.#now - NOW
  readonly bootId = 'boot-1'
  suspendedMs = (): number => 0

  after(delayMs: number, task: () => void): () => void {
    const entry = { at: this.#now + delayMs, task }
    this.#tasks.push(entry)
    return () => {
      this.#tasks = this.#tasks.filter((other) => other !== entry)
    }
  }

  /** Lets `ms` pass, and whatever becomes due finish. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms
    for (;;) {
      await settled()
      const next = this.#tasks.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.#tasks = this.#tasks.filter((entry) => entry !== next)
      this.#now = Math.max(this.#now, next.at)
      next.task()
    }
    this.#now = until
    await settled()
  }
}

/** Everything that waits for nothing but promises has run. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

type Call = keyof CouponGateway

/** A gateway that answers as told and remembers what it was asked, oldest first. Unless told, nobody is there. */
export class ScriptedGateway implements CouponGateway {
  readonly asked: { readonly call: Call; readonly arguments: readonly unknown[] }[] = []
  readonly #answers = new Map<Call, (...asked: never[]) => unknown>()

  on<Name extends Call>(
    call: Name,
    answer: (
      ...asked: Parameters<CouponGateway[Name]>
    ) => Awaited<ReturnType<CouponGateway[Name]>> | ReturnType<CouponGateway[Name]> | Promise<never>,
  ): this {
    this.#answers.set(call, answer)
    return this
  }

  calls(call: Call): readonly (readonly unknown[])[] {
    return this.asked.filter((one) => one.call === call).map((one) => one.arguments)
  }

  enrol = this.#play('enrol')
  search = this.#play('search')
  redeem = this.#play('redeem')
  redemption = this.#play('redemption')
  rollback = this.#play('rollback')
  settle = this.#play('settle')
  changes = this.#play('changes')
  snapshot = this.#play('snapshot')
  lend = this.#play('lend')
  returnLease = this.#play('returnLease')

  #play<Name extends Call>(call: Name): CouponGateway[Name] {
    const play = async (...asked: never[]) => {
      this.asked.push({ call, arguments: asked })
      const answer = this.#answers.get(call)
      return answer ? answer(...asked) : { kind: 'unreachable', cause: 'connection' }
    }
    return play as unknown as CouponGateway[Name]
  }
}

export const STATION: StationRecord = {
  stationId: 'station-1',
  role: 'counter',
  store: { storeId: 'store-1', name: 'Store', timeZone: 'Asia/Tokyo', currency: 'JPY', businessDayStartHour: 0 },
  settings: StationSettings.parse({}),
}

const { privateKey } = generateKeyPairSync('ed25519')

/** A real store in a folder of its own, closed and removed with the test. */
export function newStore(): CounterStore {
  const dir = mkdtempSync(join(tmpdir(), 'tapcoupon-parts-'))
  const opened = openCounterStore(
    dir,
    ed25519Sealer(() => privateKey),
  )
  if (!opened.ok) throw new Error(opened.code)
  onTestFinished(() => {
    opened.value.close()
    rmSync(dir, { recursive: true, force: true })
  })
  return opened.value
}

export interface TestParts extends SessionParts {
  readonly gateway: ScriptedGateway
  readonly time: VirtualTime
  readonly storageFailures: string[]
}

export function newParts(): TestParts {
  const time = new VirtualTime()
  const store = newStore()
  const clock = new CorrectedClock(time)
  clock.observe(new Date(NOW).toISOString(), time.monotonic())
  const storageFailures: string[] = []
  return {
    store,
    time,
    clock,
    storageFailures,
    scheduler: time,
    gateway: new ScriptedGateway(),
    connectivity: new Connectivity(time, () => {}, store.journal),
    ids: systemIds,
    events: eventWriter(clock, systemIds),
    station: () => STATION,
    overrides: () => [],
    cashier: () => ({ operatorId: 'op-1', name: 'Rin', role: 'cashier' }),
    inFlight: new Set(),
    storageFailed: (detail) => storageFailures.push(detail),
  }
}

/** Unreachable, as a gateway says it. */
export const NOBODY = { kind: 'unreachable', cause: 'connection' } as const

/** Fills the replica and says that it is up to date now. */
export function fillReplica({ store }: { store: CounterStore }, changes: readonly Change[]): void {
  const applied = store.replica.apply(changes, { cursor: 'c1', changeSeq: 1, asOf: NOW })
  if (!applied.ok) throw new Error(applied.detail)
}
