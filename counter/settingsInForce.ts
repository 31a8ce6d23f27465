import {
  type CounterSettings,
  CounterValues,
  changedSettings,
  type SettingName,
  SomeValues,
} from '../core/contract/counterSettings.ts'
import type { CounterState } from '../core/counter/state.ts'
import type { DevicesConfiguration } from '../core/readers/protocol.ts'
import type { DevicesLink } from './devicesLink.ts'
import type { EventWriter } from './session/eventWriter.ts'
import { type Refusal, refusal, type SessionEvent, STORAGE_FAILED } from './session/model.ts'
import { isBetweenVisits, isOver } from './session/reducer.ts'
import type { Enrolment } from './station/enrolment.ts'
import type { Journal } from './store/counterStore.ts'
import type { Till } from './till.ts'

export interface SettingsParts {
  readonly journal: Pick<Journal, 'chosenSettings' | 'keepChosenSettings' | 'record'>
  readonly enrolment: Pick<Enrolment, 'station'>
  readonly till: () => Pick<Till, 'session' | 'dispatch'>
  readonly devices: Pick<DevicesLink, 'limit'>
  readonly events: Pick<EventWriter, 'policy'>
  readonly storageFailed: (detail: string) => void
  readonly journaled: () => void
}

const NOTHING: CounterSettings = { version: '0', values: CounterValues.parse({}), fixed: [] }

/**
 * What this counter goes by: what the office has set, and where it leaves that free, what was chosen here. It changes
 * between visits only. Both are on disk, so that they hold without the server and after a restart.
 */
export class SettingsInForce {
  readonly #parts: SettingsParts
  #chosen: SomeValues
  #inForce: CounterSettings

  constructor(parts: SettingsParts) {
    this.#parts = parts
    this.#chosen = parts.journal.chosenSettings()
    this.#inForce = this.#wanted()
    this.#limitDevices()
  }

  get values(): CounterValues {
    return this.#inForce.values
  }

  isFixed(name: SettingName): boolean {
    return this.#inForce.fixed.includes(name)
  }

  /** For every screen. */
  view(): Omit<CounterState['settings'], 'oneTap' | 'undoWindowSeconds'> {
    const { version, values, fixed } = this.#inForce
    return { version, values, fixed: [...fixed] }
  }

  /** For the manager's: `waits` while something is to be in force after this visit. */
  deskView() {
    const { version, values, fixed } = this.#office()
    return { version, office: values, fixed: [...fixed], chosen: this.#chosen, waits: this.#news() !== null }
  }

  /** Puts into force what is to be, unless a customer is being served. */
  follow(): void {
    if (isBetweenVisits(this.#parts.till().session)) this.#enforce()
  }

  /** The next customer is at the reader, and the last one's visit is over. Answers what was read. */
  beforeRead(read: SessionEvent): SessionEvent {
    if (isOver(this.#parts.till().session.visit)) this.#enforce()
    return read
  }

  /** `value` undefined: the office's again. Refused where the office has fixed it, and for what is no value of it. */
  choose(name: SettingName, value: unknown, operatorId: string): Refusal | null {
    const { journal, events, storageFailed, journaled } = this.#parts
    if (this.#office().fixed.includes(name)) return refusal('operator_not_allowed')
    const { [name]: _, ...others } = this.#chosen
    const parsed = SomeValues.safeParse(value === undefined ? others : { ...others, [name]: value })
    if (!parsed.success) return refusal('invalid_request')
    const said = value === undefined ? { action: 'setting_returned' } : { action: 'setting_chosen', value }
    const kept = journal.keepChosenSettings(parsed.data, events.policy({ ...said, operatorId, setting: name }))
    if (!kept.ok) {
      storageFailed(kept.detail)
      return STORAGE_FAILED
    }
    this.#chosen = parsed.data
    this.follow()
    journaled()
    return null
  }

  #office(): CounterSettings {
    const station = this.#parts.enrolment.station()
    return station?.role === 'counter' ? station.settings.counter : NOTHING
  }

  #wanted(): CounterSettings {
    const { version, values, fixed } = this.#office()
    const free = Object.entries(this.#chosen).filter(([name, value]) => value !== undefined && !fixed.includes(name))
    return { version, values: { ...values, ...Object.fromEntries(free) }, fixed }
  }

  /** null: what is in force is what is to be. */
  #news(): CounterSettings | null {
    const wanted = this.#wanted()
    return JSON.stringify(wanted) === JSON.stringify(this.#inForce) ? null : wanted
  }

  #limitDevices(): void {
    const { values } = this.#inForce
    this.#parts.devices.limit((configuration) => withinSettings(configuration, values))
  }

  #enforce(): void {
    const wanted = this.#news()
    if (wanted === null) return
    const { journal, events, storageFailed, journaled, till } = this.#parts
    const names = changedSettings(this.#inForce.values, wanted.values)
    const isOffice = wanted.version !== this.#inForce.version
    this.#inForce = wanted
    this.#limitDevices()
    till().dispatch({ type: 'oneTapSet', oneTap: wanted.values.oneTap })
    if (!isOffice) return
    const written = journal.record(
      events.policy({ action: 'settings_in_force', version: wanted.version, settings: names }),
    )
    if (!written.ok) storageFailed(written.detail)
    journaled()
  }
}

/** What the devices process is told, within what is set: kinds of readers that count, and where slips are printed. */
export function withinSettings(
  configuration: DevicesConfiguration,
  { readers, slips, printer }: Pick<CounterValues, 'readers' | 'slips' | 'printer'>,
): DevicesConfiguration {
  const { printer: own, ...others } = configuration
  const connection = printer && { kind: 'tcp' as const, host: printer.host, port: printer.port }
  const used = printer && connection ? { connection, columns: printer.columns } : own
  return {
    ...others,
    pcsc: configuration.pcsc && readers.includes('pcsc'),
    hid: configuration.hid && readers.includes('hid'),
    wedge: configuration.wedge && readers.includes('wedge'),
    serial: readers.includes('serial') ? configuration.serial : [],
    ...(slips && used ? { printer: used } : {}),
  }
}

/** The categories of the quick entry, in the order that is set. */
export function shownCategories(
  all: CounterState['categories'],
  wanted: CounterValues['categories'],
): CounterState['categories'] {
  if (wanted === null) return all
  return wanted.flatMap((name) => all.filter(({ category }) => category === name))
}
