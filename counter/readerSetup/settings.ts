import type { KnownReader, ReaderSettings } from '../../core/counter/readerSetup.ts'
import type { DevicesConfiguration, SerialPreset } from '../../core/readers/protocol.ts'

/** As many as a devices process takes (`DevicesConfiguration.serial`). */
const MOST_SERIAL = 16
/** As many as are remembered (`ReaderSettings.readers`). */
const MOST_KNOWN = 64

/**
 * What the devices process is told: how the program was started, and what managers have set. A manager's settings of a
 * port count before the command line's.
 */
export function devicesConfiguration(start: DevicesConfiguration, settings: ReaderSettings): DevicesConfiguration {
  const { readers, serial, wedge, pcsc } = settings
  const named = readers.flatMap(({ readerId, name }) => (name === null ? [] : [[readerId, name] as const]))
  const disabled = readers.filter(({ enabled }) => !enabled).map(({ readerId }) => readerId)
  return {
    ...start,
    serial: [...serial, ...start.serial.filter(({ path }) => !hasPort(settings, path))].slice(0, MOST_SERIAL),
    names: { ...start.names, ...Object.fromEntries(named) },
    disabled: [...new Set([...(start.disabled ?? []), ...disabled])].slice(0, MOST_KNOWN),
    wedgeOptions: wedge,
    pcscOptions: pcsc,
  }
}

export const hasPort = ({ serial }: ReaderSettings, path: string): boolean => serial.some((one) => one.path === path)

/** null: no more scanners fit. */
export function withSerial(settings: ReaderSettings, preset: SerialPreset): ReaderSettings | null {
  const others = settings.serial.filter(({ path }) => path !== preset.path)
  return others.length < MOST_SERIAL ? { ...settings, serial: [...others, preset] } : null
}

/** Forgets the port, and its name with it. */
export function withoutSerial(settings: ReaderSettings, path: string): ReaderSettings {
  return {
    ...settings,
    serial: settings.serial.filter((one) => one.path !== path),
    readers: settings.readers.filter(({ readerId }) => readerId !== path),
  }
}

/** Remembers what was said about one reader; one about which nothing is said any more is forgotten. null: too many. */
export function withReader(settings: ReaderSettings, known: KnownReader): ReaderSettings | null {
  const others = settings.readers.filter(({ readerId }) => readerId !== known.readerId)
  const says = known.name !== null || !known.enabled
  if (says && others.length >= MOST_KNOWN) return null
  return { ...settings, readers: says ? [...others, known] : others }
}
