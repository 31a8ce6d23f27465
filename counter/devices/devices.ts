import { unreachable } from '../../core/outcome.ts'
import type { Channel } from '../../core/ports/channel.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import { DevicesCommand, DevicesConfiguration, type DevicesMessage } from '../../core/readers/protocol.ts'
import type { Presenting, ReaderEvents, ReaderHealth } from '../../core/readers/reader.ts'
import { listSerialPorts } from '../../drivers/serial/adapter.ts'
import { systemScheduler } from '../system.ts'
import { printSlip } from './printSlip.ts'
import { type CalibrationDone, type ConfiguredReader, planReaders } from './readers.ts'
import { SerialSearch } from './serialSearch.ts'

/**
 * A reader is asked for its lights again for a quarter of a second, milliseconds after each other: the card that it has
 * just read has its connection for some moments more.
 */
const INDICATE_AFTER_MS = [0, 50, 100, 100]

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
  const running = new Map<string, ConfiguredReader>()
  const healths = new Map<string, ReaderHealth>()
  const search = new SerialSearch(scheduler)
  let configuration = DevicesConfiguration.parse({ pcsc: false, hid: false, wedge: false })
  let presenting: Presenting = { to: 'customer' }
  let enabled = true
  let autoDisable = false
  let stopped = false
  // One reconfiguration after another: a port must be closed before it is opened with other settings.
  let configuring: Promise<void> = Promise.resolve()
  // One slip after another: two at once would be one on paper.
  let printing: Promise<void> = Promise.resolve()

  const events: ReaderEvents = {
    health(health) {
      healths.set(health.readerId, health)
      post({ type: 'health', health: named(health) })
    },
    reading: (readerId) => post({ type: 'reading', readerId }),
    read(read) {
      // Before anything else can be read: the next medium may be another customer's.
      if (autoDisable) setEnabled(false)
      post({ type: 'read', read })
    },
    failed: (failure) => post({ type: 'failed', failure }),
    raw: (raw) => post({ type: 'raw', raw }),
    identified(readerId) {
      setPresenting({ to: 'customer' })
      post({ type: 'identified', readerId })
    },
  }

  const named = (health: ReaderHealth): ReaderHealth => {
    const name = configuration.names?.[health.readerId]
    return name === undefined ? health : { ...health, name }
  }

  function setEnabled(now: boolean): void {
    enabled = now
    for (const { reader } of running.values()) reader.setDataEventEnabled(now)
  }

  function setPresenting(now: Presenting): void {
    presenting = now
    for (const { reader } of running.values()) reader.setPresenting?.(now)
  }

  async function configure(wanted: DevicesConfiguration): Promise<void> {
    const before = configuration
    configuration = wanted
    const plans = stopped ? [] : plan({ ...wanted, serial: wanted.serial.filter(search.isFree) }, clock, ids, scheduler)
    const keys = new Set(plans.map(({ key }) => key))
    const unwanted = [...running.values()].filter(({ key }) => !keys.has(key))
    for (const { key } of unwanted) running.delete(key)
    await Promise.all(unwanted.map(({ reader }) => reader.stop()))
    const disabled = new Set(wanted.disabled)
    for (const { reader } of running.values()) reader.setDisabled?.(disabled)
    for (const health of healths.values()) {
      const { readerId } = health
      if (before.names?.[readerId] !== wanted.names?.[readerId]) post({ type: 'health', health: named(health) })
    }
    for (const { key, make } of plans) {
      if (running.has(key) || stopped) continue
      const configured = make()
      const { reader } = configured
      running.set(key, configured)
      reader.setDataEventEnabled(enabled)
      reader.setPresenting?.(presenting)
      reader.setDisabled?.(disabled)
      reader.start(events)
    }
  }

  const reconfigure = (wanted: () => DevicesConfiguration): Promise<void> => {
    configuring = configuring.then(() => configure(wanted()))
    return configuring
  }

  async function detectSerial(path: string | null): Promise<void> {
    const settle = () => reconfigure(() => configuration)
    if (path === null) return search.end(settle)
    const preset = await search.run(path, settle)
    if (preset !== undefined) post({ type: 'serialDetected', path, preset })
  }

  async function indicate({ readerId, outcome }: Extract<DevicesCommand, { type: 'indicate' }>): Promise<void> {
    const { capabilities } = healths.get(readerId) ?? {}
    const able = capabilities?.buzzer || capabilities?.led
    let done = false
    for (const delayMs of able ? INDICATE_AFTER_MS : [0]) {
      if (delayMs > 0) await new Promise<void>((resolve) => scheduler.after(delayMs, resolve))
      const asked = [...running.values()].map(({ reader }) => reader.indicate?.(readerId, outcome) ?? false)
      done = (await Promise.all(asked)).includes(true)
      if (done || stopped) break
    }
    post({ type: 'indicated', readerId, done })
  }

  async function print({ jobId, slip, language }: Extract<DevicesCommand, { type: 'print' }>): Promise<void> {
    const { printer } = configuration
    post({ type: 'printed', jobId, fault: printer ? await printSlip(printer, slip, language) : 'no_printer' })
  }

  function calibrateWedge(begin: boolean): void {
    const done: CalibrationDone = (calibrated) =>
      post({ type: 'calibrated', layout: calibrated?.layout ?? null, gs: calibrated?.gs ?? false })
    for (const configured of running.values()) configured.calibrate?.(begin ? done : null)
  }

  async function stop(): Promise<void> {
    stopped = true
    search.cancel()
    await configuring
    const readers = [...running.values()]
    running.clear()
    await Promise.all(readers.map(({ reader }) => reader.stop()))
  }

  function handle(command: DevicesCommand): void {
    switch (command.type) {
      case 'configure':
        void reconfigure(() => command.configuration)
        return
      case 'dataEventEnabled':
        autoDisable = command.autoDisable ?? false
        setEnabled(command.enabled)
        return
      case 'wedgeKeys':
        for (const configured of running.values()) configured.receive?.(command.keys)
        return
      case 'simulate':
        for (const configured of running.values()) configured.present?.(command.medium, command.fault)
        return
      case 'test':
        setPresenting(command.readerId === null ? { to: 'customer' } : { to: 'test', readerId: command.readerId })
        return
      case 'identify':
        setPresenting(command.enabled ? { to: 'identify' } : { to: 'customer' })
        return
      case 'calibrateWedge':
        calibrateWedge(command.enabled)
        return
      case 'listPorts':
        void listSerialPorts().then((ports) => post({ type: 'ports', ports }))
        return
      case 'detectSerial':
        void detectSerial(command.path)
        return
      case 'indicate':
        void indicate(command)
        return
      case 'print':
        printing = printing.then(() => print(command))
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
