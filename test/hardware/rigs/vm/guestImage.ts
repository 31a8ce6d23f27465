import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/**
 * What the guest has beyond the host's own files. They are unpacked, never installed: the host keeps its own udev and
 * needs no kernel. `linux-image-amd64` stands for the kernel package it depends on.
 */
const GUEST_PACKAGES = [
  'busybox-static',
  'udev',
  'libudev1',
  'libkmod2',
  'pcscd',
  'libpcsclite1',
  'libccid',
  'libusb-1.0-0',
] as const
const KERNEL_PACKAGE = 'linux-image-amd64'

/** Debian merged these into /usr; a package that still ships them would hide the host's links. */
const MERGED_INTO_USR = ['bin', 'sbin', 'lib', 'lib64']

/** Unpacked packages, ready to be laid over the host's files in a guest. */
export interface GuestImage {
  /** Path of the kernel on the host. */
  readonly kernel: string
  /** e.g. `6.1.0-56-amd64`. */
  readonly release: string
  /** Folder with `usr/`, `etc/`, …; holds `usr/lib/modules/<release>` with its dependency lists. */
  readonly layer: string
}

/**
 * Debian's kernel and the guest's packages, downloaded and unpacked once into the user's cache folder, by version.
 * Throws with the package's name when Debian's archive does not give it.
 */
export async function guestImage(): Promise<GuestImage> {
  const kernelPackage = await kernelPackageName()
  const packages = [kernelPackage, ...GUEST_PACKAGES]
  const versions = await candidates(packages)
  const release = kernelPackage.replace(/^linux-image-/, '')
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tapcoupon-vm')
  const folder = join(cache, createHash('sha256').update(versions.join('\n')).digest('hex').slice(0, 16))
  const image: GuestImage = { layer: join(folder, 'layer'), kernel: join(folder, 'vmlinuz'), release }
  if (existsSync(folder)) return image
  await mkdir(cache, { recursive: true })
  const work = await mkdtemp(join(cache, 'unpacking-'))
  try {
    await unpack(packages, work, release)
    // Whole or not at all: another run may be unpacking the same packages.
    await rename(work, folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return image
}

async function unpack(packages: readonly string[], work: string, release: string): Promise<void> {
  const layer = join(work, 'layer')
  await mkdir(layer)
  await execute('apt-get', ['download', '-qq', ...packages], { cwd: work }).catch((error: Error) => {
    throw new Error(`The virtual machine needs the Debian packages ${packages.join(' ')}: ${error.message}`)
  })
  for (const file of await readdir(work)) {
    if (!file.endsWith('.deb')) continue
    await execute('dpkg', ['-x', join(work, file), layer])
    await rm(join(work, file))
  }
  await rename(join(layer, 'boot', `vmlinuz-${release}`), join(work, 'vmlinuz'))
  await rm(join(layer, 'boot'), { recursive: true })
  // `dpkg -x` runs no maintainer script, so the lists of module dependencies are still missing.
  await execute('depmod', ['-b', layer, release], { env: withSystemFolders() }).catch((error: Error) => {
    throw new Error(`The virtual machine needs depmod (Debian package kmod): ${error.message}`)
  })
  for (const name of MERGED_INTO_USR) {
    if (!existsSync(join(layer, name))) continue
    await cp(join(layer, name), join(layer, 'usr', name), { recursive: true, verbatimSymlinks: true })
    await rm(join(layer, name), { recursive: true })
  }
}

async function kernelPackageName(): Promise<string> {
  const find = async () =>
    /Depends: (linux-image-\S+)/.exec(await aptCache('depends', '--important', KERNEL_PACKAGE))?.[1]
  const name = (await find()) ?? (await updated(find))
  if (!name) throw unknownPackages([KERNEL_PACKAGE])
  return name
}

/** `name=version` of each package as Debian's archive has it today. */
async function candidates(packages: readonly string[]): Promise<string[]> {
  const find = async () => {
    const policy = await aptCache('policy', ...packages)
    const versions = new Map(
      [...policy.matchAll(/^(\S+):\n.*\n {2}Candidate: (\d\S*)/gm)].map(([, name, at]) => [name, at]),
    )
    return packages.map((name) => (versions.has(name) ? `${name}=${versions.get(name)}` : null))
  }
  const known = (versions: (string | null)[]) => versions.filter((version) => version !== null)
  let found = await find()
  if (found.includes(null)) found = await updated(find)
  if (found.includes(null)) throw unknownPackages(packages.filter((_, index) => found[index] === null))
  return known(found)
}

async function aptCache(...args: string[]): Promise<string> {
  const { stdout } = await execute('apt-cache', args, { env: { ...process.env, LC_ALL: 'C' } }).catch(() => ({
    stdout: '',
  }))
  return stdout
}

/** Asks again with fresh package lists: images for containers ship without any. */
async function updated<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  await execute('apt-get', ['update', '-qq']).catch(() => undefined)
  return await ask()
}

function unknownPackages(packages: readonly string[]): Error {
  return new Error(
    `The virtual machine needs the Debian packages ${packages.join(' ')}, which apt-get update does not find.`,
  )
}

/** depmod lives where an ordinary user's PATH does not look. */
export function withSystemFolders(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }
}
