import { fork } from 'node:child_process'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type DevicesCommand, DevicesMessage, SerialPreset } from '../core/readers/protocol.ts'
import { readersReport } from './readersReport.ts'

const USAGE = `npm run readers -- [options]
  lists the readers of this machine, says what is wrong with them, and what to do about it
  --test              tells of every read until Ctrl+C: its kind and its length, never what it says
  --raw READER_ID     tells what comes from one reader, bytes that could be somebody's identity masked, until Ctrl+C
  --serial PATH[:BAUD]  a serial scanner; may be given more than once
  --detect PATH       finds a serial scanner's settings: scan anything with it, up to five times
  --seconds N         how long readers may take to show up (default 3)
  --json              one line of JSON a message
  --help`

const DEVICES = resolve(import.meta.dirname, '../counter/devices/main.ts')

function options() {
  try {
    return parseArgs({
      options: {
        test: { type: 'boolean' },
        raw: { type: 'string' },
        serial: { type: 'string', multiple: true },
        detect: { type: 'string' },
        seconds: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n${USAGE}\n`)
    process.exit(2)
  }
}

const { test = false, raw, serial = [], detect, seconds = '3', json = false, help = false } = options()
const patienceMs = Number(seconds) * 1_000
if (help || !(patienceMs >= 0 && patienceMs <= 600_000)) {
  process.stdout.write(`${USAGE}\n`)
  process.exit(help ? 0 : 2)
}

// The program that the counter runs, so that what is shown here is what happens there; a native crash ends only it.
const child = fork(DEVICES, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
const send = (command: DevicesCommand) => void child.send(command)
const report = readersReport({ json, say: (line) => void process.stdout.write(`${line}\n`) })

child.on('message', (posted) => {
  const message = DevicesMessage.safeParse(posted)
  if (!message.success) return
  report.received(message.data)
  if (message.data.type === 'serialDetected') finish(message.data.preset === null ? 1 : 0)
})
child.once('exit', (code) => {
  if (finishing) return
  process.stderr.write('the readers program has ended by itself\n')
  process.exit(code || 1)
})

let finishing = false
/** Exit code 1: a reader is there that cannot be used. */
function finish(code: number): void {
  if (finishing) return
  finishing = true
  child.once('exit', () => process.exit(code))
  child.disconnect()
}

const ports = serial.map((text) => {
  const [, path = text, baud] = /^(.+?)(?::(\d+))?$/.exec(text) ?? []
  return SerialPreset.parse(baud === undefined ? { path } : { path, baudRate: Number(baud) })
})
send({
  type: 'configure',
  configuration: { pcsc: !detect, hid: !detect, wedge: false, simulated: false, serial: ports },
})
if (detect) {
  report.line(`Scan anything with the scanner on ${detect}; again each time it says nothing. It takes up to a minute.`)
  send({ type: 'detectSerial', path: detect })
} else {
  send({ type: 'dataEventEnabled', enabled: false })
  send({ type: 'listPorts' })
  setTimeout(() => {
    report.summary()
    if (!test && raw === undefined) return finish(report.usable() ? 0 : 1)
    report.line('Present a card or scan a code. Ctrl+C ends.')
    report.follow()
    if (raw === undefined) send({ type: 'dataEventEnabled', enabled: true })
    else send({ type: 'test', readerId: raw })
  }, patienceMs)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => finish(0))
