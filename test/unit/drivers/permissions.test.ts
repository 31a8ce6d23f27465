import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { describe, expect, it, onTestFinished } from 'vitest'
import { KNOWN_FAMILIES } from '../../../drivers/models/known.ts'
import { polkitFault, serialGroupFault, udevFault } from '../../../drivers/permissions.ts'
import { NFC_DRIVERS } from '../../../drivers/usbPlace.ts'
import { commandsIn } from '../../../renderer/readerSetup/commands.ts'

const RESOURCES = resolve(import.meta.dirname, '../../../resources')
const lines = (path: string) =>
  readFileSync(join(RESOURCES, path), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tapcoupon-rules-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** udev(7): pairs of a key, an operator and a quoted value, with commas and blanks between. */
function udevPairs(rule: string): string[][] {
  const pair = /^\s*([A-Z]+(?:\{\w+\})?)(==|!=|=|\+=|:=)"([^"]*)"\s*(?:,|$)/
  const pairs: string[][] = []
  for (let rest = rule; rest !== ''; ) {
    const found = pair.exec(rest)
    if (!found) throw new Error(`udev would not read ${rest}`)
    pairs.push(found.slice(1))
    rest = rest.slice(found[0].length)
  }
  return pairs
}

const pairs = (vendor: string) => [
  ['KERNEL', '==', 'hidraw*'],
  ['SUBSYSTEM', '==', 'hidraw'],
  ['ATTRS{idVendor}', '==', vendor],
  ['MODE', '=', '0660'],
  ['GROUP', '=', 'plugdev'],
  ['TAG', '+=', 'uaccess'],
]

describe('the udev rules', () => {
  const rules = lines('udev/70-tapcoupon-readers.rules').map(udevPairs)

  it('are read before systemd’s own act on their tag', () => {
    for (const file of readdirSync(join(RESOURCES, 'udev'))) expect(Number.parseInt(file, 10)).toBeLessThan(73)
  })

  it('say the same of each maker, and nothing else', () => {
    for (const rule of rules) expect(rule).toEqual(pairs(rule[2]?.[2] ?? ''))
    const vendors = rules.map((rule) => rule[2]?.[2])
    expect(vendors.every((vendor) => /^[0-9a-f]{4}$/.test(vendor ?? ''))).toBe(true)
    expect(new Set(vendors).size).toBe(vendors.length)
  })
})

describe('a scanner that may not be opened', () => {
  it('of a maker in the rules needs them, from where they are', () => {
    const [command, ...others] = commandsIn(udevFault(0x0c2e).fix ?? '')
    expect(others).toEqual([])
    const [, file = ''] =
      /^sudo cp (\S+) \/etc\/udev\/rules\.d\/ && sudo udevadm control --reload && sudo udevadm trigger$/.exec(
        command ?? '',
      ) ?? []
    expect(statSync(file).isFile()).toBe(true)
  })

  it('of any other needs one rule, which is the same but for the maker', () => {
    const [command] = commandsIn(udevFault(0x12ab).fix ?? '')
    const [, rule = ''] =
      /^echo '([^']+)' \| sudo tee \/etc\/udev\/rules\.d\/70-tapcoupon-12ab\.rules && /.exec(command ?? '') ?? []
    expect(udevPairs(rule)).toEqual(pairs('12ab'))
  })

  it('is helped where the rules are not at hand, as in a packaged program', () => {
    expect(udevFault(0x0c2e, [newFolder()]).fix).toContain('70-tapcoupon-0c2e.rules')
    expect(udevFault(0x0c2e, ['/opt/tapcoupon/app.asar/resources']).fix).not.toContain('app.asar')
  })

  it('is helped where a folder has a blank in its name', () => {
    const folder = join(newFolder(), 'a shop’s till')
    mkdirSync(join(folder, 'udev'), { recursive: true })
    writeFileSync(join(folder, 'udev/70-tapcoupon-readers.rules'), 'ATTRS{idVendor}=="0c2e"')
    expect(udevFault(0x0c2e, [folder]).fix).toContain(`sudo cp '${folder}/udev/70-tapcoupon-readers.rules' /etc/`)
  })

  it.each(KNOWN_FAMILIES.filter(({ hid }) => hid).flatMap(({ usb }) => usb.map(([vendor]) => vendor)))(
    'of %i is told one command that fits the screen',
    (vendor) => {
      expect(commandsIn(udevFault(vendor).fix ?? '')).toHaveLength(1)
      expect(udevFault(vendor).fix?.length).toBeLessThan(1_000)
    },
  )
})

describe('a serial port that may not be opened', () => {
  it('is opened to the counter’s own user by the group that owns it', () => {
    const folder = newFolder()
    const groups = join(folder, 'group')
    const { gid } = statSync(folder)
    writeFileSync(groups, `root:x:0:\nuucp:x:${gid === 0 ? 14 : gid}:\n`)
    const group = gid === 0 ? 'dialout' : 'uucp'
    expect(commandsIn(serialGroupFault(folder, groups).fix ?? '')).toEqual([
      `sudo usermod -aG ${group} ${userInfo().username}`,
    ])
  })

  it('that has gone meanwhile names Debian’s group', () => {
    expect(serialGroupFault('/dev/ttyTapcoupon').fix).toContain('usermod -aG dialout ')
  })
})

describe('the polkit rule', () => {
  const file = join(RESOURCES, 'polkit/50-tapcoupon-pcscd.rules')
  const judge = (id: string, groups: readonly string[]) => {
    let decide: (action: object, subject: object) => unknown = () => {}
    const addRule = (rule: typeof decide) => {
      decide = rule
    }
    const polkit = { addRule, Result: { YES: 'yes' } }
    runInContext(readFileSync(file, 'utf8'), createContext({ polkit }))
    return decide({ id }, { isInGroup: (group: string) => groups.includes(group) })
  }

  it('lets the group’s members at the readers and the cards, and decides about nothing else', () => {
    for (const action of ['access_pcsc', 'access_card']) {
      expect(judge(`org.debian.pcsc-lite.${action}`, ['tapcoupon'])).toBe('yes')
      expect(judge(`org.debian.pcsc-lite.${action}`, ['plugdev'])).toBeUndefined()
    }
    expect(judge('org.freedesktop.login1.power-off', ['tapcoupon'])).toBeUndefined()
  })

  it('is what the command installs, and its group is the one that the user joins', () => {
    const [command] = commandsIn(polkitFault().fix ?? '')
    expect(command).toContain(`sudo cp ${file} /etc/polkit-1/rules.d/`)
    expect(command).toContain(`sudo usermod -aG tapcoupon ${userInfo().username}`)
  })
})

it('the kernel’s NFC drivers that we know are all kept away', () => {
  expect(lines('modprobe/tapcoupon-nfc.conf')).toEqual(NFC_DRIVERS.map((driver) => `blacklist ${driver}`))
})
