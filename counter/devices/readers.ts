import type { RawMedium } from '../../core/media/medium.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { DevicesConfiguration, WedgeKey, WedgeLayout } from '../../core/readers/protocol.ts'
import type { MediumReader } from '../../core/readers/reader.ts'
import { HidReader } from '../../drivers/hid/adapter.ts'
import { PcscReader } from '../../drivers/pcsc/adapter.ts'
import { SerialReader } from '../../drivers/serial/adapter.ts'
import { type SimulatedFault, SimulatedReader } from '../../drivers/simulated/adapter.ts'
import { WedgeReader } from '../../drivers/wedge/adapter.ts'

/** Gets the layout in which a burst of keys was the calibration code; null: in none. */
export type CalibrationDone = (calibrated: { layout: WedgeLayout; gs: boolean } | null) => void

/** One configured reader. Readers that are fed by commands say what they take. */
export interface ConfiguredReader {
  /** Equal keys mean the same reader with the same settings: it keeps running when the configuration comes again. */
  readonly key: string
  readonly reader: MediumReader
  present?(medium: RawMedium, fault?: SimulatedFault): void
  receive?(keys: readonly WedgeKey[]): void
  /** The next burst is the calibration code; null: no longer. */
  calibrate?(done: CalibrationDone | null): void
}

/** What a configuration asks for, not yet made: only readers that are new are constructed. */
export interface ReaderPlan {
  readonly key: string
  make(): ConfiguredReader
}

/** The readers of a configuration, over the real adapters. */
export function planReaders(
  configuration: DevicesConfiguration,
  clock: Clock,
  ids: Ids,
  scheduler: Scheduler,
): ReaderPlan[] {
  const plans: ReaderPlan[] = []
  const plan = (key: string, make: () => Omit<ConfiguredReader, 'key'>) =>
    plans.push({ key, make: () => ({ key, ...make() }) })
  if (configuration.simulated) {
    plan('simulated', () => {
      const reader = new SimulatedReader(clock, ids, scheduler)
      return { reader, present: (medium, fault) => reader.present(medium, fault) }
    })
  }
  if (configuration.wedge) {
    const options = configuration.wedgeOptions
    plan(keyOf('wedge', options), () => {
      const reader = new WedgeReader(clock, ids, options)
      return { reader, receive: (keys) => reader.receive(keys), calibrate: (done) => reader.calibrate(done) }
    })
  }
  if (configuration.pcsc) {
    const options = configuration.pcscOptions
    plan(keyOf('pcsc', options), () => ({ reader: new PcscReader(clock, ids, scheduler, { options }) }))
  }
  if (configuration.hid) plan('hid', () => ({ reader: new HidReader(clock, ids, scheduler) }))
  const paths = new Set<string>()
  for (const preset of configuration.serial) {
    // A port can be opened once; the first preset for a path counts.
    if (paths.has(preset.path)) continue
    paths.add(preset.path)
    plan(`serial:${JSON.stringify(preset)}`, () => ({ reader: new SerialReader(preset, clock, ids, scheduler) }))
  }
  return plans
}

const keyOf = (transport: string, options: object | undefined) =>
  options === undefined ? transport : `${transport}:${JSON.stringify(options)}`
