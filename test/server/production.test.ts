import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { passwordHasher } from '../../server/auth/passwordHash.ts'
import { operatorCommand } from '../../server/commands/operator.ts'
import { storeCommand } from '../../server/commands/store.ts'
import { hasDemoData, seedDemo } from '../../server/demo/seed.ts'
import { newHashKeys } from '../../server/media/hashKeys.ts'
import { serverOptions } from '../../server/options.ts'
import { productionDataProblems, productionProblems } from '../../server/production.ts'
import { MEDIUM_KEY, SECRET_KEY, serverKeys } from '../../server/serverKeys.ts'
import type { CouponStore } from '../../server/store/couponStore.ts'
import { openSqliteCouponStore } from '../../server/store/sqlite/sqliteCouponStore.ts'
import { systemClock as clock, systemIds as ids } from '../../server/system.ts'
import { CHEAP_PASSWORDS, testServer } from './fixture.ts'
import { OfficeBrowser, PASSWORD } from './officeBrowser.ts'

const hexKey = () => Buffer.from(ids.randomBytes(32)).toString('hex')
const GOOD = { [MEDIUM_KEY]: `1:${hexKey()}`, [SECRET_KEY]: `1:${hexKey()}` }
const SETTINGS = { databasePath: '/data/coupons.db', demo: false, trustProxy: ['10.0.0.5'], rateLimit: 1_000 }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapcoupon-production-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The names of what speaks against it. */
const names = (settings: object = {}, env: NodeJS.ProcessEnv = GOOD): string[] =>
  productionProblems({ ...SETTINGS, ...settings }, serverKeys(null, env, ids)).map((one) => one.split(':')[0]!)

describe('--production', () => {
  it('has nothing against keys that were given, a proxy and a file', () => {
    expect(names()).toEqual([])
    expect(names({ trustProxy: ['10.0.0.0/24', 'fd00::/64', '::1'] })).toEqual([])
    expect(names({ databasePath: 'postgres://app@db/x' })).toEqual([])
  })

  it.each<[string, object, NodeJS.ProcessEnv, string[]]>([
    ['sample data', { demo: true }, GOOD, ['demo_data']],
    ['a database in memory', { databasePath: ':memory:' }, GOOD, ['database_in_memory']],
    ['a password for all to see', { databasePath: 'postgres://app:secret@db/x' }, GOOD, ['secret_on_command_line']],
    ['keys that the server would make', {}, {}, ['missing_key', 'missing_key']],
    ['a key of noughts', {}, { ...GOOD, [SECRET_KEY]: `1:${'00'.repeat(32)}` }, ['weak_key']],
    ['a key of a pattern', {}, { ...GOOD, [MEDIUM_KEY]: `1:${'deadbeef'.repeat(8)}` }, ['weak_key']],
    ['one key for both', {}, { ...GOOD, [SECRET_KEY]: GOOD[MEDIUM_KEY] }, ['same_key']],
    ['plain http', { trustProxy: [] }, GOOD, ['plain_http']],
    ['a proxy that is everybody', { trustProxy: ['0.0.0.0/0'] }, GOOD, ['trusted_proxy']],
    ['a proxy by another word', { trustProxy: ['true'] }, GOOD, ['trusted_proxy']],
    ['no limit of requests', { rateLimit: 0 }, GOOD, ['no_rate_limit']],
  ])('refuses %s', (_, settings, env, expected) => {
    expect(names(settings, env)).toEqual(expected)
  })

  it('says which, and shows nothing of a key', () => {
    const env = { [MEDIUM_KEY]: `1:${'ab'.repeat(32)}`, [SECRET_KEY]: `1:${'ab'.repeat(32)}` }
    const text = productionProblems(SETTINGS, serverKeys(null, env, ids)).join('\n')
    expect(text).toContain(MEDIUM_KEY)
    expect(text).not.toContain('abab')
  })

  it('refuses a database of sample data, and one that nobody can administer', async () => {
    const store = openSqliteCouponStore({ path: ':memory:', ids })
    const problems = async () =>
      productionDataProblems(await hasDemoData(store), await store.people(), clock.now()).map(
        (one) => one.split(':')[0],
      )
    expect(await problems()).toEqual(['no_admin'])
    const { code } = (await operator(store, 'add', 'Ada', '--role', 'admin')) as { code: string }
    expect(code).toMatch(/^[0-9A-Z-]{23}$/)
    expect(await problems()).toEqual([])
    await seedDemo({ store, hashKeys: newHashKeys(ids), clock, ids })
    expect(await problems()).toEqual(['demo_data'])
    await store.close()
  })

  it('answers nobody who does not come by https, but monitoring', async () => {
    const security = { httpsOnly: true, trustProxy: ['10.0.0.1'] }
    const server = await testServer({ path: ':memory:', security })
    const ask = async (url: string, headers: Record<string, string> = {}, remoteAddress = '10.0.0.1') =>
      (await server.app.inject({ url, headers, remoteAddress })).statusCode
    const https = { 'x-forwarded-proto': 'https' }
    for (const url of ['/healthz', '/readyz', '/metrics']) expect(await ask(url)).toBe(200)
    expect(await ask('/docs/json')).toBe(403)
    expect(await ask('/docs/json', https)).toBe(200)
    expect(await ask('/docs/json', https, '10.0.0.2')).toBe(403)
    expect(await ask('/v1/campaigns', https)).toBe(401)
    await server.close()
  })
})

describe('secrets', () => {
  it('come from the environment or from the file that it names, with or without its last line end', () => {
    const file = join(folder, 'key')
    const key = hexKey()
    writeFileSync(file, `1:${key}\n`, { mode: 0o600 })
    const { media, secrets } = serverKeys(null, { [`${MEDIUM_KEY}_FILE`]: file, [SECRET_KEY]: GOOD[SECRET_KEY] }, ids)
    expect(Buffer.from(media.keys[0]!.key).toString('hex')).toBe(key)
    expect(media.given).toMatchObject({ file })
    expect(secrets.given).toMatchObject({ file: null })
  })

  it.skipIf(process.platform === 'win32')('in a file that others can read are refused', () => {
    const file = join(folder, 'key')
    writeFileSync(file, GOOD[MEDIUM_KEY]!)
    chmodSync(file, 0o644)
    const env = { [`${MEDIUM_KEY}_FILE`]: file, [SECRET_KEY]: GOOD[SECRET_KEY] }
    expect(names({}, env)).toEqual(['readable_key'])
    chmodSync(file, 0o600)
    expect(names({}, env)).toEqual([])
  })

  it('that are given twice, missing or broken are named, never shown', () => {
    const broken = { [MEDIUM_KEY]: 'secret-but-wrong' }
    expect(() => serverKeys(null, broken, ids)).toThrow(`${MEDIUM_KEY} must look like`)
    expect(() => serverKeys(null, broken, ids)).not.toThrow('secret-but-wrong')
    const twice = { ...GOOD, [`${SECRET_KEY}_FILE`]: 'x' }
    expect(() => serverKeys(null, twice, ids)).toThrow('both set')
    const missing = { [`${SECRET_KEY}_FILE`]: join(folder, 'nowhere') }
    expect(() => serverKeys(null, missing, ids)).toThrow(`${SECRET_KEY}_FILE: the file cannot be read (ENOENT)`)
  })

  it('have no option on the command line', () => {
    for (const option of ['--medium-hash-key', '--secret-key', '--password']) {
      expect(serverOptions([option, 'x'])).toMatchObject({ ok: false })
    }
  })
})

const operator = (store: CouponStore, ...args: string[]) =>
  operatorCommand(args, {
    store,
    passwords: passwordHasher(ids, CHEAP_PASSWORDS),
    clock,
    ids,
    ask: async () => PASSWORD,
  })

describe('the first people and stores', () => {
  it('are made on the server’s machine, and sign in', async () => {
    const server = await testServer({ path: ':memory:' })
    const { code } = (await operator(server.store, 'add', 'Ada', '--role', 'admin')) as { code: string }
    const browser = new OfficeBrowser(server)
    expect((await browser.post('/v1/office/set-up', { code, password: PASSWORD })).status).toBe(200)
    expect((await browser.signIn('Ada')).status).toBe(200)
    expect(await operator(server.store, 'add', 'Grace', '--role', 'planner', '--ask')).not.toHaveProperty('code')
    expect((await new OfficeBrowser(server).signIn('Grace')).status).toBe(200)

    const again = (await operator(server.store, 'reset', 'Ada', '--second-factor')) as { code: string }
    expect((await browser.get('/v1/office/me')).status).toBe(401)
    expect((await browser.post('/v1/office/set-up', { code: again.code, password: PASSWORD })).status).toBe(200)
    await browser.signIn('Ada')
    const { entries } = (await browser.get('/v1/audit?action=operator&limit=200')).body
    const commands = entries.filter((one: { actor: { kind: string } }) => one.actor.kind === 'command')
    expect(commands.map((one: { action: string }) => one.action)).toEqual([
      'operator.reset',
      'operator.set-up',
      'operator.add',
      'operator.add',
    ])
    await server.close()
  })

  it('are refused in words', async () => {
    const store = openSqliteCouponStore({ path: ':memory:', ids })
    await expect(operator(store, 'add', 'Ada', '--role', 'cashier')).rejects.toThrow('--role')
    await expect(operator(store, 'add', 'Ada')).rejects.toThrow('--role')
    await expect(operator(store, 'remove', 'Ada')).rejects.toThrow('operator add NAME')
    await expect(operator(store, 'add', 'Ada', '--role', 'admin', '--store', 'x')).rejects.toThrow('storeId')
    await expect(operator(store, 'reset', 'Ada')).rejects.toThrow('no operator has this name')
    await operator(store, 'add', 'Ada', '--role', 'admin')
    await expect(operator(store, 'add', 'Ada', '--role', 'planner')).rejects.toThrow('somebody has this name')
    await store.close()
  })

  it('a store is made, and changed without losing its settings', async () => {
    const server = await testServer({ path: ':memory:', settings: { undoWindowSeconds: 77 } })
    const run = (...args: string[]) => storeCommand(args, server.store, 1)
    const more = ['--time-zone', 'Asia/Tokyo', '--currency', 'JPY']
    await run('add', 'east', '--name', 'East', ...more)
    await run('add', 'north', '--name', 'North by north', ...more)
    const stores = await server.store.stores({ storeId: null })
    const settingsOf = (storeId: string) => stores.find((one) => one.store.storeId === storeId)!
    expect(settingsOf('east')).toMatchObject({ store: { name: 'East' }, settings: { undoWindowSeconds: 120 } })
    expect(settingsOf('north')).toMatchObject({
      store: { name: 'North by north' },
      settings: { undoWindowSeconds: 77 },
    })
    await expect(run('add', 'west', '--name', 'West', '--time-zone', 'Mars', '--currency', 'JPY')).rejects.toThrow(
      'timeZone',
    )
    await server.close()
  })
})
