import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CardReaderPort } from './cardReader.ts'
import { guestImage } from './guestImage.ts'
import { GuestLink } from './guestLink.ts'
import { type Edit, guestNode } from './guestNode.ts'
import { GuestProcess } from './guestProcess.ts'
import { DISK_MODULES, HOST_SHARE, initramfs, LAYER_SHARE } from './initramfs.ts'
import { AGENT_PORT, type GuestMessage, type RunResult } from './protocol.ts'
import { QmpClient } from './qmp.ts'
import { ScannerBench } from './scannerBench.ts'
import type { VolatileDisk } from './volatileDisk.ts'

export interface VirtualMachineOptions {
  /** Virtual processors. */
  readonly smp?: number
  readonly memoryMiB?: number
  /** From power-on to the agent's first word. */
  readonly bootDeadlineMs?: number
  /** The guest's `/dev/vda`. */
  readonly disk?: VolatileDisk
  /** Changes our programs for the guest. */
  readonly edit?: Edit
}

/** Without memory protection keys: V8 guards its compiled code with them, and fails its own checks where they are emulated. */
const CPU = 'max,pku=off'

/**
 * Starts a program before all others where that is permitted: what the guest takes for an answer is then its own doing, and
 * not that of what else runs on this machine.
 */
const BEFORE_OTHERS = '{ echo -18 >/proc/self/autogroup; renice -n -18 -p $$; } >/dev/null 2>&1; exec "$@"'

/** What a shell says of a program that is not there. */
const NOT_FOUND = 127

/** A running guest: Debian's kernel, this machine's files read-only, readers that come and go. */
export interface VirtualMachine {
  /** Milliseconds from QEMU's start to the agent's first word. */
  readonly bootMs: number
  /** Runs a command in the guest to its end, or to the deadline. */
  run(argv: readonly string[], timeoutMs?: number, folder?: string): Promise<RunResult>
  /**
   * Starts a Node program of this checkout in the guest, with a message channel as `child_process.fork` gives it.
   * `wrapper`: a command that starts it, e.g. as another user. `compiling`: it calls `fetch`.
   */
  spawnNode(file: string, wrapper?: readonly string[], compiling?: boolean): Promise<GuestProcess>
  /** Starts any program in the guest. */
  spawn(argv: readonly string[]): Promise<GuestProcess>
  /** One command to QEMU's monitor; what it returns. */
  monitor(command: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>
  readonly scanners: ScannerBench
  /** QEMU's CCID card reader, unplugged. */
  cardReader(): CardReaderPort
  /** Everything the guest's console said so far. */
  console(): Promise<string>
  /** As if its plug were pulled; resolves with everything its console said. */
  cutPower(): Promise<string>
  stop(): Promise<void>
}

const AGENT = join(import.meta.dirname, 'guest/agent.ts')

/**
 * Boots a guest in software emulation, so that it runs where there is no KVM. Needs the Debian package
 * qemu-system-x86 (and kmod); rejects with their names when they are missing, with the guest's console when it does not
 * boot.
 */
export async function startVirtualMachine(options: VirtualMachineOptions = {}): Promise<VirtualMachine> {
  const { smp = 2, memoryMiB = 1024, bootDeadlineMs = 90_000, disk, edit } = options
  const image = await guestImage()
  const folder = await mkdtemp(join(tmpdir(), 'tapcoupon-vm-'))
  // The guest's programs are in it, and not all of them run as root.
  await chmod(folder, 0o711)
  const consoleLog = join(folder, 'console.log')
  const initrd = join(folder, 'initramfs')
  const node = await guestNode(folder, edit)
  await writeFile(initrd, await initramfs(image, [...node(false), AGENT], disk ? DISK_MODULES : []))

  const agentLine = await listen(join(folder, 'agent.sock'))
  const monitorLine = await listen(join(folder, 'monitor.sock'))
  const cardLine = await listen(join(folder, 'card.sock'))
  const qemu = spawn(
    'sh',
    [
      ...['-c', BEFORE_OTHERS, 'sh', 'qemu-system-x86_64'],
      ...['-accel', 'tcg,thread=multi', '-cpu', CPU, '-smp', String(smp), '-m', `${memoryMiB}M`],
      ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
      ...['-kernel', image.kernel, '-initrd', initrd],
      ...['-append', 'console=ttyS0 quiet panic=-1 mitigations=off random.trust_cpu=on tsc=reliable'],
      ...['-serial', `file:${consoleLog}`],
      ...share(HOST_SHARE, '/'),
      ...share(LAYER_SHARE, image.layer),
      ...['-device', 'virtio-serial-pci', '-chardev', `socket,id=agent,path=${agentLine.path}`],
      ...['-device', `virtserialport,chardev=agent,name=${AGENT_PORT}`],
      ...['-chardev', `socket,id=monitor,path=${monitorLine.path}`, '-mon', 'chardev=monitor,mode=control'],
      ...['-device', 'qemu-xhci,id=usb'],
      ...(disk ? volatile(disk.path) : []),
    ],
    // In a session of its own, which Linux gives its own share of the processors (sched(7), autogroup).
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  )
  const startedAt = performance.now()
  let complaints = ''
  let fate = 'is running'
  qemu.once('exit', (code, signal) => {
    fate = `has ended (${signal ?? code})`
  })
  qemu.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  const ended = ending(qemu)
  // A test run that is interrupted leaves no machine behind. (The guest also powers off when its line closes.)
  const kill = () => void qemu.kill('SIGKILL')
  process.once('exit', kill)

  const clear = async () => {
    process.off('exit', kill)
    kill()
    await ended.catch(() => undefined)
    for (const line of [agentLine, monitorLine, cardLine]) line.close()
    await rm(folder, { recursive: true, force: true })
  }
  const console = () => readFile(consoleLog, 'utf8').catch(() => '')
  const failure = async (cause: string) =>
    new Error(`The virtual machine ${cause}.\n${complaints}${(await console()).slice(-4_000)}`)

  try {
    const timeout = new Promise<never>((_, reject) => {
      const timer = setTimeout(() => reject(new Error(`was not ready within ${bootDeadlineMs} ms`)), bootDeadlineMs)
      timer.unref()
    })
    const early = ended.then(() => {
      throw new Error('ended while it booted')
    })
    const [agentSocket, monitorSocket] = await Promise.race([
      Promise.all([agentLine.connection(), monitorLine.connection()]),
      timeout,
      early,
    ])
    const lineClosed = () => new Error(`The virtual machine's line has closed: QEMU ${fate}. ${complaints}`)
    const link = new GuestLink(agentSocket, lineClosed)
    const qmp = new QmpClient(monitorSocket, lineClosed)
    await qmp.execute('qmp_capabilities')
    await Promise.race([hello(link), timeout, early])
    const bootMs = performance.now() - startedAt

    let lastProcess = 0
    const start = async (argv: readonly string[], ipc: boolean) => {
      lastProcess += 1
      const started = new GuestProcess(link, lastProcess)
      await link.request({ op: 'spawn', processId: lastProcess, argv, ipc })
      return started
    }
    return {
      bootMs,
      run: (argv, timeoutMs = 30_000, folder = '/') => link.request<RunResult>({ op: 'run', argv, timeoutMs, folder }),
      spawn: (argv) => start(argv, false),
      spawnNode: (file, wrapper = [], compiling = false) => start([...wrapper, ...node(compiling), file], true),
      monitor: (command, args) => qmp.execute(command, args),
      scanners: new ScannerBench(link),
      cardReader: () => new CardReaderPort(qmp, cardLine.path, () => cardLine.connection()),
      console,
      cutPower: async () => {
        kill()
        await ended
        const said = await console()
        await clear()
        return said
      },
      stop: clear,
    }
  } catch (error) {
    const described = await failure(error instanceof Error ? error.message : String(error))
    await clear()
    throw described
  }
}

function volatile(path: string): string[] {
  return [
    ...['-blockdev', `driver=nbd,node-name=disk,server.type=unix,server.path=${path}`],
    ...['-device', 'virtio-blk-pci,drive=disk'],
  ]
}

function share(tag: string, path: string): string[] {
  return [
    ...['-fsdev', `local,id=${tag},path=${path},security_model=none,readonly=on,multidevs=remap`],
    ...['-device', `virtio-9p-pci,fsdev=${tag},mount_tag=${tag}`],
  ]
}

function ending(qemu: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    qemu.once('close', (code) => {
      if (code === NOT_FOUND) reject(new Error('needs the Debian package qemu-system-x86'))
      else resolve()
    })
    qemu.once('error', reject)
  })
}

function hello(link: GuestLink): Promise<void> {
  return new Promise((resolve) => {
    link.onMessage((message: GuestMessage) => message.event === 'hello' && resolve())
  })
}

/** A socket that QEMU connects to. Connections that nobody has asked for yet wait. */
interface Line {
  readonly path: string
  connection(): Promise<Socket>
  close(): void
}

async function listen(path: string): Promise<Line> {
  const arrived: Socket[] = []
  const wanted: ((socket: Socket) => void)[] = []
  const server: Server = createServer((socket) => {
    const taker = wanted.shift()
    if (taker) taker(socket)
    else arrived.push(socket)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  return {
    path,
    connection: () => {
      const socket = arrived.shift()
      return socket ? Promise.resolve(socket) : new Promise((resolve) => wanted.push(resolve))
    },
    close: () => {
      server.close()
      for (const socket of arrived) socket.destroy()
    },
  }
}
