import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Scheduler } from '../../../../core/ports/scheduler.ts'
import { SerialPreset } from '../../../../core/readers/protocol.ts'
import { systemClock, systemIds, systemScheduler } from '../../../../counter/system.ts'
import { type OpenPort, type OpenSerialPort, SerialReader } from '../../../../drivers/serial/adapter.ts'
import { Recorder } from '../../../contract/mediumReader.ts'

const PATH = '/dev/ttyTapcoupon'
const systemError = (code: string) => Object.assign(new Error(`${code}: ${PATH}`), { code })

function started(openPort?: OpenSerialPort, scheduler: Scheduler = systemScheduler, path = PATH) {
  const preset = SerialPreset.parse({ path })
  const reader = new SerialReader(preset, systemClock, systemIds, scheduler, openPort)
  const recorder = new Recorder()
  reader.start(recorder.events)
  return { reader, recorder }
}

describe('a serial port', () => {
  it.each([
    [systemError('ENOENT'), 'absent', 'no_such_port', PATH],
    [systemError('EACCES'), 'denied', 'permission_denied', 'usermod -aG dialout'],
    [new Error('Error Resource temporarily unavailable Cannot lock port'), 'busy', 'port_in_use', 'Close it'],
    [new Error('Inappropriate ioctl for device'), 'error', 'open_failed', PATH],
  ])('that does not open says why: %s', async (error, state, code, fix) => {
    const { reader, recorder } = started(() => Promise.reject(error))
    await recorder.until('a fault', () => recorder.health(PATH)?.code !== undefined)
    expect(recorder.health(PATH)).toMatchObject({ state, code })
    expect(recorder.health(PATH)?.fix).toContain(fix)
    await reader.stop()
  })

  it('that is not there is absent with the real serialport, not an exception', async () => {
    const { reader, recorder } = started()
    await recorder.until('absent', () => recorder.health(PATH)?.code === 'no_such_port')
    await reader.stop()
  })

  it('is tried again and again, after 0.2, 0.4, 0.8 and then every second, until it opens', async () => {
    const pauses: number[] = []
    const hurried: Scheduler = {
      after(delayMs, task) {
        pauses.push(delayMs)
        return systemScheduler.after(delayMs > 1_000 ? delayMs : 0, task)
      },
    }
    const port: OpenPort = { onData: () => {}, onClosed: () => {}, close: async () => {} }
    let attempts = 0
    const { reader, recorder } = started(async () => {
      attempts += 1
      if (attempts < 6) throw systemError('ENOENT')
      return port
    }, hurried)
    await recorder.ready(PATH)
    // Beside them are looks at the port, every second, and deadlines for one that neither opens nor fails.
    expect(pauses.filter((pause) => pause < 1_000)).toEqual([200, 400, 800])
    expect(pauses.filter((pause) => pause > 1_000)).toEqual(Array(6).fill(1_500))
    await reader.stop()
  })

  it('that came while it was being opened is opened once: what is scanned then is read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-port-'))
    const path = join(folder, 'ttyACM0')
    let opened = 0
    let data = (_: Uint8Array) => {}
    const port: OpenPort = {
      onData: (listener) => {
        data = listener
      },
      onClosed: () => {},
      close: async () => {},
    }
    const openPort: OpenSerialPort = async () => {
      opened += 1
      if (opened === 1) writeFileSync(path, '')
      return port
    }
    const { reader, recorder } = started(openPort, systemScheduler, path)
    await recorder.ready(path)
    // The supervisor looks every second whether another port has taken the place of this one.
    await sleep(2_500)
    expect(opened).toBe(1)
    data(Buffer.from('4901234567894\r\n'))
    await recorder.until('the read', () => recorder.reads.length === 1)
    await reader.stop()
    rmSync(folder, { recursive: true })
  })

  it('that goes away in the middle of a symbol says that it must be scanned again, and keeps nothing of it', async () => {
    let data = (_: Uint8Array) => {}
    let closed = () => {}
    const { reader, recorder } = started(async () => ({
      onData: (listener) => {
        data = listener
      },
      onClosed: (listener) => {
        closed = listener
      },
      close: async () => {},
    }))
    await recorder.ready(PATH)
    const before = data
    before(Buffer.from('0049'))
    closed()
    expect(recorder.health(PATH)?.state).toBe('absent')
    expect(recorder.failures.map(({ reason }) => reason)).toEqual(['medium_unreadable'])
    await recorder.until('open again', () => data !== before)
    data(Buffer.from('77\r'))
    await sleep(100)
    expect(recorder.reads.map(({ medium }) => medium.identifier)).toEqual(['77'])
    await reader.stop()
  })
})
