import { describe, expect, it } from 'vitest'
import { SERIAL_PRESETS, SerialPreset } from '../../../../core/readers/protocol.ts'
import { systemClock, systemIds, systemScheduler } from '../../../../counter/system.ts'
import { noHotPlug } from '../../../../drivers/hotplug.ts'
import { SerialReader } from '../../../../drivers/serial/adapter.ts'
import { SerialCodec, TERMINATOR_DEADLINE_MS } from '../../../../drivers/serial/codec.ts'
import { lineSettings } from '../../../../drivers/serial/presets.ts'
import { Recorder } from '../../../contract/mediumReader.ts'

const EAN = '4901234567894'
const STX = '\u0002'
const ETX = '\u0003'

/** What a scanner of each preset sends for a code. */
const MESSAGES: Record<string, string> = {
  zebra: `${EAN}\r\n`,
  honeywell: `${EAN}\r\n`,
  ncr: `${STX}${EAN}${ETX}`,
  nixdorf: `${EAN}\r`,
  olivetti: `${STX}${EAN}${ETX}`,
  'usb-cdc': `${EAN}\n`,
  custom: `${EAN}\r`,
}

/** The eighth bit as parity, as a line with eight bits shows it. */
const withParity = (text: string, parity: 'even' | 'odd') =>
  Uint8Array.from(Buffer.from(text, 'latin1'), (byte) => {
    const ones = byte.toString(2).replaceAll('0', '').length % 2
    return ones === (parity === 'odd' ? 1 : 0) ? byte : byte | 0x80
  })

async function opened(preset: (typeof SERIAL_PRESETS)[number]) {
  const written: number[] = []
  let data = (_: Uint8Array) => {}
  let settings: unknown
  const port = SerialPreset.parse({ path: '/dev/ttyTapcoupon', preset })
  const openPort = async (wanted: SerialPreset) => {
    settings = lineSettings(wanted)
    return {
      onData: (listener: (bytes: Uint8Array) => void) => {
        data = listener
      },
      onClosed: () => {},
      write: (bytes: Uint8Array) => void written.push(...bytes),
      close: async () => {},
    }
  }
  const reader = new SerialReader(port, systemClock, systemIds, systemScheduler, openPort, noHotPlug)
  const recorder = new Recorder()
  reader.start(recorder.events)
  await recorder.ready(port.path)
  return { reader, recorder, written, settings, send: (bytes: Uint8Array) => data(bytes) }
}

describe.each(SERIAL_PRESETS)('preset %s', (preset) => {
  const message = Buffer.from(MESSAGES[preset]!, 'latin1')

  it('reads a code, wherever its bytes are split', async () => {
    const { reader, recorder, send } = await opened(preset)
    for (let at = 0; at <= message.length; at += 1) {
      const before = recorder.reads.length
      send(message.subarray(0, at))
      send(message.subarray(at))
      expect(recorder.reads.slice(before).map(({ medium }) => medium.identifier)).toEqual([EAN])
    }
    expect(recorder.failures).toEqual([])
    await reader.stop()
  })
})

describe('a code that stalls on its way', () => {
  it.each(['honeywell', 'nixdorf', 'ncr', 'olivetti'] as const)(
    'is never half a code, not even the first one: %s',
    (preset) => {
      const { dataBits, framed, terminated } = lineSettings(SerialPreset.parse({ path: 'x', preset }))
      const codec = new SerialCodec({ sevenBits: dataBits === 7, framed, terminated })
      const message = Buffer.from(MESSAGES[preset]!, 'latin1')
      expect(codec.push(message.subarray(0, 9))).toEqual([])
      expect(codec.idleAfterMs).toBe(TERMINATOR_DEADLINE_MS)
      expect(codec.idle()).toEqual([{ kind: 'unreadable' }])
      expect(codec.push(message)).toMatchObject([{ kind: 'frame' }])
    },
  )
})

describe('line settings', () => {
  it.each([
    ['zebra', 9_600, 8, 'none'],
    ['honeywell', 115_200, 8, 'none'],
    ['ncr', 9_600, 7, 'odd'],
    ['nixdorf', 9_600, 8, 'odd'],
    ['olivetti', 9_600, 7, 'even'],
  ] as const)('of %s are its manual’s', (preset, baudRate, dataBits, parity) => {
    expect(lineSettings(SerialPreset.parse({ path: 'x', preset, baudRate: 300 }))).toMatchObject({
      baudRate,
      dataBits,
      parity,
      stopBits: 1,
    })
  })

  it('of one’s own are one’s own', () => {
    const port = SerialPreset.parse({ path: 'x', baudRate: 19_200, parity: 'even', dataBits: 7 })
    expect(lineSettings(port)).toMatchObject({ baudRate: 19_200, parity: 'even', dataBits: 7 })
  })
})

describe('an Olivetti line', () => {
  it('acknowledges what it could read and asks again for what it could not', async () => {
    const { reader, written, send } = await opened('olivetti')
    send(Buffer.from(`${STX}${EAN}${ETX}`, 'latin1'))
    send(Buffer.from(`${STX}\u0001\u0001${ETX}`, 'latin1'))
    expect(written).toEqual([0x06, 0x15])
    await reader.stop()
  })

  it('is read behind its parity bit', async () => {
    const { reader, recorder, send } = await opened('olivetti')
    send(withParity(`${STX}${EAN}${ETX}`, 'even'))
    expect(recorder.reads.map(({ medium }) => medium.identifier)).toEqual([EAN])
    await reader.stop()
  })
})

describe('a framed line', () => {
  const frames = (codec: SerialCodec, text: string) =>
    codec
      .push(Buffer.from(text, 'latin1'))
      .map((frame) => (frame.kind === 'frame' ? Buffer.from(frame.data).toString() : null))

  it('takes what lies between messages for noise', () => {
    expect(frames(new SerialCodec({ framed: true }), `xx\r${STX}0049${ETX}yy\n${STX}77${ETX}`)).toEqual(['0049', '77'])
  })

  it('never ends a message by silence', () => {
    const codec = new SerialCodec({ framed: true })
    expect(frames(codec, `${STX}00`)).toEqual([])
    expect(codec.idle()).toEqual([{ kind: 'unreadable' }])
    expect(frames(codec, '49')).toEqual([])
    expect(codec.idleAfterMs).toBeNull()
  })
})
