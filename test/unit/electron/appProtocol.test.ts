import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { serveApp } from '../../../electron/main/appProtocol.ts'
import { doubleElectron } from './electronDoubles.ts'

const root = mkdtempSync(join(tmpdir(), 'tapcoupon-app-'))
writeFileSync(join(root, 'index.html'), '<!doctype html>')
afterAll(() => rmSync(root, { recursive: true }))

const { apis, served } = doubleElectron()
serveApp(apis.protocol, root)
const ask = (url: string, fields: object = {}) =>
  served.app?.({ url, method: 'GET', ...fields } as unknown as Request) as Promise<Response>

describe('app://', () => {
  it('serves the page with a policy that starts from nothing', async () => {
    const response = await ask('app://tapcoupon/')
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('<!doctype html>')
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none';/)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })

  it.each([
    ['a path out of the root', 'app://tapcoupon/%2e%2e/%2e%2e/etc/passwd', {}],
    ['a missing file', 'app://tapcoupon/x.js', {}],
    ['another host', 'app://other/', {}],
    ['another method', 'app://tapcoupon/', { method: 'POST' }],
    ['another origin', 'app://tapcoupon/', { initiatorOrigin: 'https://attacker.example' }],
    ['an opaque origin', 'app://tapcoupon/', { initiatorOrigin: null }],
  ])('has nothing for %s, and says so under the same policy', async (_, url, fields) => {
    const response = await ask(url, fields)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none';/)
  })

  it('serves its own page what it asks for', async () => {
    expect((await ask('app://tapcoupon/', { initiatorOrigin: 'app://tapcoupon' })).status).toBe(200)
  })
})
