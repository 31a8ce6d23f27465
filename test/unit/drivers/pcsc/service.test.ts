import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock, systemIds, systemScheduler } from '../../../../counter/system.ts'
import { PcscReader } from '../../../../drivers/pcsc/adapter.ts'
import { PCSC_SERVICE_ID } from '../../../../drivers/pcsc/serviceSession.ts'
import type { UsbDevice } from '../../../../drivers/usbPlace.ts'
import { Recorder } from '../../../contract/mediumReader.ts'
import { type DoubleCard, DoubleService, DoubleSlot, pcscError } from '../../../contract/mediumReaderPcscDouble.ts'
import { TYPE_A_ATR } from '../../../hardware/rigs/atr.ts'

const SLOT = 'Double Reader 00 00'
const good = Buffer.from('04a1b2c3d4e5f69000', 'hex')
const card = (changes: Partial<DoubleCard> = {}): DoubleCard => ({ atr: TYPE_A_ATR, answer: () => good, ...changes })

describe('the service', () => {
  let slot: DoubleSlot
  let service: DoubleService
  let reader: PcscReader
  let recorder: Recorder
  const reasons = () => recorder.failures.map(({ reason }) => reason)

  beforeEach(async () => {
    slot = new DoubleSlot(SLOT)
    service = new DoubleService(slot)
    reader = new PcscReader(systemClock, systemIds, systemScheduler, service.load)
    recorder = new Recorder()
    reader.start(recorder.events)
    await recorder.ready(SLOT)
  })

  afterEach(() => reader.stop())

  it('that stops is an error with its fix, fails the card under way, and is found again', async () => {
    slot.insert(card({ answer: () => sleep(500, good) }))
    await sleep(10)
    service.stop()
    await recorder.until('stopped', () => recorder.health(PCSC_SERVICE_ID)?.code === 'pcscd_not_running')
    expect(recorder.health(PCSC_SERVICE_ID)).toMatchObject({ state: 'error' })
    expect(recorder.health(PCSC_SERVICE_ID)?.fix).toContain('systemctl enable --now pcscd.socket')
    expect(recorder.health(SLOT)?.state).toBe('absent')
    expect(reasons()).toEqual(['medium_unreadable'])
    service.running = true
    await recorder.ready(SLOT)
    expect(recorder.health(PCSC_SERVICE_ID)?.state).toBe('ready')
  })

  it('that says neither card nor no card is asked afresh, and the card is read', async () => {
    slot.tell(0x20000)
    const { attempts } = service
    await recorder.until('asked afresh', () => service.attempts > attempts, 3_000)
    await recorder.ready(SLOT)
    slot.insert(card())
    await recorder.until('a read', () => recorder.reads.length === 1)
    expect(recorder.failures).toEqual([])
  })

  it('that does not tell of a reader which is plugged in is asked afresh', async () => {
    const device = { port: '1-9', vendorId: 1, productId: 2, serial: '', product: 'Untold', bus: 1, address: 9 }
    const usb = () => [{ ...device, interfaceClasses: [0x0b], drivers: [] }]
    const forgetful = new DoubleService(new DoubleSlot(SLOT))
    const asking = new PcscReader(systemClock, systemIds, systemScheduler, { load: forgetful.load, usb })
    asking.start(new Recorder().events)
    await expect.poll(() => forgetful.attempts, { timeout: 10_000 }).toBe(2)
    await asking.stop()
  }, 20_000)

  it('whose connections are lost is not given up while a card is read', async () => {
    service.lostConnections = 2
    slot.insert(card({ answer: () => sleep(700, good) }))
    await recorder.until('a read', () => recorder.reads.length === 1)
    expect(recorder.failures).toEqual([])
  })

  it('whose connections are lost is connected to anew, and reads again', async () => {
    const { attempts } = service
    service.lostConnections = 2
    await recorder.until('a new connection', () => service.attempts > attempts)
    await recorder.ready(SLOT)
    slot.insert(card())
    await recorder.until('a read', () => recorder.reads.length === 1)
    expect(recorder.failures).toEqual([])
  })

  it('that has no connection left for a card is connected to anew, and the card is read', async () => {
    let full = true
    slot.insert(
      card({
        connect: () => {
          if (full) throw pcscError('TooManyCardConnections')
        },
      }),
    )
    await recorder.until('given up', () => recorder.health(SLOT)?.state === 'absent')
    full = false
    await recorder.ready(SLOT)
    slot.tell(0x20)
    await recorder.until('a read', () => recorder.reads.length === 1)
  })

  it('is not tried again after the reader was stopped', async () => {
    service.stop()
    await recorder.until('stopped', () => recorder.health(PCSC_SERVICE_ID)?.code === 'pcscd_not_running')
    await reader.stop()
    const { attempts } = service
    await sleep(600)
    expect(service.attempts).toBe(attempts)
  })

  it.each([
    ['libpcsclite.so.1: cannot open shared object file', 'absent', 'native_library_missing', 'apt-get install pcscd'],
    ['bad ELF', 'error', 'native_module_failed', 'npm ci'],
  ])('whose library does not load (%s) is a health', async (message, state, code, fix) => {
    const broken = new PcscReader(systemClock, systemIds, systemScheduler, () => Promise.reject(new Error(message)))
    const heard = new Recorder()
    broken.start(heard.events)
    await heard.until('a fault', () => heard.health(PCSC_SERVICE_ID)?.code === code)
    expect(heard.health(PCSC_SERVICE_ID)).toMatchObject({ state })
    expect(heard.health(PCSC_SERVICE_ID)?.fix).toContain(fix)
    await broken.stop()
  })
})

describe('a reader on the USB', () => {
  const NAME = 'Gemalto USB SmartCard Reader (S-77) 00 00'
  const READER = '08e6:4433:S-77'
  const plugged = (address: number): UsbDevice => ({
    port: '1-3',
    vendorId: 0x08e6,
    productId: 0x4433,
    serial: 'S-77',
    product: 'Gemalto',
    bus: 1,
    address,
    interfaceClasses: [0x0b],
    drivers: [],
  })
  let devices: UsbDevice[] | null
  let onUsb: PcscReader
  let heard: Recorder
  let listed: DoubleService

  const start = () => {
    listed = new DoubleService(new DoubleSlot(NAME))
    onUsb = new PcscReader(systemClock, systemIds, systemScheduler, { load: listed.load, usb: () => devices })
    heard = new Recorder()
    onUsb.start(heard.events)
  }
  afterEach(() => onUsb.stop())

  it('that was pulled is missed although the service still lists it, and is ready again once it is back', async () => {
    devices = [plugged(7)]
    start()
    await heard.ready(READER)
    devices = []
    await heard.until('absent', () => heard.health(READER)?.state === 'absent')
    devices = [plugged(8)]
    await heard.ready(READER)
    expect(listed.attempts).toBe(2)
  })

  it('is taken as the service tells of it where no USB is to be seen', async () => {
    devices = null
    start()
    await heard.ready(NAME)
  })

  it('that has gone before the service let go of it is never ready', async () => {
    devices = []
    start()
    await heard.until('the service', () => heard.health(PCSC_SERVICE_ID)?.state === 'absent')
    await sleep(50)
    expect(heard.reported.filter((each) => each.kind === 'health' && each.health.state === 'ready')).toEqual([])
  })
})
