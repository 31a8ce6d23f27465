import type { Channel } from '../../../../core/ports/channel.ts'
import type { Clock } from '../../../../core/ports/clock.ts'
import type { Scheduler } from '../../../../core/ports/scheduler.ts'
import type { ChildName, ProcessSpawner, SpawnedProcess } from '../../../../counter/supervisor/processSpawner.ts'

/** Time that moves only when a test says so; clock and timers together. */
export class ManualTime implements Clock, Scheduler {
  #now = 0
  #timers: { at: number; task: () => void }[] = []

  now(): number {
    return this.#now
  }

  monotonic(): number {
    return this.#now
  }

  after(delayMs: number, task: () => void): () => void {
    const timer = { at: this.#now + delayMs, task }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  advance(ms: number): void {
    const end = this.#now + ms
    for (;;) {
      const due = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0]
      if (due === undefined) break
      this.#timers = this.#timers.filter((timer) => timer !== due)
      this.#now = due.at
      due.task()
    }
    this.#now = end
  }

  pending(): number {
    return this.#timers.length
  }
}

/** A process that a test plays by hand. */
export class PlayedProcess implements SpawnedProcess {
  readonly name: ChildName
  readonly pid: number
  readonly received: unknown[] = []
  killed = false
  #listener: (message: unknown) => void = () => {}
  #exit: (code: number | null) => void = () => {}

  constructor(name: ChildName, pid: number) {
    this.name = name
    this.pid = pid
  }

  readonly channel: Channel = {
    post: (message) => {
      this.received.push(message)
    },
    onMessage: (listener) => {
      this.#listener = listener
    },
    onClosed: () => {},
    close: () => {},
  }

  onExit(listener: (code: number | null) => void): void {
    this.#exit = listener
  }

  kill(): void {
    this.killed = true
    this.exit(null)
  }

  says(message: unknown): void {
    this.#listener(message)
  }

  exit(code: number | null): void {
    this.#exit(code)
  }
}

/** Remembers what it has started. */
export class PlayedSpawner implements ProcessSpawner {
  readonly started: PlayedProcess[] = []

  spawn(name: ChildName): PlayedProcess {
    const process = new PlayedProcess(name, this.started.length + 1)
    this.started.push(process)
    return process
  }

  /** The newest process of that name. */
  newest(name: ChildName): PlayedProcess {
    const found = this.started.findLast((process) => process.name === name)
    if (found === undefined) throw new Error(`no ${name} was started`)
    return found
  }
}
