import { parseArgs } from 'node:util'
import { z } from 'zod'
import { accepted, type Outcome, refused } from '../core/outcome.ts'
import { REQUEST_RATE } from './auth/requestLimit.ts'
import { ACQUISITIONS_USAGE } from './commands/acquisitions.ts'
import { OPERATOR_USAGE } from './commands/operator.ts'

export interface ServerOptions {
  /** A SQLite file, `:memory:`, or the URL of a PostgreSQL; a URL may hold a password and is never shown. */
  readonly databasePath: string
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly demo: boolean
  readonly logLevel: string
  /** Real customers: weak settings are refused. */
  readonly production: boolean
  /** Addresses and networks of proxies. */
  readonly trustProxy: readonly string[]
  /** Requests a second that one caller may send for long; 0: any number. */
  readonly rateLimit: number
  /** How long, once it is told to end, it still answers while it says that it is not ready. */
  readonly drainSeconds: number
  /** Webhooks may go to plain http and to addresses that are not public. */
  readonly privateWebhooks: boolean
}

export const USAGE = `tapcoupon server
  --database sqlite:PATH   default sqlite:.tapcoupon/server.db; sqlite::memory: keeps nothing
             postgres://…  for several servers that share a database; its password may come from PGPASSWORD
  --port N                 default 8080; 0 for any free port
  --host ADDRESS           default 127.0.0.1
  --demo                   sample data, tokens and media printed; not for real customers
  --log-level LEVEL        fatal, error, warn, info (default) or debug: one line a request
  --production             real customers: refuses demo data, missing or weak keys and plain http, each by name
  --trust-proxy ADDRESSES  of TLS proxies before it, separated by commas: addresses or networks
  --rate-limit N           requests a second of one caller; default 1000, with --demo 0 for any number
  --drain SECONDS          told to end, it answers for so long while /readyz says 503; default 0
  --private-webhooks       webhooks may go to plain http and to private addresses; with --demo they may

tapcoupon server import FILE [--database sqlite:PATH]
  settles the events of a counter's rescue file; what also arrives by sync counts once. Works beside a running server

tapcoupon server backup FILE [--database sqlite:PATH]
  copies the database at one moment while servers work with it, and checks the copy; keys are not in it
tapcoupon server restore FILE [--database sqlite:PATH]
  puts a backup in its place while no server runs; what was there is kept beside it. Stations send again what it lacks

${OPERATOR_USAGE}

${ACQUISITIONS_USAGE}

tapcoupon server store add ID --name NAME --time-zone ZONE --currency CODE [--day-starts HOUR] [--raw-media]
  makes a store, or changes it; --raw-media lets integrators name media by type and identifier there
tapcoupon server audit verify [--head POSITION:HASH] [--database sqlite:PATH]
  checks the audit log; with what it said earlier, that nothing since then was cut off

environment, or a file that NAME_FILE names
  TAPCOUPON_MEDIUM_HASH_KEY  1:<64 hex digits>[,2:<…>]; otherwise a key file beside the database, which only SQLite has
  TAPCOUPON_SECRET_KEY       the same, for what the server keeps sealed (second factors)`

const DEFAULT_DATABASE = 'sqlite:.tapcoupon/server.db'

const Options = z.object({
  database: z
    .string()
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, 'must be sqlite:PATH or postgres://…')
    .transform((url) => (url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : url)),
  port: z.coerce.number().int().min(0).max(65_535),
  host: z.string().min(1),
  demo: z.boolean(),
  production: z.boolean(),
  'trust-proxy': z.string().transform((text) => text.split(',').filter((address) => address !== '')),
  'rate-limit': z.coerce.number().int().min(0).max(1_000_000).optional(),
  drain: z.coerce.number().min(0).max(600),
  'private-webhooks': z.boolean(),
  'log-level': z.enum(['fatal', 'error', 'warn', 'info', 'debug']),
})

/** Where the database of a command is. */
export function databaseOf(database: string | undefined): string {
  const parsed = Options.shape.database.safeParse(database ?? DEFAULT_DATABASE)
  if (!parsed.success) throw new Error(`--database: ${parsed.error.issues[0]?.message}`)
  return parsed.data
}

/** Reads the command line of `import`; a refusal says in one line what is wrong with it. */
export function importOptions(
  args: readonly string[],
): Outcome<{ readonly file: string; readonly databasePath: string }, { readonly message: string }> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { database: { type: 'string', default: DEFAULT_DATABASE } },
    })
    const [file] = positionals
    if (file === undefined || positionals.length > 1) return refused({ message: 'import takes one file' })
    const database = Options.shape.database.safeParse(values.database)
    if (!database.success) return refused({ message: `--database: ${database.error.issues[0]?.message}` })
    return accepted({ file, databasePath: database.data })
  } catch (error) {
    return refused({ message: error instanceof Error ? error.message : String(error) })
  }
}

/** Reads the command line; a refusal says in one line what is wrong with it. */
export function serverOptions(args: readonly string[]): Outcome<ServerOptions, { readonly message: string }> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        database: { type: 'string', default: DEFAULT_DATABASE },
        port: { type: 'string', default: '8080' },
        host: { type: 'string', default: '127.0.0.1' },
        demo: { type: 'boolean', default: false },
        drain: { type: 'string', default: '0' },
        'private-webhooks': { type: 'boolean', default: false },
        'log-level': { type: 'string', default: 'info' },
        production: { type: 'boolean', default: false },
        'trust-proxy': { type: 'string', default: '' },
        'rate-limit': { type: 'string' },
      },
    })
    const parsed = Options.safeParse(values)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      return refused({ message: `--${issue?.path.join('.')}: ${issue?.message}` })
    }
    const { database, port, host, demo, production, 'log-level': logLevel } = parsed.data
    const { 'trust-proxy': trustProxy, 'rate-limit': rateLimit = demo ? 0 : REQUEST_RATE.perSecond } = parsed.data
    const { drain: drainSeconds, 'private-webhooks': privateAsked } = parsed.data
    const privateWebhooks = privateAsked || demo
    const limits = { rateLimit, drainSeconds, privateWebhooks }
    return accepted({ databasePath: database, port, host, demo, logLevel, production, trustProxy, ...limits })
  } catch (error) {
    // parseArgs throws for options it does not know.
    return refused({ message: error instanceof Error ? error.message : String(error) })
  }
}
