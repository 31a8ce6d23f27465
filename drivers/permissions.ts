import { existsSync, readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import type { Fault } from './nativeFault.ts'

/** Permission problems that Linux machines meet, each with the exact command that solves it on this one. */
type Denied = Fault & { readonly state: 'denied' }

const UDEV_FILE = 'udev/70-tapcoupon-readers.rules'
const POLKIT_FILE = 'polkit/50-tapcoupon-pcscd.rules'

/** Where the rules lie: from the sources, from a bundle in `dist/electron`, beside a packaged program. */
const FOLDERS = ['../resources', '../../resources'].map((folder) => resolve(import.meta.dirname, folder))

/**
 * A USB scanner that this user may not open. For makers in the rules that come with the program these are installed; for
 * any other, one rule is written.
 */
export function udevFault(vendorId: number, folders: readonly string[] = FOLDERS): Denied {
  const vendor = vendorId.toString(16).padStart(4, '0')
  const file = resourceFile(UDEV_FILE, folders)
  const install =
    file !== null && contents(file).includes(`ATTRS{idVendor}=="${vendor}"`)
      ? `sudo cp ${quoted(file)} /etc/udev/rules.d/`
      : `echo '${udevRule(vendor)}' | sudo tee /etc/udev/rules.d/70-tapcoupon-${vendor}.rules`
  return denied(
    `This user may not open the scanner. Install the rule and plug the scanner in again: ${install} && sudo udevadm control --reload && sudo udevadm trigger`,
  )
}

/** As in the rules that come with the program; udev wants no blanks between the pairs. */
const udevRule = (vendor: string) =>
  `KERNEL=="hidraw*",SUBSYSTEM=="hidraw",ATTRS{idVendor}=="${vendor}",MODE="0660",GROUP="plugdev",TAG+="uaccess"`

/** A serial port that this user may not open: its group is asked to let them in (dialout on Debian, uucp on Arch). */
export function serialGroupFault(path: string, groups = '/etc/group'): Denied {
  return denied(
    `This user may not open the port: sudo usermod -aG ${groupOf(path, groups) ?? 'dialout'} ${userName()}, then sign in again.`,
  )
}

/** pcscd refuses this user, who has no session at the machine's seat. */
export function polkitFault(folders: readonly string[] = FOLDERS): Denied {
  const file = quoted(resourceFile(POLKIT_FILE, folders) ?? join('resources', POLKIT_FILE))
  return denied(
    `The smart card service refuses this user. Install the rule: sudo cp ${file} /etc/polkit-1/rules.d/ && sudo groupadd -f tapcoupon && sudo usermod -aG tapcoupon ${userName()} && sudo systemctl restart polkit pcscd, then sign in again.`,
  )
}

/** A kernel driver has claimed a card reader before pcscd could. `driver`, e.g. `pn533_usb` (pcsc-tools issue 97). */
export function kernelDriverFault(driver: string): Fault {
  return {
    state: 'conflict',
    code: 'kernel_driver',
    fix: `The kernel's ${driver} holds this reader. Leave it to pcscd: echo "blacklist ${driver}" | sudo tee /etc/modprobe.d/tapcoupon-${driver}.conf && sudo modprobe -r ${driver}, then unplug the reader and plug it in again.`,
  }
}

const denied = (fix: string): Denied => ({ state: 'denied', code: 'permission_denied', fix: fix.slice(0, 1_000) })

/** A file that `cp` can read; what lies in Electron's archive is none. */
function resourceFile(name: string, folders: readonly string[]): string | null {
  const files = folders.map((folder) => join(folder, name))
  return files.find((file) => !file.includes('.asar') && existsSync(file)) ?? null
}

function contents(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const quoted = (path: string) => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`)

/** Who runs the counter, who need not be who types the command. */
function userName(): string {
  try {
    const { username } = userInfo()
    return /^[\w.-]+$/.test(username) ? username : '$USER'
  } catch {
    // A user without an entry in the system's list.
    return '$USER'
  }
}

/** The name of the group that owns a device; null: root's own, or not told. */
function groupOf(path: string, groups: string): string | null {
  try {
    const { gid } = statSync(path)
    const line = contents(groups)
      .split('\n')
      .find((each) => each.split(':')[2] === `${gid}`)
    return gid === 0 ? null : (line?.split(':')[0] ?? null)
  } catch {
    return null
  }
}
