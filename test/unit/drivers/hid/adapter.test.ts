import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { systemClock, systemIds, systemScheduler } from '../../../../counter/system.ts'
import { HID_TRANSPORT_ID, HidReader } from '../../../../drivers/hid/adapter.ts'
import { Recorder } from '../../../contract/mediumReader.ts'
import { HidBus, hidReport } from '../../../contract/mediumReaderHidDouble.ts'

const PATH = '/dev/hidraw-tapcoupon'

async function started(load: () => Promise<HidBus>): Promise<{ reader: HidReader; recorder: Recorder }> {
  const reader = new HidReader(systemClock, systemIds, systemScheduler, load)
  const recorder = new Recorder()
  reader.start(recorder.events)
  await recorder.until('listed', () => (recorder.health(HID_TRANSPORT_ID)?.state ?? 'opening') !== 'opening')
  return { reader, recorder }
}

describe('HID POS scanners', () => {
  it('are those of usage page 0x8C, usage 2: keyboards and others are left alone', async () => {
    const bus = new HidBus()
    bus.plug('/dev/keyboard', { usagePage: 1, usage: 6 })
    bus.plug('/dev/scale', { usagePage: 0x8d, usage: 2 })
    const { reader, recorder } = await started(async () => bus)
    expect(recorder.health(HID_TRANSPORT_ID)?.state).toBe('absent')
    expect(bus.isOpen('/dev/keyboard')).toBe(false)
    bus.plug(PATH)
    await recorder.ready('0c2e:0b61:S1')
    await reader.stop()
    expect(bus.isOpen(PATH)).toBe(false)
  })

  it('without serial numbers are told apart by where they are', async () => {
    const bus = new HidBus()
    bus.plug('/dev/hidraw-a', { serialNumber: '' })
    bus.plug('/dev/hidraw-b', { serialNumber: undefined })
    const { reader, recorder } = await started(async () => bus)
    await recorder.ready('0c2e:0b61:/dev/hidraw-b')
    bus.send('/dev/hidraw-b', hidReport('0049'))
    await recorder.until('a read', () => recorder.reads.length === 1)
    expect(recorder.reads[0]!.readerId).toBe('0c2e:0b61:/dev/hidraw-b')
    await reader.stop()
  })

  it('that do not open say so, and are tried again', async () => {
    const bus = new HidBus()
    bus.plug(PATH)
    bus.openError = new Error('cannot open device')
    const { reader, recorder } = await started(async () => bus)
    await recorder.until('busy', () => recorder.health('0c2e:0b61:S1')?.state === 'busy')
    expect(recorder.health('0c2e:0b61:S1')).toMatchObject({ code: 'open_failed' })
    bus.openError = null
    await recorder.ready('0c2e:0b61:S1')
    await reader.stop()
  })

  it('whose symbol is cut off report one failure', async () => {
    const bus = new HidBus()
    bus.plug(PATH)
    const { reader, recorder } = await started(async () => bus)
    await recorder.ready('0c2e:0b61:S1')
    bus.send(PATH, hidReport('half', { continued: true }))
    await recorder.until('a failure', () => recorder.failures.length === 1)
    await sleep(50)
    expect(recorder.failures).toHaveLength(1)
    expect(recorder.reads).toEqual([])
    await reader.stop()
  })

  it('cannot be used without the native library, and the health names the package', async () => {
    const missing = Object.assign(new Error('libudev.so.1: cannot open shared object file'), {
      code: 'ERR_DLOPEN_FAILED',
    })
    const { reader, recorder } = await started(() => Promise.reject(missing))
    expect(recorder.health(HID_TRANSPORT_ID)).toMatchObject({ state: 'absent', code: 'native_library_missing' })
    expect(recorder.health(HID_TRANSPORT_ID)?.fix).toContain('apt-get install')
    await reader.stop()
  })

  it('that are pulled in the middle of a symbol say that it must be scanned again', async () => {
    const bus = new HidBus()
    bus.plug(PATH)
    const { reader, recorder } = await started(async () => bus)
    await recorder.ready('0c2e:0b61:S1')
    bus.send(PATH, hidReport('half', { continued: true }))
    bus.unplug(PATH)
    await recorder.until('absent', () => recorder.health('0c2e:0b61:S1')?.state === 'absent')
    expect(recorder.failures.map(({ reason }) => reason)).toEqual(['medium_unreadable'])
    expect(recorder.reads).toEqual([])
    await reader.stop()
  })

  it('of Honeywell are switched to HID POS once they are open', async () => {
    const bus = new HidBus()
    bus.plug(PATH)
    const { reader, recorder } = await started(async () => bus)
    await recorder.ready('0c2e:0b61:S1')
    expect(bus.featureReports).toEqual([[0xfe, 0x01]])
    await reader.stop()
  })

  it('show support the frame of a report under test, and none of its data', async () => {
    const bus = new HidBus()
    bus.plug(PATH)
    const { reader, recorder } = await started(async () => bus)
    await recorder.ready('0c2e:0b61:S1')
    reader.setDataEventEnabled(false)
    reader.setPresenting({ to: 'test', readerId: '0c2e:0b61:S1' })
    bus.send(PATH, hidReport('0049012345', { aim: ']E0' }))
    bus.send(PATH, hidReport('REVINF', { aim: ']X0', codeId: '?' }))
    expect(recorder.raws).toMatchObject([
      { symbology: 'ean13', mediumType: 'barcode', text: '9999999999' },
      { readerId: '0c2e:0b61:S1' },
    ])
    expect(recorder.raws[0]!.hex).toMatch(/^02 0a 5d 45 30 (·· ){10}00 /)
    expect(recorder.raws[1]).not.toHaveProperty('mediumType')
    await reader.stop()
  })
})
