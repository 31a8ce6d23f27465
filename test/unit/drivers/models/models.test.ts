import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scannersIn } from '../../../../drivers/hid/scanners.ts'
import { modelOfCardReader, modelOfUsb } from '../../../../drivers/models/index.ts'
import { KNOWN_FAMILIES } from '../../../../drivers/models/known.ts'

const keyboard = { usagePage: 1, usage: 6 }
const scanner = { usagePage: 0x8c, usage: 2 }
const noPort = async () => null

describe('the families of readers', () => {
  it('are the files of one folder: no list has to be kept beside them', () => {
    const folder = join(import.meta.dirname, '../../../../drivers/models/families')
    expect(KNOWN_FAMILIES).toHaveLength(readdirSync(folder).length)
    expect(new Set(KNOWN_FAMILIES.map(({ family }) => family)).size).toBe(KNOWN_FAMILIES.length)
  })

  it.each([
    [0x0c2e, 0x0b61, 'Honeywell'],
    [0x05e0, 0x1701, 'Zebra'],
    [0x1eab, 0x0d10, 'Newland'],
    [0x0db5, 0x0117, 'Access-IS'],
    [0x072f, 0x2200, 'ACS ACR122U'],
    [0x054c, 0x0dc8, 'Sony PaSoRi'],
  ])('are known by their USB ids: %x:%x', (vendorId, productId, family) => {
    expect(modelOfUsb(vendorId, productId)?.family).toBe(family)
  })

  it('are not guessed', () => {
    expect(modelOfUsb(0x1234, 0x0001)).toBeNull()
    expect(modelOfCardReader('Virtual PCD 00 00')).toBeNull()
  })

  it.each([
    ['ACS ACR122U PICC Interface 00 00', 'accepted', 'ff00400e0401000101'],
    ['ACS ACR122U PICC Interface 00 00', 'refused', 'ff00400d0403010201'],
    ['ACS ACR1252 1S CL Reader [ACR1252 Reader PICC] 00 00', 'accepted', 'e0000028010a'],
    ['ACS ACR1252 1S CL Reader [ACR1252 Reader PICC] 00 00', 'refused', 'e00000280132'],
  ] as const)('tell the customer by the bytes of their manuals: %s, %s', (name, outcome, bytes) => {
    expect(Buffer.from(modelOfCardReader(name)!.pcsc!.indicate!(outcome)).toString('hex')).toBe(bytes)
  })

  it('never write a reader’s flash memory to tell something', () => {
    for (const { pcsc } of KNOWN_FAMILIES) {
      for (const outcome of ['accepted', 'refused'] as const) {
        const bytes = Buffer.from(pcsc?.indicate?.(outcome) ?? []).toString('hex')
        expect(bytes).not.toMatch(/^e0000021/)
      }
    }
  })
})

describe('scanners in a list of HID devices', () => {
  it('in keyboard mode are named with the code to scan; other keyboards are nobody’s business', async () => {
    const found = await scannersIn(
      [
        { vendorId: 0x05e0, productId: 0x1200, path: '/dev/hidraw0', product: 'DS2208', ...keyboard },
        { vendorId: 0x046d, productId: 0xc31c, path: '/dev/hidraw1', product: 'Keyboard', ...keyboard },
      ],
      noPort,
    )
    expect(found).toMatchObject([{ name: 'DS2208', model: 'Zebra', fault: { state: 'absent', code: 'keyboard_mode' } }])
    expect(found[0]?.fault?.fix).toContain('USB HID POS')
  })

  it('of Honeywell in keyboard mode name the barcode that switches them, for the manager’s screen', async () => {
    const voyager = { vendorId: 0x0c2e, productId: 0x0b61, path: '/dev/hidraw0', product: 'Voyager' }
    const [found] = await scannersIn([{ ...voyager, ...keyboard }], noPort)
    expect(found).toMatchObject({ programmingCode: 'PAP131.', fault: { code: 'keyboard_mode' } })
    const [switched] = await scannersIn([{ ...voyager, ...scanner }], noPort)
    expect(switched).not.toHaveProperty('programmingCode')
    expect(switched).not.toHaveProperty('fault')
  })

  it('in a mode of their maker’s own are told apart from keyboards', async () => {
    const snapi = { vendorId: 0x05e0, productId: 0x1900, path: '/dev/hidraw0', usagePage: 0xff45, usage: 0x4b00 }
    expect((await scannersIn([snapi], noPort))[0]?.fault?.code).toBe('wrong_mode')
  })

  it('that also have a keyboard collection are scanners', async () => {
    const device = { vendorId: 0x0c2e, productId: 0x0b61, serialNumber: 'S1' }
    const found = await scannersIn(
      [
        { ...device, path: '/dev/hidraw0', ...keyboard },
        { ...device, path: '/dev/hidraw1', ...scanner },
      ],
      noPort,
    )
    expect(found).toMatchObject([{ path: '/dev/hidraw1', readerId: '0c2e:0b61:S1' }])
    expect(found[0]?.fault).toBeUndefined()
  })

  it('of Honeywell may list their collection on its vendor page', async () => {
    const device = { vendorId: 0x0c2e, productId: 0x0b61, path: '/dev/hidraw0', usagePage: 0xff8c, usage: 2 }
    expect(await scannersIn([device], noPort)).toHaveLength(1)
    expect(await scannersIn([{ ...device, vendorId: 0x1234 }], noPort)).toHaveLength(0)
  })

  it('with the same serial number are told apart by port, and keep their ids whatever the order', async () => {
    const twin = { vendorId: 0x1234, productId: 2, serialNumber: 'SAME', ...scanner }
    const [a, b] = [
      { ...twin, path: '/dev/hidraw0' },
      { ...twin, path: '/dev/hidraw1' },
    ]
    const portOf = async (path: string) => (path === '/dev/hidraw0' ? '1-1' : '1-2')
    const first = await scannersIn([b], portOf)
    expect(first.map(({ readerId }) => readerId)).toEqual(['1234:0002:SAME'])
    const known = new Map(first.map(({ path, readerId }) => [path, readerId]))
    const both = await scannersIn([a, b], portOf, known)
    expect(new Map(both.map(({ path, readerId }) => [path, readerId]))).toEqual(
      new Map([
        ['/dev/hidraw1', '1234:0002:SAME'],
        ['/dev/hidraw0', '1234:0002:SAME@1-1'],
      ]),
    )
    expect(both.map(({ portPath }) => portPath)).toEqual(['usb 1-2', 'usb 1-1'])
  })

  it.each(['', '0', '00000000', 'FFFFFFFF', '1234', '0123456789'])(
    'with the serial number %j, which says nothing, are known by their port',
    async (serialNumber) => {
      const device = { vendorId: 0x1234, productId: 2, path: '/dev/hidraw0', serialNumber, ...scanner }
      const [found] = await scannersIn([device], async () => '1-2')
      expect(found?.readerId).toBe('1234:0002:1-2')
    },
  )
})
