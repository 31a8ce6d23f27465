import type { SerialPreset, SerialPresetId } from '../../core/readers/protocol.ts'

/** How a line is opened and what comes over it. */
export interface LineSettings {
  readonly baudRate: number
  readonly dataBits: 7 | 8
  readonly parity: 'none' | 'even' | 'odd'
  readonly stopBits: 1 | 2
  /** Every message is STX … ETX: what lies between messages is noise. */
  readonly framed: boolean
  /** Every message ends with a character that says so: silence in the middle of the first one is no end either. */
  readonly terminated: boolean
  /** The scanner waits for ACK or NAK after each message. */
  readonly acknowledged: boolean
}

const plain = { stopBits: 1, framed: false, terminated: false, acknowledged: false } as const
const terminated = { ...plain, terminated: true } as const
const framed = { ...terminated, framed: true } as const

/**
 * As the scanners leave their factories, or as their manuals define the host type of that name. Sources: Symbol LS4208
 * manual p. 6-4 (standard, Nixdorf, Olivetti), Honeywell 4820 manual p. 2-2, NCR 7895 manual. A USB-CDC port takes any speed.
 */
const PRESETS: Readonly<Record<Exclude<SerialPresetId, 'custom'>, LineSettings>> = {
  zebra: { baudRate: 9_600, dataBits: 8, parity: 'none', ...plain },
  honeywell: { baudRate: 115_200, dataBits: 8, parity: 'none', ...terminated },
  ncr: { baudRate: 9_600, dataBits: 7, parity: 'odd', ...framed },
  nixdorf: { baudRate: 9_600, dataBits: 8, parity: 'odd', ...terminated },
  olivetti: { baudRate: 9_600, dataBits: 7, parity: 'even', ...framed, acknowledged: true },
  'usb-cdc': { baudRate: 9_600, dataBits: 8, parity: 'none', ...plain },
}

/** What a configured port is opened with. */
export function lineSettings(port: SerialPreset): LineSettings {
  const { preset = 'custom', baudRate, dataBits, parity, stopBits } = port
  if (preset !== 'custom') return PRESETS[preset]
  return { ...plain, baudRate, dataBits, parity, stopBits }
}

/** A preset's port, for those who have no numbers of their own. */
export function presetPort(path: string, preset: Exclude<SerialPresetId, 'custom'>): SerialPreset {
  const { baudRate, dataBits, parity, stopBits } = PRESETS[preset]
  return { path, preset, baudRate, dataBits, parity, stopBits }
}
