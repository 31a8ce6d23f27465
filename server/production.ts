import { isIP } from 'node:net'
import type { Person } from './people/person.ts'
import { othersCanRead } from './secretText.ts'
import type { KeysOf, ServerKeys } from './serverKeys.ts'

export interface ProductionSettings {
  readonly databasePath: string
  readonly demo: boolean
  readonly trustProxy: readonly string[]
  /** Requests a second; 0: as many as anybody likes. */
  readonly rateLimit: number
}

/** Fewer different bytes than this are no random key: 32 random ones have fewer once in 10^20. */
const LEAST_DIFFERENT_BYTES = 12

/**
 * Everything that speaks against serving real customers like this, one sentence each, named by its first word: nothing is
 * shown of a key. Empty: go ahead.
 */
export function productionProblems(settings: ProductionSettings, { media, secrets }: ServerKeys): readonly string[] {
  const { databasePath, demo, trustProxy, rateLimit } = settings
  const problems: (string | null)[] = [
    demo ? 'demo_data: --demo brings published tokens, PINs and cards' : null,
    databasePath === ':memory:' ? 'database_in_memory: nothing would be kept' : null,
    /^[a-z]+:\/\/[^/@]*:[^/@]+@/.test(databasePath)
      ? 'secret_on_command_line: others can read it there: give the password of the database in PGPASSWORD or PGPASSFILE'
      : null,
    ...keyProblems(media),
    ...keyProblems(secrets),
    sameKey(media, secrets) ? `same_key: ${media.name} and ${secrets.name} are the same key` : null,
    trustProxy.length === 0
      ? 'plain_http: the server speaks http; put a TLS proxy before it and name its address with --trust-proxy'
      : null,
    ...trustProxy.map((address) => proxyProblem(address)),
    rateLimit === 0 ? 'no_rate_limit: --rate-limit 0 lets one caller take everything' : null,
  ]
  return problems.filter((problem) => problem !== null)
}

function keyProblems({ name, keys, given }: KeysOf): (string | null)[] {
  if (!given) return [`missing_key: set ${name}, or ${name}_FILE, and keep a copy of it apart from the database`]
  const isWeak = keys.some(({ key }) => new Set(key).size < LEAST_DIFFERENT_BYTES)
  const isOpen = given.file !== null && othersCanRead(given.file)
  return [
    isWeak ? `weak_key: ${name} is not random: take one of \`openssl rand -hex 32\`` : null,
    isOpen ? `readable_key: others can read the file of ${name}_FILE: chmod 600` : null,
  ]
}

const sameKey = (one: KeysOf, other: KeysOf): boolean =>
  one.keys.some(({ key }) => other.keys.some((its) => Buffer.from(key).equals(Buffer.from(its.key))))

function proxyProblem(address: string): string | null {
  const [ip = '', bits, ...more] = address.split('/')
  const version = isIP(ip)
  const prefix = bits === undefined ? (version === 4 ? 32 : 128) : Number(bits)
  const isNetwork = version !== 0 && more.length === 0 && Number.isInteger(prefix)
  if (!isNetwork || prefix < 0 || prefix > (version === 4 ? 32 : 128)) {
    return 'trusted_proxy: --trust-proxy takes addresses and networks, such as 10.0.0.5 or 10.0.0.0/24'
  }
  return prefix < (version === 4 ? 8 : 16) ? 'trusted_proxy: --trust-proxy trusts half the world' : null
}

/** What speaks against the data that is there; see `productionProblems`. */
export function productionDataProblems(
  hasDemoData: boolean,
  people: readonly Person[],
  now: number,
): readonly string[] {
  const canAdminister = ({ operator, password, setUp }: Person) =>
    operator.active && operator.role === 'admin' && (password !== null || (setUp !== null && setUp.until > now))
  const problems = [
    hasDemoData ? 'demo_data: the database was filled by --demo: take a new one' : null,
    people.some(canAdminister)
      ? null
      : 'no_admin: nobody can administer: `npm run server -- operator add NAME --role admin` makes the first one',
  ]
  return problems.filter((problem) => problem !== null)
}
