import { expect } from 'vitest'
import type { OperatorRole } from '../../core/contract/sessions.ts'
import { BY_COMMAND } from '../../server/audit/entry.ts'
import { passwordHasher } from '../../server/auth/passwordHash.ts'
import { secretHash } from '../../server/auth/secrets.ts'
import { systemIds as ids } from '../../server/system.ts'
import { CHEAP_PASSWORDS, type TestServer } from './fixture.ts'

export const PASSWORD = 'correct staple of horses'

/** Headers that a browser sends from a page of this server. */
export const OURS = { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' }

export interface OfficeAnswer {
  readonly status: number
  readonly headers: Record<string, unknown>
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any
}

/** A browser at the office: keeps its cookie, and says where its requests come from. */
export class OfficeBrowser {
  readonly #server: TestServer
  readonly #address: string
  cookie: string | null = null

  constructor(server: TestServer, address = '127.0.0.1') {
    this.#server = server
    this.#address = address
  }

  async ask(method: 'GET' | 'POST', url: string, body?: unknown, headers: object = OURS): Promise<OfficeAnswer> {
    const response = await this.#server.app.inject({
      method,
      url,
      remoteAddress: this.#address,
      headers: { host: 'localhost', ...(this.cookie === null ? {} : { cookie: this.cookie }), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const [set] = [response.headers['set-cookie']].flat()
    if (set !== undefined) this.cookie = /=;|Max-Age=0/.test(set) ? null : (set.split(';')[0] ?? null)
    const isJson = String(response.headers['content-type']).includes('json')
    const answer = { status: response.statusCode, headers: response.headers, body: isJson ? response.json() : null }
    return answer
  }

  get = (url: string) => this.ask('GET', url)
  post = (url: string, body: unknown = {}) => this.ask('POST', url, body)
  signIn = (name: string, password = PASSWORD, code?: string) =>
    this.post('/v1/office/sign-in', { name, password, ...(code === undefined ? {} : { code }) })
}

/** Gives the person of a role a password, as one with a one-time code would set it. */
export async function givePassword({ store, operators, clock }: TestServer, role: OperatorRole): Promise<void> {
  const { operatorId } = operators[role]
  const now = clock.now()
  const codeHash = secretHash(`set-up-${operatorId}`)
  const common = { operatorId, by: BY_COMMAND, reason: null, now }
  await store.changePerson({ ...common, kind: 'reset', secondFactor: false, setUp: { codeHash, until: now + 1 } })
  const password = await passwordHasher(ids, CHEAP_PASSWORDS).hash(PASSWORD)
  const changed = await store.changePerson({ ...common, kind: 'set-up', codeHash, password })
  if (!changed.ok) throw new Error(changed.problem)
}

/** A browser that somebody of this role has signed in with. Their tokens of before have ended. */
export async function signedIn(server: TestServer, role: OperatorRole): Promise<OfficeBrowser> {
  await givePassword(server, role)
  const browser = new OfficeBrowser(server)
  expect(await browser.signIn(role)).toMatchObject({ status: 200, body: { status: 'signed_in' } })
  return browser
}
