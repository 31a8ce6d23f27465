import { describe, expect, it } from 'vitest'
import type { SerialPreset } from '../../../../core/readers/protocol.ts'
import { systemScheduler } from '../../../../counter/system.ts'
import type { OpenPort } from '../../../../drivers/serial/adapter.ts'
import { detectSerial } from '../../../../drivers/serial/detect.ts'
import { lineSettings } from '../../../../drivers/serial/presets.ts'

const EAN = '4901234567894'
const FRAMED = `\u0002${EAN}\u0003`

interface Line {
  readonly baudRate: number
  readonly dataBits: 7 | 8
  readonly parity: 'none' | 'even' | 'odd'
  readonly text: string
}

/** What a port with some settings receives of a scanner with others. */
function received(scanner: Line, port: ReturnType<typeof lineSettings>): Uint8Array {
  const bytes = Buffer.from(scanner.text, 'latin1')
  const same = (['baudRate', 'dataBits', 'parity'] as const).every((setting) => scanner[setting] === port[setting])
  if (same) return bytes
  if (scanner.baudRate !== port.baudRate) return Uint8Array.from(bytes, (byte) => (byte * 37) | 0x80)
  if (scanner.dataBits === 7 && port.dataBits === 8 && port.parity === 'none') {
    return Uint8Array.from(bytes, (byte) => {
      const ones = byte.toString(2).replaceAll('0', '').length % 2
      return ones === (scanner.parity === 'odd' ? 1 : 0) ? byte : byte | 0x80
    })
  }
  // Parity and framing errors: the driver drops or marks bytes.
  return Uint8Array.from(bytes, (byte, at) => (at % 2 === 0 ? 0 : byte))
}

async function detected(scanner: Line, path = '/dev/ttyS0') {
  const opened: string[] = []
  let isOpen = false
  const openPort = async (preset: SerialPreset): Promise<OpenPort> => {
    expect(isOpen).toBe(false)
    isOpen = true
    opened.push(preset.preset ?? 'custom')
    return {
      onData: (listener) => {
        const bytes = received(scanner, lineSettings(preset))
        setTimeout(() => listener(bytes.subarray(0, 5)), 5)
        setTimeout(() => listener(bytes.subarray(5)), 20)
      },
      onClosed: () => {},
      close: async () => {
        isOpen = false
      },
    }
  }
  const preset = await detectSerial(path, openPort, systemScheduler).result
  expect(isOpen).toBe(false)
  return { preset, opened }
}

describe('the settings of a scanner', () => {
  it.each([
    ['zebra', { baudRate: 9_600, dataBits: 8, parity: 'none', text: `${EAN}\r\n` }, 1],
    ['honeywell', { baudRate: 115_200, dataBits: 8, parity: 'none', text: `${EAN}\r\n` }, 2],
    ['nixdorf', { baudRate: 9_600, dataBits: 8, parity: 'odd', text: `${EAN}\r` }, 3],
    ['olivetti', { baudRate: 9_600, dataBits: 7, parity: 'even', text: FRAMED }, 1],
    ['ncr', { baudRate: 9_600, dataBits: 7, parity: 'odd', text: FRAMED }, 1],
  ] as const)('are found: %s', async (preset, scanner, scans) => {
    const found = await detected(scanner)
    expect(found.preset).toBe(preset)
    expect(found.opened).toHaveLength(scans)
  })

  it('are not those of a preset whose codes end, when they do not', async () => {
    const endless = { baudRate: 115_200, dataBits: 8, parity: 'none', text: EAN } as const
    expect((await detected(endless)).preset).toBeNull()
    expect((await detected({ ...endless, baudRate: 9_600 })).preset).toBe('zebra')
  })

  it('do not matter on a USB port', async () => {
    const usb = { baudRate: 9_600, dataBits: 8, parity: 'none', text: `${EAN}\r` } as const
    expect((await detected(usb, '/dev/ttyACM0')).preset).toBe('usb-cdc')
  })

  it('are unknown when nothing is readable with any', async () => {
    const strange = { baudRate: 300, dataBits: 8, parity: 'none', text: `${EAN}\r` } as const
    const { preset, opened } = await detected(strange)
    expect(preset).toBeNull()
    expect(opened).toHaveLength(5)
  })

  it('are unknown on a port that does not open, and when the search is given up', async () => {
    expect(await detectSerial('x', () => Promise.reject(new Error('busy')), systemScheduler).result).toBeNull()
    const silent: OpenPort = { onData: () => {}, onClosed: () => {}, close: async () => {} }
    const search = detectSerial('x', async () => silent, systemScheduler)
    search.cancel()
    expect(await search.result).toBeNull()
  })
})
