import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = resolve(import.meta.dirname, '../../..')
const scripts = join(root, 'resources/packaging/deb')
const { linux } = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'))

describe.runIf(process.platform === 'linux')('the deb package’s scripts', () => {
  let machine: string

  /** A machine after dpkg has put the package's files there, as electron-builder.yml lays them out. */
  beforeEach(() => {
    machine = mkdtempSync(join(tmpdir(), 'tapcoupon-deb-'))
    const app = join(machine, 'opt/Tapcoupon')
    mkdirSync(app, { recursive: true })
    for (const name of ['tapcoupon', 'chrome-sandbox']) writeFileSync(join(app, name), '')
    for (const { from, to } of linux.extraFiles) cpSync(join(root, from), join(app, to), { recursive: true })
  })
  afterEach(() => rmSync(machine, { recursive: true }))

  const run = (script: string, ...args: string[]) =>
    execFileSync('sh', [join(scripts, script), ...args], { env: { PATH: process.env.PATH, TAPCOUPON_ROOT: machine } })
  const files = () =>
    readdirSync(machine, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(machine.length))
      .filter((path) => !path.startsWith('/opt/'))
      .sort()

  it.each(['after-install.sh', 'after-remove.sh'])('%s is plain sh', (script) => {
    const { status, stderr } = spawnSync('sh', ['-n', join(scripts, script)], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  it.each(['after-install.sh', 'after-remove.sh'])('%s has nothing that electron-builder would fill in', (script) => {
    // app-builder-lib 26, FpmTarget: it throws for a macro that it does not know.
    expect(readFileSync(join(scripts, script), 'utf8')).not.toMatch(/\$\{[a-zA-Z]+\}|<%=/)
  })

  it('install the name, the rules for readers and the unit, once or twice', () => {
    run('after-install.sh', 'configure')
    run('after-install.sh', 'configure')
    expect(files()).toEqual([
      '/lib/modprobe.d/tapcoupon-nfc.conf',
      '/lib/udev/rules.d/70-tapcoupon-readers.rules',
      '/usr/bin/tapcoupon',
      '/usr/lib/systemd/user/tapcoupon-counter.service',
      '/usr/share/polkit-1/rules.d/50-tapcoupon-pcscd.rules',
    ])
    expect(readlinkSync(join(machine, 'usr/bin/tapcoupon'))).toBe('/opt/Tapcoupon/tapcoupon')
    expect(statSync(join(machine, 'lib/udev/rules.d/70-tapcoupon-readers.rules')).mode & 0o777).toBe(0o644)
    expect([0o755, 0o4755]).toContain(statSync(join(machine, 'opt/Tapcoupon/chrome-sandbox')).mode & 0o7777)
    expect(existsSync(join(machine, 'etc/tapcoupon'))).toBe(true)
  })

  it('leave nothing behind when the package is removed, but the administrator’s settings', () => {
    run('after-install.sh', 'configure')
    writeFileSync(join(machine, 'etc/tapcoupon/counter.json'), '{}')
    run('after-remove.sh', 'remove')
    expect(files()).toEqual(['/etc/tapcoupon/counter.json'])
  })

  it('keep everything while the package is upgraded', () => {
    run('after-install.sh', 'configure')
    const before = files()
    run('after-remove.sh', 'upgrade', '1.2.0')
    expect(files()).toEqual(before)
  })
})
