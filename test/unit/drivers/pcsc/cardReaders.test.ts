import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  hasGone,
  identityOf,
  type UsbAddress,
  untoldReaders,
  unusedReaders,
  usbDeviceOf,
} from '../../../../drivers/pcsc/cardReaders.ts'
import { type UsbDevice, usbDevices } from '../../../../drivers/usbPlace.ts'

const acr = (port: string, changes: Partial<UsbDevice> = {}): UsbDevice => ({
  port,
  vendorId: 0x072f,
  productId: 0x2200,
  serial: '',
  product: 'ACR122U',
  bus: 1,
  address: 7,
  interfaceClasses: [0x0b],
  drivers: [],
  ...changes,
})
const NAME = 'ACS ACR122U PICC Interface 00 00'

const identified = (name: string, usb: UsbAddress | null, devices: readonly UsbDevice[], others: ReadonlySet<string>) =>
  identityOf(name, usbDeviceOf(name, usb, devices), others)

describe('a card reader', () => {
  it('whose name in PC/SC carries its serial number is found by that', () => {
    const gemalto = 'Gemalto USB SmartCard Reader [CCID Interface] (S-77) 00 00'
    const device = acr('1-3', { vendorId: 0x08e6, productId: 0x4433, serial: 'S-77' })
    expect(identified(gemalto, null, [acr('1-1'), device], new Set()).known.readerId).toBe('08e6:4433:S-77')
    expect(identified(gemalto, null, [device, { ...device, port: '1-4' }], new Set()).known.readerId).toBe(gemalto)
  })

  it('is known by its USB port, not by the number that PC/SC gives it', () => {
    const { known, port } = identified(NAME, { bus: 1, address: 7 }, [acr('1-1.2')], new Set())
    expect(known).toMatchObject({
      readerId: '072f:2200:1-1.2',
      portPath: 'usb 1-1.2',
      model: 'ACS ACR122U',
      capabilities: { buzzer: true, led: true },
    })
    expect(port).toBe('1-1.2')
    expect(
      identified('ACS ACR122U PICC Interface 01 00', { bus: 1, address: 7 }, [acr('1-1.2')], new Set()).known.readerId,
    ).toBe('072f:2200:1-1.2')
  })

  it('is known by its serial number where it has one; two with the same by their ports', () => {
    const twins = [acr('1-1', { serial: 'RR1' }), acr('1-2', { serial: 'RR1', address: 8 })]
    const first = identified(NAME, { bus: 1, address: 7 }, twins, new Set()).known.readerId
    expect(first).toBe('072f:2200:RR1')
    expect(identified(NAME, { bus: 1, address: 8 }, twins, new Set([first])).known.readerId).toBe('072f:2200:RR1@1-2')
  })

  it('with several slots has an id for each', () => {
    const sam = identified('ACS ACR1252 1S CL Reader [SAM] 00 01', { bus: 1, address: 7 }, [acr('1-1')], new Set())
    expect(sam.known.readerId).toBe('072f:2200:1-1#1')
  })

  it('whose driver does not say where it is keeps its name', () => {
    const { known, port } = identified('Virtual PCD 00 00', null, [acr('1-1')], new Set())
    expect(known).toEqual({ readerId: 'Virtual PCD 00 00', name: 'Virtual PCD 00 00' })
    expect(port).toBeNull()
  })
})

describe('a card reader that PC/SC does not give us', () => {
  it('is in conflict when the kernel’s NFC driver holds it, with the command that ends that', () => {
    const [unused] = unusedReaders([acr('1-1', { drivers: ['pn533_usb'] })], new Set(), false, 4)
    expect(unused?.fault).toMatchObject({ state: 'conflict', code: 'kernel_driver' })
    expect(unused?.fault.fix).toContain('blacklist pn533_usb')
    expect(unused?.known).toMatchObject({ readerId: '072f:2200:1-1', name: 'ACR122U', portPath: 'usb 1-1' })
  })

  it('is named when all places are taken', () => {
    const [unused] = unusedReaders([acr('1-1'), acr('1-2')], new Set(['1-1']), true, 4)
    expect(unused?.fault).toMatchObject({ state: 'error', code: 'slot_limit' })
    expect(unused?.known.portPath).toBe('usb 1-2')
  })

  it('is not mentioned while there is room, nor are other devices ever', () => {
    expect(unusedReaders([acr('1-1')], new Set(), false, 4)).toEqual([])
    expect(unusedReaders([acr('1-1', { interfaceClasses: [3] })], new Set(), true, 4)).toEqual([])
  })
})

describe('a card reader that PC/SC still lists', () => {
  const gemalto = 'Gemalto USB SmartCard Reader [CCID Interface] (S-77) 00 00'
  const plugged = acr('1-3', { serial: 'S-77' })

  it('has gone when the USB has neither its address nor its serial number', () => {
    expect(hasGone(NAME, { bus: 1, address: 8 }, [plugged])).toBe(true)
    expect(hasGone(NAME, { bus: 1, address: 7 }, [plugged])).toBe(false)
    expect(hasGone(gemalto, null, [acr('1-3')])).toBe(true)
    expect(hasGone(gemalto, null, [plugged])).toBe(false)
    expect(hasGone(gemalto, null, [plugged, acr('1-4', { serial: 'S-77' })])).toBe(false)
  })

  it('is believed to be there when it does not say that it is on the USB', () => {
    expect(hasGone('Virtual PCD 00 00', null, [plugged])).toBe(false)
  })
})

describe('a card reader that PC/SC should have told of', () => {
  it('is one without a slot, by what a replug changes', () => {
    const devices = [acr('1-1'), acr('1-2', { address: 9 }), acr('1-3', { interfaceClasses: [3] })]
    expect(untoldReaders(devices, new Set(['1/7']))).toEqual(['1/9'])
  })

  it('is not one that the kernel holds', () => {
    expect(untoldReaders([acr('1-1', { drivers: ['pn533_usb'] })], new Set())).toEqual([])
  })
})

describe('the USB devices of Linux', () => {
  const sysfs = mkdtempSync(join(tmpdir(), 'tapcoupon-sysfs-'))
  afterAll(() => rmSync(sysfs, { recursive: true }))
  const write = (path: string, files: Record<string, string>) => {
    const folder = join(sysfs, 'bus/usb/devices', path)
    mkdirSync(folder, { recursive: true })
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), `${content}\n`)
    return folder
  }

  it('are read with their interfaces and who drives them', () => {
    write('usb1', { idVendor: '1d6b' })
    write('1-1.2', { idVendor: '072f', idProduct: '2200', busnum: '1', devnum: '7', product: 'ACR122U' })
    const face = write('1-1.2:1.0', { bInterfaceClass: '0b' })
    mkdirSync(join(sysfs, 'pn533_usb'))
    symlinkSync(join(sysfs, 'pn533_usb'), join(face, 'driver'))
    expect(usbDevices(sysfs)).toEqual([acr('1-1.2', { drivers: ['pn533_usb'] })])
  })

  it('are none where there is no sysfs', () => {
    expect(usbDevices(join(sysfs, 'missing'))).toBeNull()
  })
})
