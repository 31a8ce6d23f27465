import { unreachable } from '../../core/outcome.ts'
import type { Channel } from '../../core/ports/channel.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import { DevicesCommand, type DevicesConfiguration, type DevicesMessage } from '../../core/readers/protocol.ts'
import type { ReaderEvents } from '../../core/readers/reader.ts'
import { systemScheduler } from '../system.ts'
import { type ConfiguredReader, planReaders } from './readers.ts'

/** A running devices program; `stop` closes every reader. */
export interface Devices {
  stop(): Promise<void>
}

/**
 * The devices program: runs the readers that the counter configures and passes on what they report. It keeps nothing
 * that outlives it, so it may die at any time. Before the first `dataEventEnabled` reads are delivered. A command that
 * does not parse is dropped: the other end is our own counter, and readers must go on working.
 */
export function runDevices(
  channel: Channel,
  clock: Clock,
  ids: Ids,
  scheduler: Scheduler = systemScheduler,
  plan: typeof planReaders = planReaders,
): Devices {
  const post = (message: DevicesMessage) => channel.post(message)
  const events: ReaderEvents = {
    health: (health) => post({ type: 'health', health }),
    reading: (readerId) => post({ type: 'reading', readerId }),
    read: (read) => post({ type: 'read', read }),
    failed: (failure) => post({ type: 'failed', failure }),
  }
  const running = new Map<string, ConfiguredReader>()
  let enabled = true
  let stopped = false
  // One reconfiguration after another: a port must be closed before it is opened with other settings.
  let configuring: Promise<void> = Promise.resolve()

  async function configure(configuration: DevicesConfiguration): Promise<void> {
    const plans = stopped ? [] : plan(configuration, clock, ids, scheduler)
    const wanted = new Set(plans.map(({ key }) => key))
    const unwanted = [...running.values()].filter(({ key }) => !wanted.has(key))
    for (const { key } of unwanted) running.delete(key)
    await Promise.all(unwanted.map(({ reader }) => reader.stop()))
    for (const { key, make } of plans) {
      if (running.has(key) || stopped) continue
      const configured = make()
      running.set(key, configured)
      configured.reader.setDataEventEnabled(enabled)
      configured.reader.start(events)
    }
  }

  async function stop(): Promise<void> {
    stopped = true
    await configuring
    const readers = [...running.values()]
    running.clear()
    await Promise.all(readers.map(({ reader }) => reader.stop()))
  }

  function handle(command: DevicesCommand): void {
    switch (command.type) {
      case 'configure':
        configuring = configuring.then(() => configure(command.configuration))
        return
      case 'dataEventEnabled':
        enabled = command.enabled
        for (const { reader } of running.values()) reader.setDataEventEnabled(enabled)
        return
      case 'wedgeKeys':
        for (const configured of running.values()) configured.receive?.(command.keys)
        return
      case 'simulate':
        for (const configured of running.values()) configured.present?.(command.medium, command.fault)
        return
      case 'test':
      case 'listPorts':
      case 'detectSerial':
      case 'identify':
      case 'calibrateWedge':
      case 'indicate':
        return
      default:
        unreachable(command)
    }
  }

  channel.onMessage((message) => {
    const command = DevicesCommand.safeParse(message)
    // In order: a tap that follows its configuration finds the readers running.
    if (command.success && command.data.type === 'configure') handle(command.data)
    else if (command.success) void configuring.then(() => handle(command.data))
  })
  return { stop }
}
