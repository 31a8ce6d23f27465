import { SerialPreset } from '../../core/readers/protocol.ts'
import type { MediumReader, ReaderEvents } from '../../core/readers/reader.ts'
import { systemClock, systemIds, systemScheduler } from '../../counter/system.ts'
import { HidReader } from '../../drivers/hid/adapter.ts'
import { noHotPlug } from '../../drivers/hotplug.ts'
import { PcscReader } from '../../drivers/pcsc/adapter.ts'
import { SerialReader } from '../../drivers/serial/adapter.ts'
import { WedgeReader } from '../../drivers/wedge/adapter.ts'
import { HidBus, hidReport } from '../contract/mediumReaderHidDouble.ts'
import { DoubleService, DoubleSlot } from '../contract/mediumReaderPcscDouble.ts'
import { plugSerialCable } from '../contract/mediumReaderSerialPty.ts'
import { wedgeKeys } from '../contract/wedgeKeys.ts'
import { TYPE_A_ATR } from '../hardware/rigs/atr.ts'
import { missingComponents } from '../hardware/rigs/components.ts'
import { percentile, tapsOnPcscd } from '../hardware/rigs/pcscdTaps.ts'
import type { Report } from './report.ts'

const READS = 2_000
const WARM_UP = 200
const READY_MS = 10_000
const READ_MS = 2_000

/** A running reader whose reads can be waited for. */
interface Running {
  readonly reader: MediumReader
  /** The monotonic time of the next read, in milliseconds. */
  next(): Promise<number>
}

async function started(reader: MediumReader, readerId: string): Promise<Running> {
  let ready = () => {}
  let emitted = (_: number) => {}
  const whenReady = new Promise<void>((resolve) => {
    ready = resolve
  })
  const events: ReaderEvents = {
    health: (health) => health.readerId === readerId && health.state === 'ready' && ready(),
    reading: () => {},
    read: () => emitted(performance.now()),
    failed: ({ reason }) => {
      throw new Error(`a read failed: ${reason}`)
    },
  }
  reader.start(events)
  await within(whenReady, READY_MS, `${readerId} ready`)
  return {
    reader,
    next: () =>
      within(
        new Promise<number>((resolve) => {
          emitted = resolve
        }),
        READ_MS,
        `a read by ${readerId}`,
      ),
  }
}

/** From the last byte or report to the emitted read, `READS` times; `present` returns the time of that last byte. */
async function measured({ reader, next }: Running, present: (n: number) => number | Promise<number>) {
  const times: number[] = []
  for (let n = 0; n < WARM_UP + READS; n += 1) {
    const read = next()
    const presentedAt = await present(n)
    const took = (await read) - presentedAt
    if (n >= WARM_UP) times.push(took)
  }
  await reader.stop()
  return times.sort((a, b) => a - b)
}

const digits = (n: number) => String(4_900_000_000_000 + n)

async function hid(): Promise<number[]> {
  const bus = new HidBus()
  const path = '/dev/hidraw-bench'
  bus.plug(path)
  const reader = new HidReader(systemClock, systemIds, systemScheduler, async () => bus, noHotPlug)
  return await measured(await started(reader, '0c2e:0b61:S1'), (n) => {
    const report = hidReport(digits(n), { aim: ']E0' })
    const at = performance.now()
    bus.send(path, report)
    return at
  })
}

async function serial(): Promise<number[]> {
  const cable = await plugSerialCable()
  try {
    const preset = SerialPreset.parse({ path: cable.path, preset: 'honeywell' })
    const reader = new SerialReader(preset, systemClock, systemIds, systemScheduler)
    return await measured(await started(reader, cable.path), (n) => {
      const at = performance.now()
      cable.send(`${digits(n)}\r\n`)
      return at
    })
  } finally {
    await cable.close()
  }
}

async function wedge(): Promise<number[]> {
  const reader = new WedgeReader(systemClock, systemIds)
  return await measured(await started(reader, 'wedge'), (n) => {
    const keys = wedgeKeys(`${digits(n)}\n`)
    const at = performance.now()
    reader.receive(keys)
    return at
  })
}

/** A card's own answer takes time, which is measured and taken off. */
const CARD_MS = 2

async function pcsc(): Promise<number[]> {
  const name = 'Bench Reader 00 00'
  const slot = new DoubleSlot(name)
  const service = new DoubleService(slot)
  const reader = new PcscReader(systemClock, systemIds, systemScheduler, {
    load: service.load,
    usb: () => [],
    hotPlug: noHotPlug,
  })
  let cardMs = 0
  const answer = async (uid: string) => {
    const askedAt = performance.now()
    await new Promise((resolve) => setTimeout(resolve, CARD_MS))
    cardMs = performance.now() - askedAt
    return Buffer.from(`${uid}9000`, 'hex')
  }
  const running = await started(reader, name)
  const times: number[] = []
  for (let n = 0; n < WARM_UP + READS; n += 1) {
    const uid = `04${n.toString(16).padStart(12, '0')}`
    const read = running.next()
    const at = performance.now()
    slot.insert({ atr: TYPE_A_ATR, answer: () => answer(uid) })
    const took = (await read) - at - cardMs
    // The connection is given back before the card leaves, as at a counter.
    while (slot.openConnections > 0) await new Promise(setImmediate)
    slot.remove()
    if (n >= WARM_UP) times.push(took)
  }
  await reader.stop()
  return times.sort((a, b) => a - b)
}

const TRANSPORTS = [
  ['hid', hid, 'double of node-hid in this process; report handed over to MediumRead emitted'],
  [
    'serial',
    serial,
    'serialport on a pty held by script(1); bytes written into it to MediumRead emitted, kernel included',
  ],
  ['wedge', wedge, 'burst handed over to MediumRead emitted'],
  [
    'pcsc',
    pcsc,
    'nfc-pcsc and our binding over a double of pcsc-mini; card present to MediumRead emitted, less the card’s own answer',
  ],
] as const

/** A second each. */
const PCSCD_TAPS = 100

/** From the event that tells of a card to its read, over a real pcscd and virtual cards, less the calls of the binding. */
async function onPcscd(report: Report): Promise<void> {
  const missing = missingComponents(['pcscd', 'vsmartcard-vpcd'])
  if (missing) return console.error(missing)
  const { taps, lost, doubled, failed, oursMs, totalMs } = await tapsOnPcscd(PCSCD_TAPS)
  const at = (values: readonly number[], share: number) => Number(percentile(values, share).toFixed(3))
  report({
    row: 'present_to_id_p99_ms.pcscd',
    value: at(oursMs, 0.99),
    unit: 'ms',
    detail: {
      how: 'vpcd’s virtual cards on a real pcscd; card told of to MediumRead, less the time in the binding’s calls (connect, APDU)',
      taps,
      lost,
      doubled,
      failed,
      p50: at(oursMs, 0.5),
      max: at(oursMs, 1),
      withBinding: { p50: at(totalMs, 0.5), p99: at(totalMs, 0.99) },
    },
  })
}

/** Last byte or report to `MediumRead` emitted, for each transport; then a card's way on a real pcscd, where there is one. */
export async function run(report: Report): Promise<void> {
  for (const [transport, measure, how] of TRANSPORTS) {
    const times = await measure()
    const at = (share: number) =>
      Number((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(3))
    report({
      row: `emit_p99_ms.${transport}`,
      value: at(0.99),
      unit: 'ms',
      detail: { how, reads: times.length, p50: at(0.5), max: at(1) },
    })
  }
  await onPcscd(report)
}

function within<Value>(promise: Promise<Value>, milliseconds: number, what: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${milliseconds} ms: ${what}`)), milliseconds)
  })
  return Promise.race([promise, deadline]).finally(() => clearTimeout(timer))
}
