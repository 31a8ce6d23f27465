import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { StationAnnounced, type StationRole } from '../core/contract/stations.ts'
import { CONTRACT_HEADER, CONTRACT_VERSION } from '../core/contract/version.ts'
import {
  DEFAULT_RESTART_POLICY,
  NO_FAILURES,
  nextRestart,
  type RestartHistory,
} from '../counter/supervisor/restartBackoff.ts'
import { say } from './say.ts'

const START_DEADLINE_MS = 60_000
const STOP_GRACE_MS = 5_000

/** The one line of JSON that a demo server prints when it listens; see `npm run server -- --demo`. */
const ServerLine = z.object({
  url: z.url(),
  pid: z.int(),
  operators: z.array(z.object({ name: z.string(), role: z.string(), token: z.string() })),
  stations: z.array(z.object({ id: z.string(), store: z.string(), token: z.string() })),
})
export type ServerLine = z.infer<typeof ServerLine>

export interface EmbeddedServer {
  readonly line: ServerLine
  stop(): Promise<void>
}

/**
 * Starts the coupon server with sample data on a free port and keeps it running, at the same address.
 *
 * Rejects when it does not listen the first time; what it said is on stderr.
 */
export async function startEmbeddedServer(root: string, database: string): Promise<EmbeddedServer> {
  let history: RestartHistory = NO_FAILURES
  let stopping = false
  let child: ChildProcess
  let restart: NodeJS.Timeout | undefined

  const launch = (port: number) => {
    const { NODE_OPTIONS: _, ...env } = process.env
    const program = ['--import', pathToFileURL(join(root, 'bin/endWithParent.mjs')).href, join(root, 'server/main.ts')]
    const args = [...program, '--demo', '--database', `sqlite:${database}`, '--port', String(port)]
    const startedAt = performance.now()
    // Its own process group: Ctrl-C reaches us alone, and the counter settles what it can before the server goes.
    child = spawn(process.execPath, args, {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      detached: process.platform !== 'win32',
    })
    const listening = firstLine(child)
    child.once('exit', (code) => {
      if (stopping) return
      const next = nextRestart(history, performance.now() - startedAt, DEFAULT_RESTART_POLICY)
      history = next.history
      const how = code === null ? 'was killed' : `ended with code ${code}`
      listening.then(
        (line) => {
          say(`tapcoupon: the embedded server ${how}; starting it again in ${next.delayMs} ms`)
          restart = setTimeout(() => void launch(Number(new URL(line.url).port)).catch(() => {}), next.delayMs)
        },
        () => {
          if (port !== 0) restart = setTimeout(() => void launch(port).catch(() => {}), next.delayMs)
        },
      )
    })
    return listening
  }

  const line = await launch(0)
  return {
    line,
    async stop() {
      stopping = true
      clearTimeout(restart)
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      const kill = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS)
      child.kill('SIGTERM')
      await gone
      clearTimeout(kill)
    },
  }
}

/**
 * Announces a station for the first store and returns the one-time code that it enrols with.
 *
 * Throws when the server does not answer as its own contract says.
 */
export async function announceStation(line: ServerLine, role: StationRole = 'counter'): Promise<string> {
  const admin = line.operators.find(({ role }) => role === 'admin')
  const store = line.stations[0]?.store
  if (admin === undefined || store === undefined) throw new Error('the embedded server named no admin or no store')
  const answer = await fetch(new URL('/v1/stations', line.url), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${admin.token}`,
      'content-type': 'application/json',
      [CONTRACT_HEADER]: String(CONTRACT_VERSION),
    },
    body: JSON.stringify({ storeId: store, name: role === 'counter' ? 'This counter' : 'This terminal', role }),
    signal: AbortSignal.timeout(10_000),
  })
  if (!answer.ok) throw new Error(`the embedded server answered ${answer.status} to a new station`)
  return StationAnnounced.parse(await answer.json()).code
}

/** The server's line, when it comes; other lines of its stdout join our stderr. */
function firstLine(child: ChildProcess): Promise<ServerLine> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`the embedded server did not listen within ${START_DEADLINE_MS / 1000} s`))
    }, START_DEADLINE_MS)
    child.once('exit', (code) => {
      clearTimeout(deadline)
      reject(new Error(`the embedded server ended with code ${code} before it listened`))
    })
    if (child.stdout === null) throw new Error('the embedded server has no stdout')
    createInterface(child.stdout).on('line', (text) => {
      if (!text.startsWith('{')) {
        say(text)
        return
      }
      clearTimeout(deadline)
      const parsed = ServerLine.safeParse(JSON.parse(text))
      if (parsed.success) resolve(parsed.data)
      else reject(new Error('the embedded server printed another line than its contract says'))
    })
  })
}
