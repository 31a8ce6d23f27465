import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { closeSync, openSync, read, readdirSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { AGENT_PORT, type GuestMessage, type GuestRequest, LineSplitter, type RunResult } from '../protocol.ts'
import type { ScannerDevice } from './device.ts'
import { UhidDevice } from './uhidDevice.ts'
import { UsbHidGadget, UsbSerialGadget } from './usbGadget.ts'

/**
 * The guest's one program that listens to the host: runs commands, keeps processes, makes scanners. Its end is the
 * guest's end.
 */
const line = openSync(agentPort(), 'r+')
const processes = new Map<number, ChildProcess>()
const devices = new Map<number, ScannerDevice>()
let lastDevice = 0

/** The kernel numbers ports by the order of devices; their names are ours. */
function agentPort(): string {
  const ports = '/sys/class/virtio-ports'
  const found = readdirSync(ports).find((port) => readFileSync(join(ports, port, 'name'), 'utf8').trim() === AGENT_PORT)
  if (!found) throw new Error(`no virtual serial port ${AGENT_PORT}`)
  return join('/dev', found)
}

function tell(message: GuestMessage): void {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`)
  for (let at = 0; at < bytes.length; ) at += writeSync(line, bytes, at)
}

const nowMs = () => Number(process.hrtime.bigint()) / 1e6

async function answer(request: GuestRequest): Promise<unknown> {
  switch (request.op) {
    case 'run':
      return await run(request.argv, request.timeoutMs, request.folder)
    case 'spawn':
      return keep(request.processId, request.argv, request.ipc)
    case 'post':
      child(request.processId).send(request.message as object)
      return null
    case 'kill':
      return child(request.processId).kill(request.signal)
    case 'uhidCreate':
      return add(new UhidDevice(request.device))
    case 'usbHidCreate':
      return add(new UsbHidGadget(request.device))
    case 'usbSerialCreate':
      return add(new UsbSerialGadget(request.device))
    case 'plug':
      return { atMs: nowMs(), ...(await device(request.device).plug()) }
    case 'unplug': {
      const atMs = nowMs()
      await device(request.device).unplug()
      return { atMs }
    }
    case 'send': {
      let atMs = 0
      for (const [index, chunk] of request.chunks.entries()) {
        if (index > 0 && request.pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, request.pauseMs))
        // Before the write: what the kernel needs to deliver it counts.
        atMs = nowMs()
        await device(request.device).send(Buffer.from(chunk, 'hex'))
      }
      return { atMs }
    }
    case 'remove': {
      const removed = device(request.device)
      devices.delete(request.device)
      await removed.remove()
      return null
    }
  }
}

function run(argv: readonly string[], timeoutMs: number, folder: string): Promise<RunResult> {
  const [file = '', ...args] = argv
  return new Promise((resolve, reject) => {
    execFile(file, args, { cwd: folder, timeout: timeoutMs, maxBuffer: 16 << 20 }, (error, stdout, stderr) => {
      const code = error ? error.code : 0
      if (typeof code === 'string') reject(error)
      else resolve({ code: code ?? null, stdout, stderr })
    })
  })
}

function keep(processId: number, argv: readonly string[], ipc: boolean): number | undefined {
  const [file = '', ...args] = argv
  const started = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? (['ipc'] as const) : [])] })
  processes.set(processId, started)
  started.on('message', (message) => tell({ event: 'message', processId, message, atMs: nowMs() }))
  for (const stream of ['stdout', 'stderr'] as const) {
    started[stream]
      ?.setEncoding('utf8')
      .on('data', (text: string) => tell({ event: 'output', processId, stream, text }))
  }
  const ended = (code: number | null, signal: string | null) => {
    if (processes.delete(processId)) tell({ event: 'exit', processId, code, signal })
  }
  started.on('close', ended)
  started.on('error', (error) => {
    tell({ event: 'output', processId, stream: 'stderr', text: `${error.message}\n` })
    ended(null, null)
  })
  return started.pid
}

function child(processId: number): ChildProcess {
  const found = processes.get(processId)
  if (!found) throw new Error(`no process ${processId}`)
  return found
}

function add(made: ScannerDevice): number {
  lastDevice += 1
  devices.set(lastDevice, made)
  return lastDevice
}

function device(number: number): ScannerDevice {
  const found = devices.get(number)
  if (!found) throw new Error(`no device ${number}`)
  return found
}

const splitter = new LineSplitter()
const buffer = Buffer.alloc(1 << 16)

function listen(): void {
  read(line, buffer, 0, buffer.length, null, (error, length) => {
    if (error) throw error
    // The host has closed its end: it is gone, or going.
    if (length === 0) {
      closeSync(line)
      process.exit(0)
    }
    for (const text of splitter.push(buffer.subarray(0, length))) {
      const { id, ...request } = JSON.parse(text) as GuestRequest & { id: number }
      answer(request).then(
        (result) => tell({ event: 'answer', id, result: result ?? null }),
        (cause: unknown) =>
          tell({ event: 'refused', id, error: cause instanceof Error ? cause.message : String(cause) }),
      )
    }
    listen()
  })
}

tell({ event: 'hello', node: process.version })
listen()
