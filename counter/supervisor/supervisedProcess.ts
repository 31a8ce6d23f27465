import type { Clock } from '../../core/ports/clock.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { SpawnedProcess } from './processSpawner.ts'
import { NO_FAILURES, nextRestart, type RestartHistory, type RestartPolicy } from './restartBackoff.ts'
import { SilenceWatch } from './silenceWatch.ts'

export interface SupervisedProcessEvents {
  /** A new process runs; `spawned.channel` is its line. */
  up(spawned: SpawnedProcess): void
  /** It has ended. `retryInMs` is null when it was told to end, by `stop` or `renew`. */
  down(code: number | null, retryInMs: number | null): void
  /** It was not heard for half a minute, and is ended. */
  hung(): void
}

/** Keeps one process running: starts it, and starts it again with growing pauses when it ends or hangs, until `stop`. */
export class SupervisedProcess {
  readonly #spawn: () => SpawnedProcess
  readonly #events: SupervisedProcessEvents
  readonly #clock: Clock
  readonly #scheduler: Scheduler
  readonly #policy: RestartPolicy
  readonly #watch: SilenceWatch
  #current: SpawnedProcess | null = null
  #history: RestartHistory = NO_FAILURES
  #cancelRestart: (() => void) | null = null
  #stopping: { done: () => void } | null = null
  #renewing = false

  constructor(
    spawn: () => SpawnedProcess,
    events: SupervisedProcessEvents,
    runtime: { readonly clock: Clock; readonly scheduler: Scheduler; readonly policy: RestartPolicy },
  ) {
    this.#spawn = spawn
    this.#events = events
    this.#clock = runtime.clock
    this.#scheduler = runtime.scheduler
    this.#policy = runtime.policy
    this.#watch = new SilenceWatch(runtime.scheduler, () => {
      events.hung()
      this.#current?.kill()
    })
  }

  /** The running process's id, or undefined. */
  get pid(): number | undefined {
    return this.#current?.pid
  }

  start(): void {
    if (this.#current !== null || this.#cancelRestart !== null || this.#stopping !== null) return
    const startedAt = this.#clock.monotonic()
    const spawned = this.#spawn()
    this.#current = spawned
    spawned.onExit((code) => this.#exited(spawned, code, this.#clock.monotonic() - startedAt))
    this.#watch.begin()
    this.#events.up(spawned)
  }

  /** The running process has been heard. */
  heard(): void {
    this.#watch.heard()
  }

  /** Replaces a running process by a new one soon; the end of this one is not held against it. */
  renew(): void {
    if (this.#current === null || this.#stopping !== null) return
    this.#renewing = true
    this.#current.kill()
  }

  /**
   * Ends it for good. `ask` may tell the process to end by itself; whatever it does, it is killed after `graceMs`.
   * Resolves when it is gone.
   */
  stop(graceMs: number, ask: (spawned: SpawnedProcess) => void): Promise<void> {
    this.#cancelRestart?.()
    this.#cancelRestart = null
    const current = this.#current
    return new Promise((resolve) => {
      if (current === null) {
        this.#stopping = { done: () => {} }
        resolve()
        return
      }
      const cancelKill = this.#scheduler.after(graceMs, () => current.kill())
      this.#stopping = {
        done: () => {
          cancelKill()
          resolve()
        },
      }
      ask(current)
    })
  }

  #exited(spawned: SpawnedProcess, code: number | null, uptimeMs: number): void {
    if (this.#current !== spawned) return
    this.#current = null
    this.#watch.end()
    spawned.channel.close()
    if (this.#stopping !== null) {
      this.#events.down(code, null)
      this.#stopping.done()
      return
    }
    if (this.#renewing) {
      this.#renewing = false
      this.#startAfter(this.#policy.firstMs)
      this.#events.down(code, null)
      return
    }
    const next = nextRestart(this.#history, uptimeMs, this.#policy)
    this.#history = next.history
    this.#startAfter(next.delayMs)
    this.#events.down(code, next.delayMs)
  }

  #startAfter(delayMs: number): void {
    this.#cancelRestart = this.#scheduler.after(delayMs, () => {
      this.#cancelRestart = null
      this.start()
    })
  }
}
