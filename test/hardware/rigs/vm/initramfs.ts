import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { GuestImage } from './guestImage.ts'

/** What the guest needs before it sees the host's files, then what makes and drives the readers. */
const MODULES = [
  'virtio_pci',
  'virtio_console',
  '9pnet_virtio',
  '9p',
  'overlay',
  'xhci-pci',
  'usbhid',
  'hid-generic',
  'uhid',
  'cdc-acm',
  'dummy_hcd',
  'libcomposite',
  'usb_f_acm',
  'usb_f_hid',
] as const

/** What a disk of the guest's own needs besides. */
export const DISK_MODULES = ['virtio_blk', 'ext4', 'crc32c_generic', 'crc32c-intel'] as const

/** Module options. Four emulated USB host controllers: so many gadgets can be plugged in at once. */
const OPTIONS: Readonly<Record<string, string>> = { dummy_hcd: 'num=4' }

/** Tags of the two 9p shares. */
export const HOST_SHARE = 'host'
export const LAYER_SHARE = 'layer'

/**
 * The guest's first program. The root is an overlay: the host's files below, the unpacked Debian packages over them, and
 * a RAM disk on top that takes every write, so that nothing in the guest can change the host.
 */
function initScript(modules: readonly string[], command: readonly string[]): string {
  // A real change of root: in a chroot udevadm ignores what it is asked.
  const session = `/usr/lib/systemd/systemd-udevd --daemon; ${command.map(shellWord).join(' ')}; busybox poweroff -f`
  return `#!/bin/busybox sh
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 UV_THREADPOOL_SIZE=32
b=/bin/busybox
$b mount -t proc proc /proc
${modules.map((module) => `$b insmod /modules/${module}.ko ${OPTIONS[module] ?? ''}`).join('\n')}
share=trans=virtio,version=9p2000.L,ro,cache=loose,msize=1048576
$b mount -t 9p -o $share ${HOST_SHARE} /host && $b mount -t 9p -o $share ${LAYER_SHARE} /layer &&
$b mount -t tmpfs tmpfs /writable && $b mkdir /writable/upper /writable/work &&
$b mount -t overlay -o lowerdir=/layer:/host,upperdir=/writable/upper,workdir=/writable/work overlay /root &&
$b mount -t proc proc /root/proc && $b mount -t sysfs sysfs /root/sys && $b mount -t devtmpfs devtmpfs /root/dev &&
$b mount -t configfs configfs /root/sys/kernel/config && $b mount -t tmpfs tmpfs /root/run || $b poweroff -f
$b mkdir -p /root/dev/pts && $b mount -t devpts devpts /root/dev/pts
exec $b switch_root /root /usr/bin/busybox sh -c ${shellWord(session)}
`
}

/** A Linux initial RAM disk (cpio, "newc", uncompressed) that mounts the host's files and runs `command` in the guest. */
export async function initramfs(
  image: GuestImage,
  command: readonly string[],
  moreModules: readonly string[] = [],
): Promise<Buffer> {
  const folder = join(image.layer, 'usr/lib/modules', image.release)
  const files = loadOrder(await readFile(join(folder, 'modules.dep'), 'utf8'), [...MODULES, ...moreModules])
  const archive = new CpioArchive()
  for (const name of ['bin', 'modules', 'proc', 'host', 'layer', 'writable', 'root', 'dev']) archive.folder(name)
  archive.file('bin/busybox', await readFile(join(image.layer, 'usr/bin/busybox')))
  for (const file of files) archive.file(`modules/${basename(file)}`, await readFile(join(folder, file)))
  archive.file(
    'init',
    Buffer.from(
      initScript(
        files.map((file) => basename(file, '.ko')),
        command,
      ),
    ),
  )
  return archive.end()
}

/** Module files, each after those it needs. A name that has no file is compiled into the kernel. */
export function loadOrder(modulesDep: string, names: readonly string[]): string[] {
  const needs = new Map<string, { readonly file: string; readonly needed: readonly string[] }>()
  for (const line of modulesDep.split('\n')) {
    const [file, rest] = line.split(':')
    if (file && rest !== undefined) needs.set(file, { file, needed: rest.split(' ').filter(Boolean) })
  }
  const order = new Set<string>()
  const visit = (file: string) => {
    // The list is complete but unordered beyond one level: visiting depth first orders it.
    for (const needed of needs.get(file)?.needed ?? []) if (!order.has(needed)) visit(needed)
    order.add(file)
  }
  for (const name of names) {
    const file = [...needs.keys()].find((path) => moduleName(path) === name.replaceAll('-', '_'))
    if (file) visit(file)
  }
  return [...order]
}

function moduleName(path: string): string {
  return basename(path, '.ko').replaceAll('-', '_')
}

function shellWord(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}

const FOLDER = 0o040755
const EXECUTABLE = 0o100755

/** Entries in the format of Linux's Documentation/driver-api/early-userspace/buffer-format.rst. */
class CpioArchive {
  readonly #parts: Buffer[] = []
  #inode = 0

  folder(name: string): void {
    this.#entry(name, FOLDER, Buffer.alloc(0))
  }

  file(name: string, content: Buffer): void {
    this.#entry(name, EXECUTABLE, content)
  }

  end(): Buffer {
    this.#entry('TRAILER!!!', 0, Buffer.alloc(0))
    return Buffer.concat(this.#parts)
  }

  #entry(name: string, mode: number, content: Buffer): void {
    this.#inode += 1
    const fields = [this.#inode, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length + 1, 0]
    const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}${name}\0`
    this.#parts.push(padded(Buffer.from(header)), padded(content))
  }
}

/** Header with name, and content, each end on a multiple of four. */
function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
}
