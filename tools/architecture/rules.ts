import { type Import, importsOf } from './imports.ts'

/** A breach of DESIGN's directions: where, and which rule in words. */
export interface Violation {
  readonly file: string
  readonly line: number
  readonly rule: string
}

/** Source text by path from the root. */
export type SourceTree = ReadonlyMap<string, string>

export const TOP_FOLDERS = [
  'core',
  'drivers',
  'counter',
  'server',
  'electron',
  'browser',
  'renderer',
  'resources',
  'packages',
  'bin',
  'tools',
  'test',
] as const
type TopFolder = (typeof TOP_FOLDERS)[number]

/** Whom each folder may import. Everything points to core; entry points and tests may see all. */
const MAY_IMPORT: Readonly<Record<TopFolder, readonly TopFolder[]>> = {
  core: [],
  drivers: ['core'],
  counter: ['core', 'drivers', 'resources'],
  server: ['core', 'resources'],
  electron: ['core', 'counter', 'resources'],
  browser: ['core', 'counter', 'resources'],
  renderer: ['core', 'resources'],
  resources: ['core'],
  packages: [],
  bin: ['core', 'counter', 'server', 'electron', 'browser', 'resources'],
  tools: TOP_FOLDERS,
  test: TOP_FOLDERS,
}

/** Folders whose packages are named one by one. Node's own modules are packages here. */
const PACKAGES: Partial<Readonly<Record<TopFolder, readonly string[]>>> = {
  core: ['zod'],
  resources: ['zod'],
  renderer: ['react', 'react-dom', 'i18next', 'react-i18next', 'zod', '@fontsource-variable/noto-sans-jp', 'bwip-js'],
}

const NATIVE = ['better-sqlite3', 'node-hid', 'serialport', 'pcsc-mini', 'nfc-pcsc', '@pokusew/pcsclite']
const MAY_LOAD_NATIVE = [/(^|\/)adapter\.ts$/, /(^|\/)store\/sqlite/, /^packages\/pcsclite\//]

export const MAX_LINES = 300
/** Files that may be longer, each with its reason. */
export const LONGER: Readonly<Record<string, string>> = {
  'core/contract/generated/api.ts': 'made by a program, from the routes',
  'packages/pos-client/generated/api.ts': 'made by a program, from the POS bridge’s routes',
  'test/contract/counterStore.ts': 'one contract suite a port',
  'test/unit/counter/session/reducer.test.ts': 'one subject, read as one specification',
}

/** Files whose imports are computed, each with what they load. */
const COMPUTED: Readonly<Record<string, string>> = {
  'drivers/models/known.ts': 'the files of drivers/models/families, which a bundle lists by name',
}

const isScript = (path: string): boolean => /\.(ts|tsx|cts|mts|js|cjs|mjs)$/.test(path)

const topFolder = (path: string): TopFolder | null => TOP_FOLDERS.find((name) => path.startsWith(`${name}/`)) ?? null

/** Tests and tools look at every side. */
const isProduct = (folder: TopFolder): boolean => folder !== 'test' && folder !== 'tools'

/** Every breach in a tree of sources. Empty: the tree keeps the rules. */
export function violations(tree: SourceTree): Violation[] {
  const scripts = [...tree].filter(([path]) => isScript(path))
  const imports = scripts.flatMap(([path, text]) => importsOf(path, text))
  return [
    ...scripts.flatMap(([path, text]) => shape(path, text)),
    ...imports.flatMap((found) => direction(found).map((rule) => ({ file: found.from, line: found.line, rule }))),
    ...impureCodecs(imports),
    ...cycles(imports),
  ]
}

function shape(path: string, text: string): Violation[] {
  const found: Violation[] = []
  const lines = text.split('\n').length - 1
  if (lines > MAX_LINES && !(path in LONGER)) {
    found.push({ file: path, line: MAX_LINES, rule: `${lines} lines; at most ${MAX_LINES}` })
  }
  const vague = path
    .replace(/\.\w+$/, '')
    .split('/')
    .find((name) => /(^|[a-z0-9.\-_])([Uu]tils?|[Hh]elpers?|[Mm]anagers?)$/.test(name))
  if (vague) found.push({ file: path, line: 1, rule: `${vague} says nothing: name what it does` })
  return found
}

/** The rules that one import breaks, in words. */
function direction({ from, to, kind }: Import): string[] {
  const folder = topFolder(from)
  if (!folder) return []
  const product = isProduct(folder)
  if (to === null) return product && !(from in COMPUTED) ? ['a computed import: nobody can say what it loads'] : []
  const target = topFolder(to)
  const found: string[] = []
  if (target) {
    if (target !== folder && !MAY_IMPORT[folder].includes(target)) found.push(`${folder} may not import ${target}`)
    if (target === 'drivers' && folder === 'counter' && !from.startsWith('counter/devices/')) {
      found.push('only counter/devices imports drivers')
    }
    if (folder === 'renderer' && target === 'resources' && !/^resources\/(locales|sounds|icons)\//.test(to)) {
      found.push('renderer imports nothing of resources but words, sounds and icons')
    }
    return found
  }
  if (to.startsWith('.') || !/^[@a-z]/.test(to)) return []
  if (PACKAGES[folder] && !PACKAGES[folder].includes(to)) found.push(`${folder} may not import ${to}`)
  if (kind === 'type') return found
  if (to === 'electron' && folder !== 'electron') found.push('electron is a value only under electron/')
  if (product && NATIVE.includes(to) && !MAY_LOAD_NATIVE.some((place) => place.test(from))) {
    found.push(`${to} is native: only adapter.ts and store/sqlite* load it`)
  }
  return found
}

/** Codecs turn bytes into reads and know nothing else: whatever one reaches by value, however far, names no package. */
function impureCodecs(imports: readonly Import[]): Violation[] {
  const values = imports.filter(({ kind }) => kind === 'value')
  const codecs = new Set(values.map(({ from }) => from).filter((path) => /^drivers\/.*\/codec\.ts$/.test(path)))
  const seen = new Set<string>()
  const found: Violation[] = []
  const visit = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    for (const { from, to, line } of values.filter((one) => one.from === path)) {
      const outside = to !== null && !topFolder(to) && to !== 'zod'
      if (outside) found.push({ file: from, line, rule: `a codec reaches this, so it may not import ${to}` })
      else if (to !== null) visit(to)
    }
  }
  for (const codec of codecs) visit(codec)
  return found
}

/** Top folders that import each other, however far around; one violation a cycle, at the import that closes it. */
function cycles(imports: readonly Import[]): Violation[] {
  const edges = new Map<TopFolder, Map<TopFolder, Import>>()
  for (const found of imports) {
    const from = topFolder(found.from)
    const to = found.to === null ? null : topFolder(found.to)
    if (!from || !to || from === to || !isProduct(from)) continue
    const targets = edges.get(from) ?? new Map<TopFolder, Import>()
    if (!targets.has(to)) targets.set(to, found)
    edges.set(from, targets)
  }
  const found: Violation[] = []
  const finished = new Set<TopFolder>()
  const visit = (folder: TopFolder, path: readonly TopFolder[]): void => {
    if (finished.has(folder)) return
    for (const [next, closing] of edges.get(folder) ?? []) {
      const at = [...path, folder].indexOf(next)
      if (at < 0) visit(next, [...path, folder])
      else {
        const round = [...path, folder].slice(at).concat(next).join(' → ')
        found.push({ file: closing.from, line: closing.line, rule: `folders import in a circle: ${round}` })
      }
    }
    finished.add(folder)
  }
  for (const folder of edges.keys()) visit(folder, [])
  return found
}
