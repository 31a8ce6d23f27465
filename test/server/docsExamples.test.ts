import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ROOT } from '../rigs/program.ts'
import { type ServerProcess, startServer } from './serverProcess.ts'

/** The examples of docs/api.md and docs/integrator.md, run as they stand there against a demo server. */
let folder: string
let server: ServerProcess
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tapcoupon-examples-'))
  server = await startServer(['--demo', '--database', 'sqlite::memory:'])
})
afterAll(async () => {
  await server?.end('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const blocksOf = (page: string, language: string): string[] =>
  [
    ...readFileSync(join(ROOT, 'docs', page), 'utf8').matchAll(
      new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'),
    ),
  ].map(([, code = '']) => code)

/** Runs a program in the test's folder; what it printed. */
function run(
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ out: string; err: string; code: number }> {
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter)
  const child = spawn(program, args, { cwd: folder, env: { ...process.env, PATH, ...env } })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    said.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    said.err += chunk
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ ...said, code: code ?? -1 }))
  })
}

it('a purchase in one file: found, approved, split over the lines', async () => {
  const [program = ''] = blocksOf('integrator.md', 'js')
  writeFileSync(join(folder, 'purchase.mjs'), program)
  const { url, operators, media } = server.line
  const admin = operators.find(({ role }: { role: string }) => role === 'admin').token
  const made = await fetch(`${url}/v1/api-keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
    body: JSON.stringify({ keyId: uuidv7(), name: 'A shop', scopes: ['search', 'redeem'], storeId: 'kichijoji' }),
  })
  const { token } = (await made.json()) as { token: string }
  const member = media.find((one: { type: string; holder: string }) => one.type === 'barcode').identifier
  const { out, err, code } = await run(process.execPath, ['purchase.mjs', member], {
    TAPCOUPON_URL: url,
    TAPCOUPON_KEY: token,
  })
  expect(code, err).toBe(0)
  const answer = JSON.parse(out) as { status: string; discount: number; lines: { discount: { total: number } }[] }
  expect(answer.status).toBe('approved')
  expect(answer.discount).toBeGreaterThan(0)
  expect(answer.lines.reduce((sum, line) => sum + line.discount.total, 0)).toBe(answer.discount)
})

it('a webhook’s signature is checked as its libraries do', async () => {
  const code = blocksOf('integrator.md', 'js').find((block) => block.includes('function isGenuine')) ?? ''
  const { isGenuine } = (await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(`${code}\nexport { isGenuine }`)}`
  )) as { isGenuine: (secret: string, headers: Record<string, string>, body: string) => boolean }
  const secret = `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}`
  const now = new Date()
  const headers = (signature: string, at = now) => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signature,
  })
  const signed = new Webhook(secret).sign('msg_1', now, '{"a":1}')
  expect(isGenuine(secret, headers(signed), '{"a":1}')).toBe(true)
  expect(isGenuine(secret, headers(`v1,AAAA ${signed}`), '{"a":1}')).toBe(true)
  expect(isGenuine(secret, headers(signed), '{"a":2}')).toBe(false)
  const old = new Date(now.getTime() - 600_000)
  expect(isGenuine(secret, headers(new Webhook(secret).sign('msg_1', old, '{"a":1}'), old), '{"a":1}')).toBe(false)
})

// The last: at its end the page stops the server.
it('the API in twenty commands, pasted in order into one shell', { timeout: 240_000 }, async () => {
  const [start = '', ...commands] = blocksOf('api.md', 'sh')
  expect(start).toContain('npm run -s server -- --demo')
  writeFileSync(join(folder, 'demo.json'), JSON.stringify(server.line))
  const calls = join(folder, 'calls')
  const curl = `curl() { node '${join(ROOT, 'test/rigs/curl.mjs')}' "$@"; }`
  writeFileSync(join(folder, 'walk.sh'), ['set -u', curl, ...commands].join('\n'))
  const { err, code } = await run('bash', ['walk.sh'], { CALLS: calls })
  expect({ err, code }).toEqual({ err: '', code: 0 })
  const asked = readFileSync(calls, 'utf8').trim().split('\n')
  expect(asked.length).toBeGreaterThanOrEqual(20)
  expect(asked.filter((call) => !/^20\d /.test(call))).toEqual([
    expect.stringMatching(/^403 POST .*\/approve$/),
    '400 POST /v1/search',
    '401 GET /v1/campaigns',
  ])
})
