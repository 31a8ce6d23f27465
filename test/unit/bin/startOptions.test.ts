import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseStartOptions, type StartOptions } from '../../../bin/startOptions.ts'

const root = resolve('/checkout')

function options(...args: string[]): StartOptions {
  const parsed = parseStartOptions(args, root)
  if (!parsed.ok || parsed.value === 'help') throw new Error(`not options: ${JSON.stringify(parsed)}`)
  return parsed.value
}

function problem(...args: string[]): string {
  const parsed = parseStartOptions(args, root)
  return parsed.ok ? '' : parsed.problem
}

describe('npm start without options', () => {
  it('is the counter with a server and simulated readers of its own', () => {
    expect(options()).toEqual({
      shell: null,
      server: null,
      dataDir: resolve(root, '.tapcoupon'),
      port: null,
      enrolCode: null,
      firstRun: false,
      open: true,
      windowed: false,
      simulator: true,
      devices: true,
      serial: [],
      printer: null,
      registration: false,
    })
  })

  it('asks for its server and its code, as a new machine, with --first-run', () => {
    expect(options('--first-run')).toMatchObject({ server: null, firstRun: true, simulator: false })
    expect(options('--first-run', '--simulator').simulator).toBe(true)
    expect(problem('--first-run', '--server', 'https://coupons.example')).toContain('leave --server out')
  })

  it('is a registration terminal with a folder of its own when asked', () => {
    expect(options('--registration')).toMatchObject({
      registration: true,
      dataDir: resolve(root, '.tapcoupon/registration'),
    })
    expect(options('--registration', '--data-dir', 'x').dataDir).toBe(resolve(root, 'x'))
  })
})

describe('options', () => {
  it('take a data folder relative to the checkout', () => {
    expect(options('--data-dir', 'x').dataDir).toBe(resolve(root, 'x'))
    expect(options('--data-dir', resolve('/y')).dataDir).toBe(resolve('/y'))
  })

  it("leave the simulator out with somebody's server, unless it is asked for", () => {
    expect(options('--server', 'https://coupons.example/').simulator).toBe(false)
    expect(options('--server', 'https://coupons.example/', '--simulator').simulator).toBe(true)
    expect(options('--server', 'https://coupons.example/').server).toBe('https://coupons.example')
  })

  it.each([
    ['/dev/ttyACM0', { path: '/dev/ttyACM0', baudRate: 9_600 }],
    ['/dev/ttyACM0:115200', { path: '/dev/ttyACM0', baudRate: 115_200 }],
    ['COM3:19200', { path: 'COM3', baudRate: 19_200 }],
    // Linux names a port by its place with colons of its own.
    [
      '/dev/serial/by-path/pci-0000:00:14.0-usb-0:1:1.0',
      { path: '/dev/serial/by-path/pci-0000:00:14.0-usb-0:1:1.0', baudRate: 9_600 },
    ],
  ])('read a serial port: %s', (text, preset) => {
    expect(options('--serial', text).serial).toEqual([{ dataBits: 8, parity: 'none', stopBits: 1, ...preset }])
  })

  it.each([
    ['tcp:10.0.0.9', { kind: 'tcp', host: '10.0.0.9', port: 9_100 }],
    ['tcp:printer.local:9101', { kind: 'tcp', host: 'printer.local', port: 9_101 }],
    ['serial:/dev/ttyUSB1', { kind: 'serial', path: '/dev/ttyUSB1', baudRate: 9_600 }],
    ['serial:COM4:38400', { kind: 'serial', path: 'COM4', baudRate: 38_400 }],
    ['file:/dev/usb/lp0', { kind: 'file', path: '/dev/usb/lp0' }],
  ])('read where slips are printed: %s', (text, connection) => {
    expect(options('--printer', text).printer).toEqual({ connection, columns: 42 })
    expect(options('--printer', text, '--printer-columns', '32').printer?.columns).toBe(32)
  })

  it('may name several serial ports', () => {
    expect(options('--serial', 'COM3', '--serial', 'COM4:4800').serial.map(({ path }) => path)).toEqual([
      'COM3',
      'COM4',
    ])
  })
})

describe('what is wrong is named', () => {
  it.each([
    [['--bogus'], /--bogus/],
    [['extra'], /extra/],
    [['--port'], /--port/],
    [['--port', '65536'], /--port.*65536/],
    [['--port', '-1'], /--port/],
    [['--shell', 'tauri'], /--shell.*electron, browser, none.*tauri/],
    [['--server', 'coupons.example'], /--server/],
    [['--server', 'ftp://coupons.example'], /--server/],
    [['--serial', 'COM3:12'], /--serial.*COM3:12/],
    [['--serial', ''], /--serial/],
    [['--printer', 'lp0'], /--printer wants .*lp0/],
    [['--printer', 'file:lp0', '--printer-columns', '9'], /--printer-columns.*24 to 64/],
  ])('%j', (args, named) => {
    expect(problem(...args)).toMatch(named)
  })
})
