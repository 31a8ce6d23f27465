import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { waitFor } from './waitFor.ts'

/** Where pcsc-lite's clients find their daemon. */
const SOCKET = '/run/pcscd/pcscd.comm'

/** The first slot of the virtual reader (`/etc/reader.conf.d/vpcd`: channel 0x8C7B). */
export const VPCD_PORT = 35_963

/** A real pcscd of our own, in the foreground. */
export interface Pcscd {
  readonly pid: number
  /** Like `systemctl stop`: the daemon goes away under its clients. */
  stop(): Promise<void>
}

/** A run of these tests in another checkout has the daemon for a minute or two. */
const OTHER_RUN_MS = 100_000

/**
 * Starts pcscd with the virtual reader and waits until both answer. A pcscd that runs already is waited for and then an
 * error: the tests stop and start theirs, and must not do that to somebody else's. Needs root, as the daemon does.
 */
export async function startPcscd(): Promise<Pcscd> {
  await waitFor(
    'the end of the pcscd that is running already (sudo systemctl stop pcscd.socket pcscd)',
    async () => !(await answers()),
    OTHER_RUN_MS,
  )
  const child = spawn('/usr/sbin/pcscd', ['--foreground'], { stdio: ['ignore', 'pipe', 'pipe'] })
  const log: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => log.push(String(chunk)))
  try {
    await waitFor('pcscd and its virtual reader', async () => {
      if (child.exitCode !== null) throw new Error(`pcscd ended with ${child.exitCode}: ${log.join('')}`)
      return existsSync(SOCKET) && (await listens(VPCD_PORT))
    })
  } catch (error) {
    await end(child)
    throw error
  }
  return { pid: child.pid ?? 0, stop: () => end(child) }
}

/** Whether a daemon answers on pcsc-lite's socket; the file alone may be left from one that was killed. */
function answers(): Promise<boolean> {
  return canConnect(connect(SOCKET))
}

/** vpcd takes one client a slot, and a probe would be a card: the kernel's table says who listens. */
async function listens(port: number): Promise<boolean> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const table = await readFile('/proc/net/tcp', 'utf8')
  return table.split('\n').some((line) => new RegExp(`^\\s*\\d+: [0-9A-F]{8}:${hex} [0-9A-F]{8}:0000 0A`).test(line))
}

function canConnect(socket: ReturnType<typeof connect>): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const kill = setTimeout(() => child.kill('SIGKILL'), 3_000)
  await exited
  clearTimeout(kill)
}
