import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { readRendererFile, resolveUnder, securityHeaders } from '../../../../counter/supervisor/rendererFiles.ts'

const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-files-'))
const root = join(folder, 'renderer')
mkdirSync(join(root, 'assets'), { recursive: true })
writeFileSync(join(root, 'index.html'), '<!doctype html>')
writeFileSync(join(root, 'assets', 'main.js'), 'export {}')
writeFileSync(join(root, 'notes.txt'), 'not for screens')
writeFileSync(join(folder, 'secret.json'), '{}')
symlinkSync(join(folder, 'secret.json'), join(root, 'link.json'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('resolveUnder', () => {
  it('names index.html for the root', () => {
    expect(resolveUnder(root, '/')).toBe(join(root, 'index.html'))
  })

  it.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/../../secret.json',
    '/assets%5c..%5c..%5csecret.json',
    '/%00',
    '/%',
    '/.git/config',
    'index.html',
    '',
  ])('refuses %s', (path) => {
    expect(resolveUnder(root, path)).toBeNull()
  })

  it('stays inside the root for any path at all', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('/', '..', '.', '%2e', '%2f', '%5c', 'a', '\\', '%00', '%25')), (parts) => {
        const resolved = resolveUnder(root, `/${parts.join('')}`)
        if (resolved !== null) expect(resolved.startsWith(join(root, '/'))).toBe(true)
      }),
    )
  })
})

describe('readRendererFile', () => {
  it('gives the page uncached and hashed assets for good', async () => {
    expect((await readRendererFile(root, '/'))?.headers).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
    })
    expect((await readRendererFile(root, '/assets/main.js'))?.headers).toEqual({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    })
  })

  it.each([
    ['a missing file', '/missing.js'],
    ['a folder', '/assets'],
    ['a kind that no screen needs', '/notes.txt'],
    ['a link out of the root', '/link.json'],
    ['a path out of the root', '/%2e%2e/secret.json'],
  ])('gives nothing for %s', async (_, path) => {
    expect(await readRendererFile(root, path)).toBeNull()
  })
})

describe('securityHeaders', () => {
  it('start from nothing and allow no inline script, style or frame', () => {
    const policy = securityHeaders(['ws://127.0.0.1:1'])['content-security-policy']
    expect(policy).toMatch(/^default-src 'none';/)
    expect(policy).toContain("connect-src 'self' ws://127.0.0.1:1;")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|\*/)
  })
})
