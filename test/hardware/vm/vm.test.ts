import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GuestPcscd } from '../rigs/vm/guestPcscd.ts'
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
import { HONEYWELL, hidDevice, SHIFTED, scanReports, UNNUMBERED, WITHOUT_AIM } from '../rigs/vm/scannerModels.ts'
import type { VirtualMachine } from '../rigs/vm/virtualMachine.ts'

const ean = Buffer.from(EAN)

let station: GuestStation
let vm: VirtualMachine
const measured: string[] = []

beforeAll(async () => {
  station = await GuestStation.start()
  vm = station.vm
  measured.push(`boot ${Math.round(vm.bootMs)} ms`)
}, 180_000)

afterAll(async () => {
  await vm?.stop()
  console.log(`virtual machine: ${measured.join('; ')}`)
})

describe('the virtual machine', () => {
  it('boots within a minute under software emulation', () => {
    expect(vm.bootMs).toBeLessThan(60_000)
  })

  it("runs this checkout without being able to change the machine's files", async () => {
    const file = join(import.meta.dirname, 'written-in-the-guest')
    expect(await vm.run(['sh', '-c', `echo x > ${file} && cat ${file}`])).toMatchObject({ code: 0, stdout: 'x\n' })
    expect(existsSync(file)).toBe(false)
  })
})

describe('a HID POS scanner', () => {
  const models = [HONEYWELL, SHIFTED, WITHOUT_AIM, UNNUMBERED]
  const devices = models.flatMap((model) =>
    (['uhid', 'usbHid'] as const).map((bus) => ({ bus, model, name: model.name })),
  )

  it.each(devices)('$name on $bus: is found, read, missed when unplugged, and found again', async ({ bus, model }) => {
    const scanner = await vm.scanners[bus](hidDevice(model, `${bus}1`))
    const vendorAndProduct = [model.vendorId, model.productId].map((id) => id.toString(16).padStart(4, '0')).join(':')
    const readerId = `${vendorAndProduct}:${bus}1`
    const long = `https://coupon.example/${'x'.repeat(150)}`

    for (const _plugged of ['first', 'again']) {
      const since = station.readers.mark
      await scanner.plug()
      await station.ready(readerId, since)
      const sent = await scanner.send(scanReports(model, ean, ']E0'))
      const short = await station.readers.read(readerId, { what: 'read of one report', since })
      expect(short.read.medium).toEqual({ type: 'barcode', identifier: EAN })
      measured.push(`${bus} report to read ${(short.atMs - sent.atMs).toFixed(1)} ms`)

      await scanner.send(scanReports(model, Buffer.from(long), ']Q1'))
      await expect.poll(() => station.readers.outcomes(since)).toHaveLength(2)
      expect(station.readers.outcomes(since)[1]).toMatchObject({ medium: { type: 'qr', identifier: long } })

      const unplugging = station.readers.mark
      await scanner.unplug()
      await station.absent(readerId, unplugging)
    }
    await scanner.remove()
  })

  it('of two that are identical and have no serial number, each is known by its USB port', async () => {
    const twins = [
      await vm.scanners.usbHid(hidDevice(UNNUMBERED, '')),
      await vm.scanners.usbHid(hidDevice(UNNUMBERED, '')),
    ]
    const readerIds: string[] = []
    for (const twin of twins) {
      const since = station.readers.mark
      await twin.plug()
      const { health } = await station.readers.health(
        ({ readerId, state }) => readerId.startsWith('1234:0002:') && state === 'ready',
        {
          what: 'ready twin',
          since,
        },
      )
      readerIds.push(health.readerId)
    }
    expect(new Set(readerIds).size).toBe(2)
    for (const [index, twin] of twins.entries()) {
      expect(readerIds[index]).toMatch(/^1234:0002:\d+-\d+$/)
      const since = station.readers.mark
      await twin.send(scanReports(UNNUMBERED, ean, ']E0'))
      const { read } = await station.readers.read(readerIds[index]!, { what: 'read by the right twin', since })
      expect(read.medium.identifier).toBe(EAN)
    }
    for (const twin of twins) await twin.remove()
    for (const readerId of readerIds) await station.absent(readerId, 0)
  })
})

describe('a USB-CDC scanner', () => {
  it('is opened when it is plugged in, read however its bytes are split, and found again', async () => {
    const scanner = await vm.scanners.usbSerial(SERIAL_SCANNER)
    for (const _plugged of ['first', 'again']) {
      const since = station.readers.mark
      await scanner.plug()
      await station.ready(SERIAL_PATH, since)
      const sent = await scanner.send([Buffer.from(`${EAN}\r\n`)])
      const { atMs } = await station.readers.read(SERIAL_PATH, { what: 'serial read', since })
      measured.push(`serial bytes to read ${(atMs - sent.atMs).toFixed(1)} ms`)
      await scanner.send(
        [...`${EAN}\r\n`].map((character) => Buffer.from(character)),
        2,
      )
      await expect.poll(() => station.readers.outcomes(since)).toHaveLength(2)
      for (const outcome of station.readers.outcomes(since))
        expect(outcome).toMatchObject({ medium: { identifier: EAN } })
      const unplugging = station.readers.mark
      await scanner.unplug()
      await station.absent(SERIAL_PATH, unplugging)
    }
    await scanner.remove()
  })
})

describe('a CCID card reader', () => {
  it('comes, reads a card, goes, and comes again', async () => {
    const port = vm.cardReader()
    for (const _plugged of ['first', 'again']) {
      const since = station.readers.mark
      await port.plug()
      const { readerId } = await station.cardReaderReady(since)
      const insertedAt = performance.now()
      port.insert(card)
      const { read, hostMs } = await station.readers.read(readerId, { what: 'card read', since })
      expect(read).toMatchObject({ medium: { type: 'nfc-uid', identifier: UID }, entry: 'tap' })
      measured.push(`card to read ${(hostMs - insertedAt).toFixed(0)} ms`)
      const unplugging = station.readers.mark
      await port.unplug()
      await station.absent(readerId, unplugging)
      expect(station.readers.outcomes(since)).toHaveLength(1)
    }
  })

  it('is back within 2 s when pcscd has been killed and started again', async () => {
    const port = vm.cardReader()
    let since = station.readers.mark
    await port.plug()
    const { readerId } = await station.cardReaderReady(since)

    since = station.readers.mark
    await station.pcscd.kill()
    await station.absent(readerId, since)
    await station.readers.health(({ readerId, code }) => readerId === 'pcsc' && code === 'pcscd_not_running', {
      what: 'missing service',
      since,
    })
    since = station.readers.mark
    station.pcscd = await GuestPcscd.start(vm)
    const startedAt = performance.now()
    const { hostMs } = await station.cardReaderReady(since)
    measured.push(`card reader after pcscd's start ${(hostMs - startedAt).toFixed(0)} ms`)
    expect(hostMs - startedAt).toBeLessThan(RECOVERY_MS)
    port.insert(card)
    await station.readers.read(readerId, { what: 'card read', since })
    since = station.readers.mark
    await port.unplug()
    await station.absent(readerId, since)
  })
})

describe('a user who may not open the devices', () => {
  /** As a kiosk's user is set up: no root, no capabilities, a member of plugdev. */
  const asUser = ['setpriv', '--reuid=65534', '--regid=65534', '--groups=46', '--inh-caps=-all', '--bounding-set=-all']

  it('is told a command, after which the scanner works without a restart', async () => {
    const root = join(import.meta.dirname, '../..')
    // The checkout may lie in a folder of root's; the guest's copy of its permissions is the guest's own.
    const traversable = 'while [ "$PWD" != / ]; do chmod o+x .; cd ..; done'
    expect(await vm.run(['sh', '-c', traversable], 30_000, root)).toMatchObject({ code: 0 })
    const theirs = await GuestReaders.start(vm, { ...ALL_TRANSPORTS, pcsc: false, serial: [] }, asUser)
    const readerId = '0c2e:0b6a:locked'
    const scanner = await vm.scanners.usbHid(hidDevice(HONEYWELL, 'locked'))
    await scanner.plug()
    const denied = await theirs.health((health) => health.readerId === readerId && health.state === 'denied', {
      what: 'denied scanner',
      deadlineMs: 60_000,
    })
    const command = /sudo .*/.exec(denied.health.fix ?? '')?.[0]
    expect(command).toContain('resources/udev/70-tapcoupon-readers.rules')

    const since = theirs.mark
    expect(await vm.run(['sh', '-c', command!.replaceAll('sudo ', '')], 60_000, root)).toMatchObject({ code: 0 })
    await theirs.health((health) => health.readerId === readerId && health.state === 'ready', {
      what: 'ready scanner',
      since,
    })
    await scanner.send(scanReports(HONEYWELL, ean, ']E0'))
    const { read } = await theirs.read(readerId, { what: 'read', since })
    expect(read.medium.identifier).toBe(EAN)
    await theirs.kill()
    await scanner.remove()
  })
})

describe('a devices program that was killed', () => {
  it('finds what was plugged in while it was away', async () => {
    const hid = await vm.scanners.usbHid(hidDevice(HONEYWELL, 'kept'))
    const port = vm.cardReader()
    await hid.plug()
    await port.plug()
    await station.readers.kill('SIGKILL')
    station.readers = await GuestReaders.start(vm, ALL_TRANSPORTS)
    await station.ready('0c2e:0b6a:kept', 0, START_MS)
    const { readerId } = await station.cardReaderReady(0, START_MS)
    await hid.send(scanReports(HONEYWELL, ean, ']E0'))
    port.insert(card)
    await station.readers.read('0c2e:0b6a:kept', { what: 'scan' })
    await station.readers.read(readerId, { what: 'card read' })
    expect(station.readers.outcomes()).toHaveLength(2)
  })
})
