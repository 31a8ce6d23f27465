import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { announceStation, type ServerLine } from '../../../bin/embeddedServer.ts'
import type { CounterCommand } from '../../../core/counter/commands.ts'
import { openBrowser } from '../../e2e/browser.ts'
import { productEnvironment, type Running, runProgram } from '../../rigs/program.ts'
import { cardOf } from './cards.ts'
import { clockAhead } from './paints.ts'

const DEADLINE_MS = 60_000

const Shown = z.object({
  phase: z.string(),
  signedIn: z.boolean(),
  operatorId: z.string().nullable(),
  total: z.int(),
  oneTap: z.boolean(),
  copied: z.boolean(),
  online: z.boolean(),
  reader: z.boolean(),
})
type Shown = z.infer<typeof Shown>
const Told = z.object({
  shown: Shown.optional(),
  tappedAt: z.number().optional(),
  refused: z.string().optional(),
  address: z.string().optional(),
  counter: z.int().optional(),
})

/** A busy lane: a server with many coupons, a counter that has them all in its copy, and its screen in a real browser. */
export interface Lane {
  readonly page: Page
  readonly counterPid: number
  readonly shellPid: number
  readonly server: ServerLine
  /** What the counter was started in; it can be started there again once the lane is closed. */
  readonly dataDir: string
  /** Sets the purchase and waits until the counter has it. */
  begin(): Promise<void>
  /** Holds a customer's card to the reader; when that was, epoch milliseconds by the page's clock. */
  tap(holder: number): Promise<number>
  /** Ends the visit. */
  next(): Promise<void>
  command(command: CounterCommand): void
  until(holds: (shown: Shown) => boolean): Promise<Shown>
  /** Ends counter, shell and page; server and files stay. */
  close(): Promise<void>
}

export interface LaneRig {
  readonly server: ServerLine
  readonly folder: string
  openLane(): Promise<Lane>
  close(): Promise<void>
}

/** The server with `holders` customers of ten coupons each beyond its regulars. */
export async function laneRig(holders: number): Promise<LaneRig> {
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-bench-'))
  const program: Running<ServerLine> = await runProgram(
    [join(import.meta.dirname, 'busyServer.ts'), String(holders)],
    (text) => JSON.parse(text),
  )
  process.once('exit', () => program.process.kill())
  return {
    server: program.line,
    folder,
    openLane: () => openLane(program.line, folder),
    async close() {
      await program.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function openLane(server: ServerLine, folder: string): Promise<Lane> {
  const dataDir = join(folder, 'till')
  const start = { serverUrl: server.url, dataDir: join(dataDir, 'counter'), enrolCode: await announceStation(server) }
  mkdirSync(start.dataDir, { recursive: true })
  const shell = spawn(process.execPath, [join(import.meta.dirname, 'shell.ts'), JSON.stringify(start)], {
    env: productEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  process.once('exit', () => shell.kill())
  const told = tellings(shell)
  const opened = await told.next(({ address }) => address !== undefined)
  const browser = await openBrowser()
  const page = await (await browser.newContext({ viewport: { width: 1024, height: 768 }, locale: 'en-GB' })).newPage()
  await page.goto(opened.address ?? '')
  const ahead = await clockAhead(page)
  const ask = (asked: object) => void shell.stdin?.write(`${JSON.stringify(asked)}\n`)
  const command = (what: CounterCommand) => ask({ command: what })
  const until = async (holds: (shown: Shown) => boolean) => told.shown(holds)
  const ready = await until((shown) => shown.copied && shown.online && shown.reader && shown.operatorId !== null)
  command({ type: 'signIn', operatorId: ready.operatorId ?? '', pin: '1234' })
  await until(({ signedIn }) => signedIn)
  await page.locator('.visit--ready').waitFor()
  return {
    page,
    counterPid: opened.counter ?? 0,
    shellPid: shell.pid ?? 0,
    server,
    dataDir,
    command,
    until,
    async begin() {
      command({ type: 'useSampleBasket', basketId: 'lunch' })
      await until(({ total }) => total > 0)
    },
    async tap(holder) {
      ask({ tap: cardOf(holder) })
      const { tappedAt } = await told.next((line) => line.tappedAt !== undefined)
      return (tappedAt ?? 0) + ahead
    },
    async next() {
      command({ type: 'nextCustomer' })
      await until(({ phase, total }) => phase === 'idle' && total === 0)
    },
    async close() {
      await browser.close()
      shell.stdin?.end()
      await new Promise((resolve) => shell.once('exit', resolve))
    },
  }
}

/** What a shell says, as it is waited for. */
function tellings(shell: ChildProcess) {
  if (!shell.stdout) throw new Error('the shell of the benchmark says nothing')
  let shown: Shown | null = null
  const waiting = new Set<(line: z.infer<typeof Told>) => void>()
  createInterface(shell.stdout).on('line', (text) => {
    const line = Told.parse(JSON.parse(text))
    if (line.refused !== undefined) console.error(`the counter refused: ${line.refused}`)
    if (line.shown) shown = line.shown
    for (const hear of [...waiting]) hear(line)
  })
  const next = (holds: (line: z.infer<typeof Told>) => boolean) =>
    new Promise<z.infer<typeof Told>>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`the lane stands still at ${JSON.stringify(shown)}`)),
        DEADLINE_MS,
      )
      const hear = (line: z.infer<typeof Told>) => {
        if (!holds(line)) return
        clearTimeout(timer)
        waiting.delete(hear)
        resolve(line)
      }
      waiting.add(hear)
    })
  return {
    next,
    async shown(holds: (shown: Shown) => boolean): Promise<Shown> {
      if (shown && holds(shown)) return shown
      const line = await next((line) => line.shown !== undefined && holds(line.shown))
      return line.shown as Shown
    },
  }
}
