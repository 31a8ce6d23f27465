import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { announceStation } from '../../bin/embeddedServer.ts'
import { type FaultProxy, startFaultProxy } from '../rigs/faultProxy.ts'
import { ask } from '../rigs/officeCalls.ts'
import { RestartableServer } from '../rigs/restartableServer.ts'

export interface DemoServer {
  readonly url: string
  /** Announces a station and returns its one-time code. */
  announce(): Promise<string>
  /** As the store's demo station, which sees what every station of the store did. */
  get(path: string): Promise<{ status: number; body: unknown }>
  post(path: string, body: unknown): Promise<{ status: number; body: unknown }>
  /** `SIGKILL`, and the same database at the same address again. */
  killAndRestart(): Promise<void>
  kill(): Promise<void>
  restart(): Promise<void>
}

/** What counters of a test file are served by: a folder of its own, the server in it and the network before that. */
export interface DemoSite {
  readonly dir: string
  readonly server: DemoServer
  readonly proxy: FaultProxy
  close(): Promise<void>
}

export async function startDemoSite(): Promise<DemoSite> {
  const dir = mkdtempSync(join(tmpdir(), 'tapcoupon-counter-'))
  const server = await startDemoServer(dir)
  const proxy = await startFaultProxy(server.url)
  return {
    dir,
    server,
    proxy,
    async close() {
      await proxy.close()
      await server.kill()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function startDemoServer(dir: string): Promise<DemoServer> {
  const server = await RestartableServer.start(dir)
  const asStation = async (method: string, path: string, body?: unknown) => {
    const { url, stations } = server.line()
    const answer = await ask(url, stations[0]?.token ?? '', method, path, body)
    return { status: answer.status, body: (await answer.json()) as unknown }
  }
  return {
    get url() {
      return server.line().url
    },
    announce: () => announceStation(server.line()),
    get: (path) => asStation('GET', path),
    post: (path, body) => asStation('POST', path, body),
    killAndRestart: () => server.killAndRestart(),
    kill: () => server.kill(),
    restart: () => server.restart(),
  }
}
