import { isAlive } from '../../core/counter/alive.ts'
import { type CounterStart, CounterToShell, type ShellToCounter } from '../../core/counter/shellProtocol.ts'
import { unreachable } from '../../core/outcome.ts'
import type { Channel } from '../../core/ports/channel.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { ChildName, ProcessSpawner, SpawnedProcess } from './processSpawner.ts'
import { DEFAULT_RESTART_POLICY, type RestartPolicy } from './restartBackoff.ts'
import { SupervisedProcess } from './supervisedProcess.ts'

/** How long a process may take to end by itself: the counter closes its files first. */
const STOP_GRACE_MS = 5_000

/** What a screen is told. */
export interface ScreenEvents {
  /** A `FromCounter`, unread. */
  message(message: unknown): void
  /** The counter process is gone, and this line with it; open another when it is back. */
  lost(): void
}

/** Whose eyes a screen is for. */
export type ScreenOf = 'cashier' | 'customer'

/** A screen's line to the counter. */
export interface ScreenLine {
  /** A `ToCounter`, unread: the counter parses it. */
  post(message: unknown): void
  close(): void
}

/** What the shell's log is told, in plain words and without any content of messages. */
export type SupervisorNote =
  | { readonly type: 'exited'; readonly name: ChildName; readonly code: number | null; readonly retryInMs: number }
  | { readonly type: 'failed'; readonly code: string; readonly detail: string }
  | { readonly type: 'hung'; readonly name: ChildName }
  | { readonly type: 'unreadable'; readonly name: ChildName }

export interface CounterSupervisorOptions {
  readonly spawner: ProcessSpawner
  readonly start: CounterStart
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly note: (note: SupervisorNote) => void
  readonly policy?: RestartPolicy
  /** A manager ends the program on this machine. */
  readonly leave?: () => void
  /** Whether somebody works at the counter; nobody does while it is not running. */
  readonly occupied?: (occupied: boolean) => void
}

/**
 * Runs the counter and the devices process, keeps both alive, and carries messages between them and any number of
 * screens. Shared by both shells; it reads nothing but the relay's own envelope and holds no rule.
 */
export class CounterSupervisor {
  readonly #options: CounterSupervisorOptions
  readonly #counter: SupervisedProcess
  readonly #devices: SupervisedProcess
  readonly #screens = new Map<string, ScreenEvents>()
  readonly #waiting = new Set<(ready: boolean) => void>()
  #counterChannel: Channel | null = null
  #devicesChannel: Channel | null = null
  #ready = false
  #lastScreen = 0

  constructor(options: CounterSupervisorOptions) {
    this.#options = options
    const runtime = { ...options, policy: options.policy ?? DEFAULT_RESTART_POLICY }
    this.#counter = new SupervisedProcess(
      () => options.spawner.spawn('counter'),
      {
        up: (spawned) => this.#counterUp(spawned),
        down: (code, retryInMs) => {
          this.#counterDown()
          if (retryInMs !== null) options.note({ type: 'exited', name: 'counter', code, retryInMs })
        },
        hung: () => options.note({ type: 'hung', name: 'counter' }),
      },
      runtime,
    )
    this.#devices = new SupervisedProcess(
      () => options.spawner.spawn('devices'),
      {
        up: (spawned) => this.#devicesUp(spawned),
        down: (code, retryInMs) => {
          this.#devicesDown()
          if (retryInMs !== null) options.note({ type: 'exited', name: 'devices', code, retryInMs })
        },
        hung: () => options.note({ type: 'hung', name: 'devices' }),
      },
      runtime,
    )
  }

  start(): void {
    this.#counter.start()
    this.#devices.start()
  }

  /** Process ids, for a person and for tests that kill. */
  pids(): { readonly counter: number | undefined; readonly devices: number | undefined } {
    return { counter: this.#counter.pid, devices: this.#devices.pid }
  }

  /** Whether the counter answers. */
  get isReady(): boolean {
    return this.#ready
  }

  /** True once the counter answers; false when it has not within `timeoutMs`. */
  whenReady(timeoutMs: number): Promise<boolean> {
    if (this.#ready) return Promise.resolve(true)
    return new Promise((resolve) => {
      const settle = (ready: boolean) => {
        cancel()
        this.#waiting.delete(settle)
        resolve(ready)
      }
      const cancel = this.#options.scheduler.after(timeoutMs, () => settle(false))
      this.#waiting.add(settle)
    })
  }

  /** Opens a screen's line; null while the counter is not ready. The counter sends the newest state first. */
  openScreen(events: ScreenEvents, of: ScreenOf = 'cashier'): ScreenLine | null {
    if (!this.#ready) return null
    this.#lastScreen += 1
    const clientId = `screen-${this.#lastScreen}`
    this.#screens.set(clientId, events)
    this.#toCounter({ type: 'clientOpened', clientId, ...(of === 'customer' ? { display: true } : {}) })
    return {
      post: (message) => {
        if (this.#screens.get(clientId) === events) this.#toCounter({ type: 'fromClient', clientId, message })
      },
      close: () => {
        if (this.#screens.delete(clientId)) this.#toCounter({ type: 'clientClosed', clientId })
      },
    }
  }

  /** Ends both processes, the counter by asking: it closes its files first. */
  async stop(): Promise<void> {
    for (const settle of [...this.#waiting]) settle(false)
    await Promise.all([
      this.#counter.stop(STOP_GRACE_MS, (spawned) => spawned.channel.post({ type: 'stop' } satisfies ShellToCounter)),
      // It holds no state: nothing is lost by not asking.
      this.#devices.stop(0, (spawned) => spawned.kill()),
    ])
  }

  #toCounter(message: ShellToCounter): void {
    this.#counterChannel?.post(message)
  }

  #counterUp(spawned: SpawnedProcess): void {
    this.#counterChannel = spawned.channel
    spawned.channel.onMessage((message) => {
      if (this.#counterChannel === spawned.channel) this.#fromCounter(message)
    })
    this.#toCounter(this.#options.start)
  }

  #fromCounter(raw: unknown): void {
    const parsed = CounterToShell.safeParse(raw)
    if (!parsed.success) {
      this.#options.note({ type: 'unreadable', name: 'counter' })
      return
    }
    const message = parsed.data
    switch (message.type) {
      case 'ready':
        this.#ready = true
        if (this.#devicesChannel !== null) this.#toCounter({ type: 'devicesUp' })
        for (const settle of [...this.#waiting]) settle(true)
        return
      case 'failed':
        this.#options.note({ type: 'failed', code: message.code, detail: message.detail })
        return
      case 'toDevices':
        this.#devicesChannel?.post(message.message)
        return
      case 'toClient':
        this.#screens.get(message.clientId)?.message(message.message)
        return
      case 'leave':
        this.#options.leave?.()
        return
      case 'occupied':
        this.#options.occupied?.(message.occupied)
        return
      case 'alive':
        this.#counter.heard()
        return
      case 'stopped':
        return
      default:
        unreachable(message)
    }
  }

  #counterDown(): void {
    this.#counterChannel = null
    this.#ready = false
    this.#options.occupied?.(false)
    const lost = [...this.#screens.values()]
    this.#screens.clear()
    for (const screen of lost) screen.lost()
    // Readers report their health once: the next counter hears of them from new ones.
    this.#devices.renew()
  }

  #devicesUp(spawned: SpawnedProcess): void {
    this.#devicesChannel = spawned.channel
    spawned.channel.onMessage((message) => {
      if (this.#devicesChannel !== spawned.channel) return
      if (isAlive(message)) this.#devices.heard()
      else if (this.#ready) this.#toCounter({ type: 'fromDevices', message })
    })
    if (this.#ready) this.#toCounter({ type: 'devicesUp' })
  }

  #devicesDown(): void {
    this.#devicesChannel = null
    if (this.#ready) this.#toCounter({ type: 'devicesDown' })
  }
}
