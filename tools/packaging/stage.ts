import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { OUTSIDE } from '../../bin/builtFiles.ts'
import { packageClosure } from './packageClosure.ts'

const Manifest = z.object({
  version: z.string(),
  license: z.string(),
  description: z.string(),
  author: z.object({ name: z.string(), email: z.string() }),
  homepage: z.url(),
  dependencies: z.record(z.string(), z.string()),
})

/** Sources and tests of native packages: what runs is their prebuilt binaries and their JavaScript. */
const NOT_SHIPPED: readonly RegExp[] = [
  /(^|\/)better-sqlite3\/(deps|src)(\/|$)/,
  /(^|\/)node-hid\/(hidapi|src)(\/|$)/,
  /(^|\/)(test|tests|docs|examples?|\.github)(\/|$)/,
  /(^|\/)binding\.gyp$/,
  /\.(c|cc|cpp|h|hpp|gyp|gypi|map|md|markdown|tsbuildinfo)$/,
  /\.d\.[cm]?ts$/,
]

/** Whether a file below `node_modules` ships; licences always do. */
export function ships(path: string): boolean {
  if (/^(licen[cs]e|notice|copying)/i.test(basename(path))) return true
  return !NOT_SHIPPED.some((pattern) => pattern.test(path))
}

/** A folder that a package is made of: paths below the root of the project, copied to the same places. */
export interface Staged {
  readonly files: readonly string[]
  readonly packages: readonly string[]
  /** Written as its package.json. */
  readonly manifest: object
}

const NATIVE = OUTSIDE.filter((name) => name !== 'electron')

/**
 * The kiosk: bundles, screens, and the packages with native parts. No server, no source, no Node of npm's.
 *
 * `packager` (`Name <mail>`): who publishes the packages and answers for them, in place of the project's own name, which
 * has no mailbox.
 */
export function kioskPackage(root: string, packager?: string): Staged {
  const { version, license, description, author, homepage, dependencies } = manifestOf(root)
  const own = Object.entries(dependencies).filter(([name]) => NATIVE.includes(name))
  return {
    files: ['LICENSE', 'dist/electron', 'dist/renderer'],
    packages: packageClosure(root, NATIVE),
    manifest: {
      name: 'tapcoupon',
      productName: 'Tapcoupon',
      version,
      license,
      description,
      author: packager ?? author,
      homepage,
      main: 'dist/electron/main.cjs',
      dependencies: Object.fromEntries(own),
    },
  }
}

/** What the server loads beside its own sources; a test reads the sources to see that this is all. */
export const SERVER_PACKAGES = [
  '@fastify/cookie',
  '@fastify/static',
  '@fastify/swagger',
  '@fastify/swagger-ui',
  'better-sqlite3',
  'fastify',
  'fastify-type-provider-zod',
  'helmet',
  'pg',
  'prom-client',
  'uuidv7',
  'zod',
] as const

/** The server: its sources, which Node 24 runs as they are, the office's and the customers' pages. */
export function serverPackage(root: string): Staged {
  const { version, license, description, dependencies } = manifestOf(root)
  const own = Object.entries(dependencies).filter(([name]) => SERVER_PACKAGES.some((needed) => needed === name))
  return {
    files: ['LICENSE', 'core', 'resources', 'server', 'dist/office', 'dist/my'],
    packages: packageClosure(root, SERVER_PACKAGES),
    manifest: {
      name: 'tapcoupon-server',
      version,
      license,
      description,
      type: 'module',
      engines: { node: '>=24' },
      dependencies: Object.fromEntries(own),
    },
  }
}

/** Copies a package's files into `into`, which is emptied before; links become what they point to. */
export function stage(root: string, { files, packages, manifest }: Staged, into: string): void {
  rmSync(into, { recursive: true, force: true })
  mkdirSync(into, { recursive: true })
  const copy = (path: string, filter: (source: string) => boolean) => {
    if (!existsSync(join(root, path))) throw new Error(`${path} is missing: npm run build makes what is built`)
    mkdirSync(dirname(join(into, path)), { recursive: true })
    cpSync(join(root, path), join(into, path), { recursive: true, dereference: true, filter })
  }
  for (const path of files) copy(path, () => true)
  for (const path of packages) {
    // Packages inside packages are on the list by themselves.
    copy(path, (source) => {
      const inside = relative(join(root, path), source).replaceAll('\\', '/')
      return !inside.split('/').includes('node_modules') && (inside === '' || ships(`${path}/${inside}`))
    })
  }
  writeFileSync(join(into, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

const manifestOf = (root: string) => Manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
