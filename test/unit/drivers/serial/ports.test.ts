import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { listedPorts } from '../../../../drivers/serial/ports.ts'

interface Plugged {
  readonly node: string
  /** USB port, as the kernel names it. */
  readonly port: string
  readonly ids: readonly [vendor: string, product: string]
  readonly strings?: { readonly manufacturer?: string; readonly product?: string; readonly serial?: string }
  readonly byId: string
}

const FTDI = { ids: ['0403', '6001'], byId: 'usb-FTDI_FT232R_USB_UART_A10K1X2Y-if00-port0' } as const
const CH340 = { ids: ['1a86', '7523'], byId: 'usb-1a86_USB_Serial-if00-port0' } as const

/** A copy of what Linux and udev show of serial ports; a later device takes over a link of the same name, as in udev. */
function machine(...plugged: readonly Plugged[]) {
  const root = mkdtempSync(join(tmpdir(), 'tapcoupon-ports-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const folders = { dev: join(root, 'dev'), sys: join(root, 'sys') }
  const link = (target: string, path: string) => {
    rmSync(path, { force: true })
    symlinkSync(target, path)
  }
  for (const folder of ['dev/serial/by-id', 'dev/serial/by-path', 'sys/class/tty']) {
    mkdirSync(join(root, folder), { recursive: true })
  }
  for (const { node, port, ids, strings = {}, byId } of plugged) {
    const device = join(folders.sys, 'devices', port)
    const at = join(device, `${port}:1.0`, node)
    mkdirSync(at, { recursive: true })
    const files = { idVendor: ids[0], idProduct: ids[1], ...strings }
    for (const [file, said] of Object.entries(files)) writeFileSync(join(device, file), `${said}\n`)
    mkdirSync(join(folders.sys, 'class/tty', node), { recursive: true })
    link(at, join(folders.sys, 'class/tty', node, 'device'))
    writeFileSync(join(folders.dev, node), '')
    link(join(folders.dev, node), join(folders.dev, 'serial/by-id', byId))
    link(join(folders.dev, node), join(folders.dev, 'serial/by-path', `usb-0:${port}:1.0`))
  }
  return { folders, dev: (path: string) => join(folders.dev, path) }
}

describe.runIf(process.platform === 'linux')('serial ports', () => {
  it('of a converter with a serial number are known by that, wherever it is plugged in', async () => {
    const strings = { manufacturer: 'FTDI', product: 'FT232R USB UART', serial: 'A10K1X2Y' }
    const { folders, dev } = machine({ node: 'ttyUSB3', port: '1-1.2', strings, ...FTDI })
    expect(await listedPorts([], folders)).toEqual([
      {
        path: dev(`serial/by-id/${FTDI.byId}`),
        name: 'FTDI FT232R USB UART',
        vendorId: '0403',
        productId: '6001',
        serialNumber: 'A10K1X2Y',
        accessible: true,
      },
    ])
  })

  it('of two converters without serial numbers are told apart by where they are plugged in', async () => {
    const { folders, dev } = machine(
      { node: 'ttyUSB0', port: '1-1', ...CH340 },
      { node: 'ttyUSB1', port: '1-2', ...CH340 },
    )
    const ports = await listedPorts([], folders)
    expect(ports.map(({ path }) => path).sort()).toEqual(
      ['1-1', '1-2'].map((port) => dev(`serial/by-path/usb-0:${port}:1.0`)),
    )
  })

  it('that a scanner itself is are known for that; behind a converter there may be any scanner', async () => {
    const { folders } = machine(
      { node: 'ttyACM0', port: '1-1', ids: ['1234', '5678'], byId: 'usb-Some_Scanner-if00' },
      { node: 'ttyUSB0', port: '1-2', ids: ['05e0', '1701'], byId: 'usb-Symbol-if00-port0' },
      { node: 'ttyUSB1', port: '1-3', ...FTDI },
    )
    const presets = (await listedPorts([], folders)).map(({ vendorId, preset }) => [vendorId, preset])
    expect(Object.fromEntries(presets)).toEqual({ '1234': 'usb-cdc', '05e0': 'usb-cdc', '0403': undefined })
  })

  it('that serialport lists keep what it says of them; built-in ones have their own name', async () => {
    const { folders, dev } = machine()
    writeFileSync(dev('ttyS0'), '')
    expect(await listedPorts([{ path: dev('ttyS0') }], folders)).toEqual([
      { path: dev('ttyS0'), name: dev('ttyS0'), accessible: true },
    ])
  })

  it('that may not be opened, or have gone, name the command that helps', async () => {
    const { folders, dev } = machine()
    const [port] = await listedPorts([{ path: dev('ttyUSB9'), manufacturer: 'FTDI' }], folders)
    expect(port).toMatchObject({ name: 'FTDI', accessible: false })
    expect(port?.fix).toContain('sudo usermod -aG dialout ')
  })
})
