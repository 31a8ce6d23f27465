import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

/**
 * What is measured while the server runs, in Prometheus' terms. No label has values that a caller could add to: routes are as
 * registered, statuses and kinds are from lists.
 */
export interface Metrics {
  readonly requests: Histogram<'method' | 'route' | 'status'>
  readonly batches: Histogram
  readonly commits: Histogram
  /** Decisions that were asked for and are not on disk yet. */
  readonly waiting: { inc(): void; dec(): void }
  readonly settled: Counter<'status'>
  readonly listeners: Gauge
  /** In the text format, with values that were read for it. */
  text(figures: Readonly<Record<string, number>>): Promise<string>
  close(): void
}

const NANO = 1e9
const QUANTILES = [0.5, 0.99, 1] as const

/** Instruments of one server, in a registry of their own. */
export function metrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  new Gauge({
    name: 'tapcoupon_uptime_seconds',
    help: 'Since this process began',
    registers,
    collect() {
      this.set(process.uptime())
    },
  })
  new Gauge({
    name: 'tapcoupon_resident_memory_bytes',
    help: 'Memory of this process',
    registers,
    collect() {
      this.set(process.memoryUsage.rss())
    },
  })
  eventLoopDelay(delay, registers)
  return {
    requests: new Histogram({
      name: 'tapcoupon_http_request_duration_seconds',
      help: 'Requests, from their first byte to the last of the answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 15],
      registers,
    }),
    batches: new Histogram({
      name: 'tapcoupon_commit_batch_size',
      help: 'Decisions in one transaction',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128],
      registers,
    }),
    commits: new Histogram({
      name: 'tapcoupon_commit_duration_seconds',
      help: 'A transaction of decisions, until it is on disk',
      buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2],
      registers,
    }),
    waiting: waitingDecisions(registers),
    settled: new Counter({
      name: 'tapcoupon_settled_events_total',
      help: 'Events of stations, by what became of them',
      labelNames: ['status'],
      registers,
    }),
    listeners: new Gauge({ name: 'tapcoupon_event_listeners', help: 'Open streams of server-sent events', registers }),
    async text(figures) {
      const read = Object.entries(figures).flatMap(([name, value]) => [`# TYPE ${name} gauge`, `${name} ${value}`])
      return `${await registry.metrics()}${read.join('\n')}\n`
    },
    close: () => delay.disable(),
  }
}

/** Counted here and looked at when somebody asks: every redemption passes twice. */
function waitingDecisions(registers: Registry[]): Metrics['waiting'] {
  let count = 0
  new Gauge({
    name: 'tapcoupon_decisions_waiting',
    help: 'Decisions asked for and not on disk yet',
    registers,
    collect() {
      this.set(count)
    },
  })
  return {
    inc: () => {
      count += 1
    },
    dec: () => {
      count -= 1
    },
  }
}

/** How much later than asked for the event loop came round, since the last time somebody looked. */
function eventLoopDelay(delay: ReturnType<typeof monitorEventLoopDelay>, registers: Registry[]): void {
  new Gauge({
    name: 'tapcoupon_event_loop_delay_seconds',
    help: 'Delay of the event loop since the last scrape',
    labelNames: ['quantile'],
    registers,
    collect() {
      for (const quantile of QUANTILES) {
        const value = quantile === 1 ? delay.max : delay.percentile(quantile * 100)
        this.set({ quantile: String(quantile) }, value / NANO)
      }
      delay.reset()
    },
  })
}
