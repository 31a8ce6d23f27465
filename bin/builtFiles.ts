import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { familiesInBundle } from './familiesInBundle.ts'

/** What is built, from what; a build is fresh when nothing it comes from is newer. */
const BUILDS = {
  renderer: {
    result: 'dist/renderer/index.html',
    sources: [
      'renderer',
      'core',
      'resources/locales',
      'resources/icons',
      'resources/sounds',
      'vite.config.ts',
      'package-lock.json',
    ],
  },
  office: {
    result: 'dist/office/index.html',
    sources: ['renderer', 'core', 'resources/locales', 'resources/icons', 'vite.config.ts', 'package-lock.json'],
  },
  my: {
    result: 'dist/my/index.html',
    sources: ['renderer', 'core', 'resources/locales', 'resources/icons', 'vite.config.ts', 'package-lock.json'],
  },
  pos: {
    result: 'dist/pos/index.html',
    sources: ['packages/pos-client', 'vite.config.ts', 'package-lock.json'],
  },
  electron: {
    result: 'dist/electron/main.cjs',
    sources: ['electron', 'core', 'counter', 'drivers', 'resources/sample', 'package-lock.json'],
  },
} as const
export type BuildName = keyof typeof BUILDS

/** Whether `dist` holds this build and nothing it comes from has changed since. */
export function isFresh(root: string, name: BuildName): boolean {
  const built = modifiedAt(join(root, BUILDS[name].result))
  return built !== null && BUILDS[name].sources.every((source) => newestIn(join(root, source)) <= built)
}

const PRODUCTION = { 'process.env.NODE_ENV': '"production"' }

/** Where the pages are that are not in a folder of their name. */
const PAGE_FOLDERS: Partial<Readonly<Record<BuildName, string>>> = {
  renderer: 'renderer',
  pos: 'packages/pos-client/sample',
}

/** Builds into `dist/`. Takes seconds; throws what vite throws when the sources are broken. */
export async function buildFiles(root: string, name: BuildName): Promise<void> {
  if (name !== 'electron') {
    const { build } = await import('vite')
    const page = {
      root: join(root, PAGE_FOLDERS[name] ?? `renderer/${name}`),
      ...(name === 'renderer' ? {} : { mode: name }),
    }
    // React's and i18next's own words for developers go by this, whatever the mode is called.
    await build({ configFile: join(root, 'vite.config.ts'), ...page, logLevel: 'warn', define: PRODUCTION })
    return
  }
  await bundleElectron(root, join(root, 'dist/electron'))
}

/** Packages that Electron or the operating system load: they stay outside and are found in node_modules. */
export const OUTSIDE = [
  'electron',
  'better-sqlite3',
  'node-hid',
  'serialport',
  'pcsc-mini',
  'nfc-pcsc',
  '@pokusew/pcsclite',
]

interface Program {
  readonly file: string
  readonly entry: string
  readonly format: 'cjs' | 'es'
}

/** Electron's main process and sandboxed preload are CommonJS; utility processes are ES modules. */
const PROGRAMS: readonly Program[] = [
  { file: 'main.cjs', entry: 'electron/main/main.ts', format: 'cjs' },
  { file: 'preload.cjs', entry: 'electron/preload/preload.ts', format: 'cjs' },
  { file: 'counter.mjs', entry: 'electron/children/counter.ts', format: 'es' },
  { file: 'devices.mjs', entry: 'electron/children/devices.ts', format: 'es' },
  { file: 'checkThread.mjs', entry: 'counter/store/sqlite/checkThread.ts', format: 'es' },
  { file: 'flushThread.mjs', entry: 'counter/store/sqlite/flushThread.ts', format: 'es' },
]

/** Bundles the Electron shell into `outDir`, one file a program: a sandboxed preload cannot load a second one. */
export async function bundleElectron(root: string, outDir: string): Promise<void> {
  // A tool of development, not needed once dist/ is there.
  const { build } = await import('vite')
  for (const [index, { file, entry, format }] of PROGRAMS.entries()) {
    await build({
      configFile: false,
      plugins: [familiesInBundle(root)],
      root,
      logLevel: 'warn',
      ssr: { noExternal: true, external: OUTSIDE },
      build: {
        ssr: join(root, entry),
        outDir,
        emptyOutDir: index === 0,
        target: 'node24',
        minify: false,
        rolldownOptions: { output: { format, entryFileNames: file, codeSplitting: false } },
      },
    })
  }
}

function newestIn(path: string): number {
  const own = modifiedAt(path)
  if (own === null) return 0
  if (!statSync(path).isDirectory()) return own
  // A folder's own time changes when a file in it is removed.
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestIn(join(path, name))), own)
}

function modifiedAt(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null
}
