import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CardReaderPort } from '../rigs/vm/cardReader.ts'
import { GuestReaders } from '../rigs/vm/guestReaders.ts'
import {
  ALL_TRANSPORTS,
  card,
  EAN,
  GuestStation,
  RECOVERY_MS,
  SERIAL_PATH,
  SERIAL_SCANNER,
  START_MS,
  UID,
} from '../rigs/vm/guestStation.ts'
import { HONEYWELL, hidDevice, scanReports } from '../rigs/vm/scannerModels.ts'
import type { VirtualMachine } from '../rigs/vm/virtualMachine.ts'

const CARD_HOLDER = join(import.meta.dirname, '../rigs/vm/guest/cardHolder.ts')
const ean = Buffer.from(EAN)

let station: GuestStation
let vm: VirtualMachine
const measured: string[] = []

beforeAll(async () => {
  station = await GuestStation.start()
  vm = station.vm
}, 180_000)

afterAll(async () => {
  await vm?.stop()
  console.log(`ready again after: ${measured.join('; ')}`)
})

/** Since when there is no cause any more, and how long it took. */
function within(what: string, since: number, readyAt: number): void {
  measured.push(`${what} ${(readyAt - since).toFixed(0)} ms`)
  expect(readyAt - since).toBeLessThan(RECOVERY_MS)
}

describe('a HID scanner', () => {
  const readerId = '0c2e:0b6a:stolen'

  it('that another program listens to as well loses nothing to it: Linux gives every listener every report', async () => {
    const scanner = await vm.scanners.usbHid(hidDevice(HONEYWELL, 'stolen'))
    const since = station.readers.mark
    await scanner.plug()
    await station.ready(readerId, since)
    const listener = await vm.spawn([
      'sh',
      '-c',
      'for node in /dev/hidraw*; do cat $node >/dev/null & done; echo on; wait',
    ])
    await listener.says('on')
    for (const count of [1, 2, 3]) {
      await scanner.send(scanReports(HONEYWELL, ean, ']E0'))
      await expect.poll(() => station.readers.outcomes(since)).toHaveLength(count)
    }
    await vm.run(['sh', '-c', 'busybox killall cat'])
    await scanner.remove()
    await station.absent(readerId, since)
  })

  it('that a program has taken from the kernel is absent, and ready within 2 s when it is given back', async () => {
    const scanner = await vm.scanners.usbHid(hidDevice(HONEYWELL, 'stolen'))
    let since = station.readers.mark
    await scanner.plug()
    await station.ready(readerId, since)
    // What libusb_detach_kernel_driver comes to.
    const driver = '/sys/bus/usb/drivers/usbhid'
    const found = await vm.run(['sh', '-c', `basename $(ls -d ${driver}/*:*)`])
    const device = found.stdout.trim()
    since = station.readers.mark
    expect(await vm.run(['sh', '-c', `echo ${device} > ${driver}/unbind`])).toMatchObject({ code: 0 })
    await station.absent(readerId, since)
    since = station.readers.mark
    const givenBackAt = performance.now()
    expect(await vm.run(['sh', '-c', `echo ${device} > ${driver}/bind`])).toMatchObject({ code: 0 })
    const { hostMs } = await station.ready(readerId, since)
    within('HID, taken from the kernel', givenBackAt, hostMs)
    await scanner.send(scanReports(HONEYWELL, ean, ']E0'))
    await station.readers.read(readerId, { what: 'scan', since })
    await scanner.remove()
  })
})

describe('a serial scanner', () => {
  /** Opens a device without waiting for a carrier, does `hold` with it and keeps it. perl is part of every Debian. */
  const holder = (hold: string) => [
    'perl',
    '-MFcntl=:DEFAULT,:flock',
    '-e',
    `sysopen F, "${SERIAL_PATH}", O_RDWR | O_NONBLOCK | O_NOCTTY or die $!; ${hold} or die $!; $| = 1; print "held\\n"; sleep 600`,
  ]
  const TIOCEXCL = 0x540c
  /** As a kiosk's user is set up: no root, no capabilities, a member of plugdev and dialout. */
  const asUser = [
    'setpriv',
    '--reuid=65534',
    '--regid=65534',
    '--groups=46,20',
    '--inh-caps=-all',
    '--bounding-set=-all',
  ]

  it.each([
    ['for itself (TIOCEXCL)', holder(`ioctl(F, ${TIOCEXCL}, 0)`)],
    ['locked (flock)', holder('flock(F, LOCK_EX | LOCK_NB)')],
  ])('that another program has %s is busy, and ready within 2 s when it is released', async (_how, argv) => {
    await vm.run(['sh', '-c', 'while [ "$PWD" != / ]; do chmod o+x .; cd ..; done'], 30_000, import.meta.dirname)
    const theirs = await GuestReaders.start(vm, { ...ALL_TRANSPORTS, pcsc: false, hid: false }, asUser)
    const states = (since: number, state: string, code?: string) =>
      theirs.health((health) => health.readerId === SERIAL_PATH && health.state === state && health.code === code, {
        what: `${state} port`,
        since,
        deadlineMs: START_MS,
      })
    const scanner = await vm.scanners.usbSerial(SERIAL_SCANNER)
    // The station's own readers, which are root's, let go of it.
    await station.readers.configure({ ...ALL_TRANSPORTS, serial: [] })
    // Taken while it is away: the thief is there before it is.
    const waiting = ['sh', '-c', `until [ -w ${SERIAL_PATH} ]; do sleep 0.01; done; exec "$@"`, 'sh', ...argv]
    await theirs.configure({ ...ALL_TRANSPORTS, pcsc: false, hid: false, serial: [] })
    const thief = await vm.spawn(waiting)
    await scanner.plug()
    await thief.says('held')
    let since = theirs.mark
    await theirs.configure({ ...ALL_TRANSPORTS, pcsc: false, hid: false })
    const { health } = await states(since, 'busy', 'port_in_use')
    expect(health.fix).toBe(`Another program has ${SERIAL_PATH} open. Close it.`)

    since = theirs.mark
    const releasedAt = performance.now()
    await thief.kill('SIGKILL')
    const { hostMs } = await states(since, 'ready')
    within(`serial, ${_how}`, releasedAt, hostMs)
    await scanner.send([Buffer.from(`${EAN}\r\n`)])
    await theirs.read(SERIAL_PATH, { what: 'scan', since })
    await theirs.kill()
    await scanner.remove()
    await station.readers.configure(ALL_TRANSPORTS)
  })
})

describe('a card reader', () => {
  /** pcscd looks for cards every 400 ms: one that comes sooner is not told from the one before. */
  const swapCard = async (port: CardReaderPort) => {
    port.removeCard()
    await setTimeout(1_000)
    port.insert(card)
  }

  it('that another program has to itself is in conflict, and ready within 2 s when it is released', async () => {
    const port = vm.cardReader()
    let since = station.readers.mark
    await port.plug()
    const { readerId } = await station.cardReaderReady(since)
    port.insert(card)
    await station.readers.read(readerId, { what: 'card read', since })

    since = station.readers.mark
    const thief = await vm.spawnNode(CARD_HOLDER)
    await thief.message('hold of the card', (message) => message === 'held', { deadlineMs: START_MS })
    // pcsc-lite tells of a hold with the next card only.
    await swapCard(port)
    const { health } = await station.health(readerId, 'conflict', since)
    expect(health).toMatchObject({ code: 'reader_in_use', fix: expect.stringContaining('Another program holds') })
    await station.readers.failure(readerId, { what: 'end of the tap', since })

    since = station.readers.mark
    const releasedAt = performance.now()
    await thief.kill('SIGKILL')
    const { hostMs } = await station.ready(readerId, since)
    within('card reader', releasedAt, hostMs)
    await swapCard(port)
    const { read } = await station.readers.read(readerId, { what: 'card read after the release', since })
    expect(read.medium.identifier).toBe(UID)
    since = station.readers.mark
    await port.unplug()
    await station.absent(readerId, since)
  })
})
