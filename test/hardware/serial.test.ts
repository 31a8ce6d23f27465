import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { SERIAL_PRESETS, SerialPreset } from '../../core/readers/protocol.ts'
import { systemClock, systemIds, systemScheduler } from '../../counter/system.ts'
import { SerialReader } from '../../drivers/serial/adapter.ts'
import { mediumReaderContract, Recorder } from '../contract/mediumReader.ts'
import { openPtyPair } from './rigs/ptyPair.ts'

const texts = ['0049012345', '会員ABC-1']

mediumReaderContract('serial, over a null-modem cable', { replug: true }, async () => {
  const pair = await openPtyPair()
  // Its codes end with CR LF and never by silence, however slow this machine is.
  const preset = SerialPreset.parse({ path: pair.counterEnd, preset: 'honeywell' })
  return {
    reader: new SerialReader(preset, systemClock, systemIds, systemScheduler),
    readerId: pair.counterEnd,
    async present(n) {
      for (const byte of Buffer.from(`${texts[n]}\r\n`)) {
        await pair.send(Uint8Array.of(byte))
        await sleep(1)
      }
    },
    medium: (n) => ({ type: n === 0 ? 'barcode' : 'qr', identifier: texts[n]! }),
    presentUnreadable: () => pair.send(Uint8Array.of(0x80, 0xff, 0x00, 0xfe, 0x0d)),
    unplug: () => pair.unplug(),
    plug: () => pair.plug(),
    close: () => pair.close(),
  }
})

/** What a scanner of each preset sends for a code; a pseudo-terminal has no speed and no parity, but all the framing. */
const EAN = '4901234567894'
const messages: Record<(typeof SERIAL_PRESETS)[number], string> = {
  zebra: `${EAN}\r\n`,
  honeywell: `${EAN}\r\n`,
  ncr: `\u0002${EAN}\u0003`,
  nixdorf: `${EAN}\r`,
  olivetti: `\u0002${EAN}\u0003`,
  'usb-cdc': `${EAN}\n`,
  custom: `${EAN}\r`,
}

describe.each(SERIAL_PRESETS)('preset %s on a real port', (preset) => {
  it('reads a code wherever it is split, and says so when the line hangs up in the middle of one', async () => {
    const pair = await openPtyPair()
    const port = SerialPreset.parse({ path: pair.counterEnd, preset })
    const reader = new SerialReader(port, systemClock, systemIds, systemScheduler)
    const recorder = new Recorder()
    reader.start(recorder.events)
    await recorder.ready(pair.counterEnd)
    const message = Buffer.from(messages[preset], 'latin1')
    for (let at = 0; at <= message.length; at += 1) {
      const before = recorder.reads.length
      await pair.send(message.subarray(0, at))
      await sleep(3)
      await pair.send(message.subarray(at))
      await recorder.until(`the read split at ${at}`, () => recorder.reads.length > before)
    }
    expect(recorder.reads.map(({ medium }) => medium.identifier)).toEqual(Array(message.length + 1).fill(EAN))
    expect(recorder.failures).toEqual([])

    await pair.send(message.subarray(0, 6))
    // Nothing tells that they have arrived; within a second they are still the beginning of a code.
    await sleep(300)
    await pair.unplug()
    await recorder.until('a cut read', () => recorder.failures.length === 1)
    await recorder.until('absent', () => recorder.health(pair.counterEnd)?.state === 'absent')
    await pair.plug()
    await recorder.until('ready again', () => recorder.health(pair.counterEnd)?.state === 'ready')
    const before = recorder.reads.length
    await pair.send(message)
    await recorder.until('the next read', () => recorder.reads.length === before + 1)
    expect(recorder.reads.at(-1)?.medium.identifier).toBe(EAN)
    await reader.stop()
    await pair.close()
  })
})
