import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ClosedBecause } from '../../core/counter/closed.ts'
import { POS_ROUTES } from '../../core/pos/routes.ts'
import { REASON_CODES } from '../../core/reasonCodes.ts'
import { loadSampleChain } from '../../resources/sample/sampleChain.ts'
import { flagsOf, npmCommands } from './docs/commands.ts'
import { anchorsOf, linksOf, proseOf } from './docs/markdown.ts'
import { screenWords } from './docs/screenWords.ts'

/** What the pages say of the program is looked up in it: files, commands, flags, routes, words of the screen. */
const root = resolve(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: root }).sort()
const texts = new Map(pages.map((page) => [page, read(page)]))
const manifest = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
const chain = loadSampleChain()
const serverRoutes = [...read('core/contract/generated/api.ts').matchAll(/^ {4}"(\/[^"]+)": \{/gm)].map(
  ([, path = '']) => path,
)
const routes = [
  ...serverRoutes,
  ...POS_ROUTES.map(({ path }) => path),
  ...POS_ROUTES.map(({ path }) => `/pos/v1${path}`),
  '/pos/v1/openapi.json',
]
const sources = globSync(['{bin,browser,core,counter,drivers,electron,server,test,tools}/**/*.{ts,mjs}', '*.ts'], {
  cwd: root,
})
  .map(read)
  .join('\n')

/** Not in the project: a place to fill in, a counter's own files. */
const NOT_OURS = /NAME|\.db$|^counter\/[a-z]+\.json$/

/** Of answers, and of a program that cannot open its own files. */
const CODES: readonly string[] = [...REASON_CODES, ...ClosedBecause.options, 'station_sealed']

/** What is in code, of a line or a block. */
const codeOf = (text: string) =>
  [...text.matchAll(/```[^\n]*\n([\s\S]*?)```|`([^`\n]+)`/g)].map(([, a, b]) => a ?? b ?? '')

describe.each(pages)('%s', (page) => {
  const text = texts.get(page) ?? ''

  it('links to files and headings that are there, in words', () => {
    const wrong = linksOf(text).filter(({ target, words, isPicture }) => {
      if (/^[a-z]+:/.test(target)) return !URL.canParse(target)
      if (isPicture && words === '') return true
      const [path = '', anchor] = target.split('#')
      const linked = path === '' ? page : join(dirname(page), path)
      if (!existsSync(join(root, linked))) return true
      return anchor !== undefined && linked.endsWith('.md') && !anchorsOf(read(linked)).has(anchor)
    })
    expect(wrong).toEqual([])
  })

  it('names npm scripts that exist, each with flags that its program reads', () => {
    for (const { script, flags, line } of codeOf(text).flatMap(npmCommands)) {
      expect(Object.keys(manifest.scripts), line).toContain(script)
      const known = flagsOf(root, script)
      expect(
        flags.filter((flag) => !known.has(flag)),
        line,
      ).toEqual([])
    }
  })

  it('names flags that some program of ours reads', () => {
    const every = new Set(Object.keys(manifest.scripts).flatMap((script) => [...flagsOf(root, script)]))
    const ours = codeOf(text)
      .filter((code) => /^--[a-z]/.test(code))
      .flatMap((code) => code.match(/(?<=^|\s)--[a-z][a-z-]*/g) ?? [])
    expect(ours.filter((flag) => !every.has(flag))).toEqual([])
  })

  it('names benchmarks, proofs and tests that exist', () => {
    const named = [...text.matchAll(/npm run (bench|proof) -- ([a-z][a-z-]*)/g)].map(
      ([, kind, name]) => `test/${kind}/${name}.ts`,
    )
    const tests = [...text.matchAll(/npx vitest run --project (unit|server|e2e) ([\w/.-]+)/g)].map(
      ([, project, path]) => (path?.startsWith('test/') ? path : `test/${project}/${path}`),
    )
    expect([...named, ...tests].filter((path) => !existsSync(join(root, path ?? '')))).toEqual([])
  })

  it('names files of the project that exist', () => {
    const named = codeOf(text).flatMap(
      (code) =>
        /^(?:bin|core|counter|docs|drivers|electron|packages|resources|server|test|tools)\/[\w./-]+$/.exec(code) ?? [],
    )
    expect(
      named.filter((path) => !NOT_OURS.test(path) && !['', '.ts'].some((end) => existsSync(join(root, path + end)))),
    ).toEqual([])
  })

  it('names routes that a server answers', () => {
    const named = [...text.matchAll(/(?:GET|POST|PUT|DELETE) +(\/[\w/{}.-]+)/g)].map(([, path = '']) => path)
    const missing = named.filter((path) => !routes.some((route) => isSameRoute(route, path)))
    expect(missing).toEqual([])
  })

  it('names environment variables that are read', () => {
    const named = text.match(/TAPCOUPON_[A-Z_]+/g) ?? []
    expect(named.filter((name) => !sources.includes(name.replace(/_FILE$/, '')))).toEqual([])
  })

  it('names reason codes that exist', () => {
    const named = [...text.matchAll(/`((?:medium|offline|offer|unknown|snapshot|clock|station)_[a-z_]+)`/g)]
    for (const [, name = ''] of named) expect(CODES, name).toContain(name)
  })

  it('names sample people with their own PINs', () => {
    for (const [, name, pin] of text.matchAll(/\*{0,2}`?([A-Z][a-z]+ [A-Z][a-z]+)`?\*{0,2}, PIN \*{0,2}`?(\d{4})/g)) {
      expect(chain.operators).toContainEqual(expect.objectContaining({ name, pin }))
    }
  })
})

describe.each([
  ['docs/cashier.md', 'en'],
  ['docs/cashier.ja.md', 'ja'],
  ['docs/manager.md', 'en'],
  ['docs/office.md', 'en'],
] as const)('%s', (page, language) => {
  it('calls what is on the screen, in italics, as the screen does', () => {
    const words = screenWords(root, language)
    const named = [...proseOf(texts.get(page) ?? '').matchAll(/(?<![*\w])\*([^*\n]+)\*(?!\*)/g)].map(
      ([, word = '']) => word,
    )
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((word) => !words.has(word))).toEqual([])
  })
})

it.each(pages.filter((page) => /decisions\/\d/.test(page)))('%s says context, decision and consequences', (page) => {
  const text = texts.get(page) ?? ''
  expect(text).toMatch(/^# \d{4} \S.*\n\n\d{4}-\d\d-\d\d · (accepted|replaced by \[\d{4}\])/)
  const parts = [...text.matchAll(/^\*\*(Context|Decision|Consequences)\.\*\*/gm)].map(([, part]) => part)
  expect(parts).toEqual(['Context', 'Decision', 'Consequences'])
})

it.each([
  ['cashier.md', 'cashier.en.pdf'],
  ['cashier.ja.md', 'cashier.ja.pdf'],
])('docs/%s is one page to print, and is printed as it is now: npm run handouts', (page, printed) => {
  const pdf = readFileSync(join(root, 'docs/print', printed), 'latin1')
  expect(pdf.match(/\/Type \/Page\b/g)?.length).toBe(1)
  const text = texts.get(`docs/${page}`) ?? ''
  expect(/%made-of ([0-9a-f]{64})\n$/.exec(pdf)?.[1]).toBe(createHash('sha256').update(text).digest('hex'))
})

it('every page, decision and picture is reached from another page', () => {
  const reached = new Set(
    [...texts].flatMap(([page, text]) =>
      linksOf(text).map(({ target }) => join(dirname(page), target.split('#')[0] ?? '')),
    ),
  )
  const all = [...pages, ...globSync('docs/images/*', { cwd: root })]
  expect(all.filter((path) => path !== 'README.md' && !reached.has(path))).toEqual([])
})

it('the pages are looked at', () => {
  expect(pages).toContain('README.md')
  expect(pages.length).toBeGreaterThan(10)
  expect(routes.length).toBeGreaterThan(50)
})

/** Whether a route of the description (`/v1/campaigns/{id}`) is the one that a page names (`/v1/campaigns/01a1…`, `…/{id}`). */
function isSameRoute(route: string, named: string): boolean {
  const [a, b] = [route.split('/'), named.replace(/\/$/, '').split('/')]
  return a.length === b.length && a.every((part, at) => part === b[at] || (part.startsWith('{') && b[at] !== ''))
}
