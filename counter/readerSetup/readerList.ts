import type { KnownReader, ReaderSettings, SetupReader } from '../../core/counter/readerSetup.ts'
import type { DevicesConfiguration, SerialPreset } from '../../core/readers/protocol.ts'
import { type ReaderHealth, TRANSPORTS } from '../../core/readers/reader.ts'
import { hasPort } from './settings.ts'

/** A transport that reports on itself: it is the service behind its readers. */
const SERVICES: readonly ReaderHealth['transport'][] = ['pcsc', 'hid']

export const isService = ({ readerId, transport }: Pick<ReaderHealth, 'readerId' | 'transport'>): boolean =>
  readerId === transport && SERVICES.includes(transport)

/** Every reader a manager has to do with: there now, named or switched off once, or given a port; services last. */
export function setupReaders(
  healths: readonly ReaderHealth[],
  settings: ReaderSettings,
  start: DevicesConfiguration,
): SetupReader[] {
  const known = new Map(settings.readers.map((reader) => [reader.readerId, reader]))
  const ports = [...settings.serial, ...start.serial.filter(({ path }) => !hasPort(settings, path))]
  const rows = new Map<string, SetupReader>()
  const add = (health: ReaderHealth) => {
    const said = known.get(health.readerId)
    const preset = ports.find(({ path }) => path === health.readerId)
    // A scanner whose port was taken away still reports itself gone.
    if (health.transport === 'serial' && !preset) return
    const { model: family, ...rest } = health
    rows.set(health.readerId, {
      ...rest,
      ...(family === undefined ? {} : { family }),
      name: said?.name ?? health.name,
      model: said?.model ?? (health.name === said?.name ? '' : health.name),
      enabled: said?.enabled ?? !start.disabled?.includes(health.readerId),
      isService: isService(health),
      serial: preset ? { preset, fixed: !hasPort(settings, preset.path) } : null,
    })
  }
  for (const health of healths) add(health)
  for (const reader of settings.readers) if (!rows.has(reader.readerId)) add(notThere(reader))
  for (const preset of ports) if (!rows.has(preset.path)) add(opening(preset))
  return [...rows.values()].sort(byPlace)
}

const notThere = ({ readerId, transport, model }: KnownReader): ReaderHealth => ({
  readerId,
  transport,
  name: model,
  state: 'absent',
})

const opening = ({ path }: SerialPreset): ReaderHealth => ({
  readerId: path,
  transport: 'serial',
  name: path,
  state: 'opening',
})

/** The same order however they were plugged in. */
function byPlace(a: SetupReader, b: SetupReader): number {
  return (
    Number(a.isService) - Number(b.isService) ||
    TRANSPORTS.indexOf(a.transport) - TRANSPORTS.indexOf(b.transport) ||
    (a.readerId < b.readerId ? -1 : 1)
  )
}
