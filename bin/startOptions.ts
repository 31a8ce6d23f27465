import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { PrinterSettings } from '../core/counter/slip.ts'
import { accepted, type Outcome, refused } from '../core/outcome.ts'
import { SerialPreset } from '../core/readers/protocol.ts'
import { printerOption } from './printerOption.ts'

const SHELLS = ['electron', 'browser', 'none'] as const
export type ShellName = (typeof SHELLS)[number]

export interface StartOptions {
  /** null: Electron where it can be had, else the browser. */
  readonly shell: ShellName | null
  /** Base URL of a coupon server; null: the embedded one, with sample data. */
  readonly server: string | null
  /** No server is started here and none is named: this machine asks for it, as a new one does. */
  readonly firstRun: boolean
  readonly dataDir: string
  /** Port of the screen's address; null: the usual one, or any free one when it is taken. 0: any free one. */
  readonly port: number | null
  readonly enrolCode: string | null
  /** Port for POS software; null: none; absent: the usual one. */
  readonly posPort?: number | null
  /** Whether the browser shell opens a browser. */
  readonly open: boolean
  readonly windowed: boolean
  /** Simulated readers and the drawer that taps sample media. */
  readonly simulator: boolean
  /** Whether card readers and scanners that are plugged in are opened. */
  readonly devices: boolean
  readonly serial: readonly SerialPreset[]
  /** Where slips are printed; null: nowhere. */
  readonly printer: PrinterSettings | null
  /** A registration terminal in place of a counter. */
  readonly registration: boolean
}

export const USAGE = `npm start -- [options]
  --shell electron|browser|none  default: Electron where its binary is there or can be fetched, else the browser
                                 none: opens nothing; prints {"url","pid","server"} as one line of JSON
  --server URL                   a coupon server; default: one is started here, with sample data
  --first-run                    no server here: this machine asks for its server and its code, as a new one does
  --enrol-code CODE              one-time code of this station, from the server's office
  --data-dir DIR                 default: .tapcoupon; .tapcoupon/registration for a registration terminal
  --registration                 a registration terminal, where customers take coupons, in place of a counter
  --port N                       port of the screen's address on 127.0.0.1 (browser and none)
  --pos-port N                   port for POS software on 127.0.0.1 (docs/pos.md); 0: none
  --serial PATH[:BAUD]           a serial barcode scanner; may be given more than once
  --printer tcp:HOST[:PORT]|serial:PATH[:BAUD]|file:PATH
                                 a receipt printer (ESC/POS) for slips; --printer-columns N: characters a line, 42
  --simulator                    simulated readers, also with --server
  --no-devices                   leave card readers and scanners that are plugged in alone
  --no-open                      browser: only print the address
  --windowed                     a window instead of the whole screen
  --help`

/**
 * Reads the command line of `npm start`.
 *
 * In: the arguments after the program. Out: the options, or a sentence that names what is wrong; `help` asks for USAGE.
 */
export function parseStartOptions(
  args: readonly string[],
  root: string,
): Outcome<StartOptions | 'help', { problem: string }> {
  let values: ReturnType<typeof parse>
  try {
    values = parse(args)
  } catch (error) {
    // parseArgs names the option and what it wanted.
    return refused({ problem: error instanceof Error ? (error.message.split('. To specify')[0] ?? '') : String(error) })
  }
  if (values.help) return accepted('help')
  const shell = SHELLS.find((name) => name === values.shell)
  if (values.shell !== undefined && shell === undefined) {
    return refused({ problem: `--shell is one of ${SHELLS.join(', ')}, not '${values.shell}'` })
  }
  const server = values.server === undefined ? null : serverUrl(values.server)
  if (server !== null && !server.ok) return server
  if (server !== null && values['first-run'])
    return refused({ problem: '--first-run asks for the server: leave --server out' })
  const port = values.port === undefined ? null : portNumber(values.port)
  if (port !== null && !port.ok) return port
  const posPort = values['pos-port'] === undefined ? null : portNumber(values['pos-port'])
  if (posPort !== null && !posPort.ok) return posPort
  const serial: SerialPreset[] = []
  for (const text of values.serial ?? []) {
    const preset = serialPreset(text)
    if (!preset.ok) return preset
    serial.push(preset.value)
  }
  const printer = values.printer === undefined ? null : printerOption(values.printer, values['printer-columns'])
  if (printer !== null && !printer.ok) return printer
  return accepted({
    shell: shell ?? null,
    server: server?.value ?? null,
    firstRun: values['first-run'] ?? false,
    dataDir: resolve(root, values['data-dir'] ?? (values.registration ? '.tapcoupon/registration' : '.tapcoupon')),
    port: port?.value ?? null,
    enrolCode: values['enrol-code'] ?? null,
    ...(posPort === null ? {} : { posPort: posPort.value === 0 ? null : posPort.value }),
    open: !values['no-open'],
    windowed: values.windowed ?? false,
    simulator: values.simulator ?? (server === null && !values['first-run']),
    devices: !values['no-devices'],
    serial,
    printer: printer?.value ?? null,
    registration: values.registration ?? false,
  })
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    strict: true,
    allowPositionals: false,
    options: {
      shell: { type: 'string' },
      server: { type: 'string' },
      'data-dir': { type: 'string' },
      'first-run': { type: 'boolean' },
      port: { type: 'string' },
      'enrol-code': { type: 'string' },
      'pos-port': { type: 'string' },
      registration: { type: 'boolean' },
      'no-open': { type: 'boolean' },
      windowed: { type: 'boolean' },
      simulator: { type: 'boolean' },
      'no-devices': { type: 'boolean' },
      serial: { type: 'string', multiple: true },
      printer: { type: 'string' },
      'printer-columns': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  }).values

function serverUrl(text: string): Outcome<string, { problem: string }> {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    return refused({ problem: '--server wants an address such as https://coupons.example' })
  }
  return accepted(url.href.replace(/\/+$/, ''))
}

function portNumber(text: string): Outcome<number, { problem: string }> {
  const port = Number(text)
  return /^\d{1,5}$/.test(text) && port <= 65_535
    ? accepted(port)
    : refused({ problem: `--port is a number from 0 to 65535, not '${text}'` })
}

/** `PATH[:BAUD]`. Linux names ports by place with colons of their own (`…-usb-0:1.2:1.0`): only whole digits are a speed. */
function serialPreset(text: string): Outcome<SerialPreset, { problem: string }> {
  const [, path = text, baud] = /^(.+?)(?::(\d+))?$/.exec(text) ?? []
  const preset = SerialPreset.safeParse(baud === undefined ? { path } : { path, baudRate: Number(baud) })
  return preset.success
    ? accepted(preset.data)
    : refused({ problem: `--serial wants PATH[:BAUD] with a speed of 300 to 4000000, not '${text}'` })
}
