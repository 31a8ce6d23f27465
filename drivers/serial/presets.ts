import type { SerialPreset, SerialPresetId } from '../../core/readers/protocol.ts'

/** How a line is opened and what comes over it. */
export interface LineSettings {
  readonly baudRate: number
  readonly dataBits: 7 | 8
  readonly parity: 'none' | 'even' | 'odd'
  readonly stopBits: 1 | 2
  /** Every message is STX … ETX: what lies between messages is noise. */
  readonly framed: boolean
  /** The scanner waits for ACK or NAK after each message. */
  readonly acknowledged: boolean
}

const plain = { stopBits: 1, framed: false, acknowledged: false } as const

/**
 * As the scanners leave their factories, or as their manuals define the host type of that name. Sources: Symbol LS4208
 * manual p. 6-4 (standard, Nixdorf, Olivetti), Honeywell 4820 manual p. 2-2, NCR 7895 manual. A USB-CDC port takes any speed.
 */
const PRESETS: Readonly<Record<Exclude<SerialPresetId, 'custom'>, LineSettings>> = {
  zebra: { baudRate: 9_600, dataBits: 8, parity: 'none', ...plain },
  honeywell: { baudRate: 115_200, dataBits: 8, parity: 'none', ...plain },
  ncr: { baudRate: 9_600, dataBits: 7, parity: 'odd', ...plain, framed: true },
  nixdorf: { baudRate: 9_600, dataBits: 8, parity: 'odd', ...plain },
  olivetti: { baudRate: 9_600, dataBits: 7, parity: 'even', ...plain, framed: true, acknowledged: true },
  'usb-cdc': { baudRate: 9_600, dataBits: 8, parity: 'none', ...plain },
}

/** What a configured port is opened with. */
export function lineSettings(port: SerialPreset): LineSettings {
  const { preset = 'custom', baudRate, dataBits, parity, stopBits } = port
  if (preset !== 'custom') return PRESETS[preset]
  return { baudRate, dataBits, parity, stopBits, framed: false, acknowledged: false }
}

/** A preset's port, for those who have no numbers of their own. */
export function presetPort(path: string, preset: Exclude<SerialPresetId, 'custom'>): SerialPreset {
  const { baudRate, dataBits, parity, stopBits } = PRESETS[preset]
  return { path, preset, baudRate, dataBits, parity, stopBits }
}
