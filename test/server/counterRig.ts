import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import type { CommandResult, CounterCommand } from '../../core/counter/commands.ts'
import { FromCounter } from '../../core/counter/protocol.ts'
import { CounterToShell, type ShellToCounter } from '../../core/counter/shellProtocol.ts'
import type { CounterState } from '../../core/counter/state.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import { DevicesCommand, DevicesConfiguration } from '../../core/readers/protocol.ts'
import type { ReaderHealth } from '../../core/readers/reader.ts'
import { productEnvironment, ROOT } from '../rigs/program.ts'

export interface CounterRigOptions {
  /** Absent: it asks for it. */
  readonly serverUrl?: string
  readonly dataDir: string
  readonly enrolCode?: string
  /** For POS software; absent: none is let in. */
  readonly posPort?: number
  /** Another entry with the same relay, from the repository's root. */
  readonly entry?: string
  readonly env?: Readonly<Record<string, string>>
}

/** A forked counter, with this test as its shell, its devices process and its screen. */
export class CounterRig {
  readonly states: CounterState[] = []
  /** What the devices process was told, oldest first. */
  readonly told: DevicesCommand[] = []
  readonly #child: ChildProcess
  readonly #results = new Map<number, (result: CommandResult | null) => void>()
  readonly #waiting = new Set<() => void>()
  readonly #gone: Promise<number | null>
  #requests = 0
  #dead = false
  #failure: string | null = null
  #errors = ''

  constructor(options: CounterRigOptions) {
    const { serverUrl, dataDir, enrolCode, posPort = null, entry = 'counter/main.ts', env = {} } = options
    this.#child = fork(join(ROOT, entry), {
      cwd: ROOT,
      env: { ...productEnvironment(), ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errors += text
    })
    this.#gone = new Promise((resolve) =>
      this.#child.once('exit', (code) => {
        this.#dead = true
        for (const result of this.#results.values()) result(null)
        this.#wake()
        resolve(code)
      }),
    )
    this.#child.on('message', (message) => this.#received(CounterToShell.parse(message)))
    this.#post({
      type: 'start',
      ...(serverUrl === undefined ? {} : { serverUrl }),
      dataDir,
      simulator: true,
      posPort,
      devicesConfiguration: DevicesConfiguration.parse({ pcsc: false, hid: false, wedge: false, simulated: true }),
      ...(enrolCode === undefined ? {} : { enrolCode }),
    })
  }

  get state(): CounterState {
    const state = this.states.at(-1)
    if (!state) throw new Error(`no state yet; ${this.#failure ?? ''} ${this.#errors}`)
    return state
  }

  get dead(): boolean {
    return this.#dead
  }

  /** What it could not start for, and what it wrote to stderr. */
  get failure(): string | null {
    return this.#failure
  }

  get errors(): string {
    return this.#errors
  }

  /** The newest state for which `holds`, or null when the counter died or `timeoutMs` passed before. */
  async until(holds: (state: CounterState) => boolean, timeoutMs = 20_000): Promise<CounterState | null> {
    const deadline = Date.now() + timeoutMs
    for (;;) {
      const state = this.states.at(-1)
      if (state && holds(state)) return state
      const left = deadline - Date.now()
      if (this.#dead || left <= 0) return null
      await new Promise<void>((resolve) => {
        const timer = setTimeout(wake, left)
        const waiting = this.#waiting
        function wake() {
          clearTimeout(timer)
          waiting.delete(wake)
          resolve()
        }
        waiting.add(wake)
      })
    }
  }

  /** null: it died before it answered. */
  send(command: CounterCommand): Promise<CommandResult | null> {
    if (this.#dead) return Promise.resolve(null)
    const requestId = this.#requests++
    return new Promise((resolve) => {
      this.#results.set(requestId, resolve)
      this.#post({ type: 'fromClient', clientId: 'screen', message: { requestId, command } })
    })
  }

  /** A message as a screen might send it, well formed or not. */
  sendRaw(message: unknown): void {
    this.#post({ type: 'fromClient', clientId: 'screen', message })
  }

  /** A card reader with a buzzer, on which `tap` holds its cards. */
  plugReaderWithBuzzer(): void {
    const capabilities = { buzzer: true, led: false }
    const health: ReaderHealth = { readerId: 'rig', transport: 'pcsc', name: 'rig', state: 'ready', capabilities }
    this.#post({ type: 'fromDevices', message: { type: 'health', health } })
  }

  /** A card on the reader. */
  tap(medium: RawMedium): void {
    const read = { readId: uuidv7(), readerId: 'rig', medium, entry: 'tap', readAt: Date.now() }
    this.#post({ type: 'fromDevices', message: { type: 'read', read } })
  }

  async signIn(timeoutMs?: number): Promise<CounterState | null> {
    const isReady = ({ operators, connection }: CounterState) => operators.length > 0 && connection.mode === 'online'
    const ready = await this.until(isReady, timeoutMs)
    const cashier = ready?.operators[0]
    if (!cashier) return null
    await this.send({ type: 'signIn', operatorId: cashier.operatorId, pin: '1234' })
    return this.until((state) => state.cashier !== null, timeoutMs)
  }

  kill(): Promise<number | null> {
    this.#child.kill('SIGKILL')
    return this.#gone
  }

  stop(): Promise<number | null> {
    this.#post({ type: 'stop' })
    return this.#gone
  }

  exited(): Promise<number | null> {
    return this.#gone
  }

  #post(message: ShellToCounter): void {
    if (this.#child.connected) this.#child.send(message, () => {})
  }

  #received(message: CounterToShell): void {
    switch (message.type) {
      case 'ready':
        this.#post({ type: 'devicesUp' })
        this.#post({ type: 'clientOpened', clientId: 'screen' })
        return
      case 'failed':
        this.#failure = `${message.code}: ${message.detail}`
        return
      case 'toClient': {
        const fromCounter = FromCounter.parse(message.message)
        if (fromCounter.type === 'state') {
          this.states.push(fromCounter.state)
          this.#wake()
        } else {
          this.#results.get(fromCounter.requestId)?.(fromCounter.result)
          this.#results.delete(fromCounter.requestId)
        }
        return
      }
      case 'toDevices':
        this.told.push(DevicesCommand.parse(message.message))
        this.#wake()
        return
      case 'stopped':
    }
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake()
  }
}
