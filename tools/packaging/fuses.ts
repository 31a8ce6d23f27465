/** Marks where an Electron program keeps its fuses. Source: @electron/fuses 2, constants.ts (`SENTINEL`). */
const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')
/** In the order of the wire, version 1. Source: electron/build/fuses/fuses.json5. */
const NAMES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const
const STATES: Readonly<Record<string, boolean | null>> = { '0': false, '1': true, r: null }

export type Fuses = Partial<Record<(typeof NAMES)[number], boolean | null>>

/** The fuses of an Electron program (null: removed by its makers), or null when these bytes are no such program. */
export function readFuses(program: Buffer): Fuses | null {
  const at = program.indexOf(SENTINEL)
  if (at < 0) return null
  const [version, length = 0] = program.subarray(at + SENTINEL.length)
  if (version !== 1) return null
  const wire = program.subarray(at + SENTINEL.length + 2, at + SENTINEL.length + 2 + length).toString('latin1')
  const fuses: Fuses = {}
  for (const [index, name] of NAMES.entries()) {
    const state = STATES[wire[index] ?? '']
    if (state !== undefined) fuses[name] = state
  }
  return fuses
}
