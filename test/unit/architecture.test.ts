import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importsOf } from '../../tools/architecture/imports.ts'
import { LONGER, MAX_LINES, violations } from '../../tools/architecture/rules.ts'
import { readTree } from '../../tools/architecture/tree.ts'

const root = resolve(import.meta.dirname, '../..')

/** What breaks the rules when `path` holds `text`, alone. */
const rulesBroken = (path: string, text: string) => violations(new Map([[path, text]])).map(({ rule }) => rule)

describe('the project', () => {
  const tree = readTree(root)

  it('is what was looked at', () => {
    expect(tree.size).toBeGreaterThan(50)
    for (const path of ['core/money.ts', 'packages/pcsclite/index.cjs', 'test/unit/architecture.test.ts']) {
      expect([...tree.keys()]).toContain(path)
    }
  })

  it('keeps its import directions, file sizes and names', () => {
    expect(violations(tree)).toEqual([])
  })

  it('has no exception that is not needed', () => {
    for (const path of Object.keys(LONGER)) expect(tree.get(path)?.split('\n').length, path).toBeGreaterThan(MAX_LINES)
  })
})

describe('the scan of imports', () => {
  it('sees every way to name a module, and which are erased', () => {
    const text = [
      "import { a } from './a.ts'",
      "import type { B } from './b.ts'",
      "import { type C } from './c.ts'",
      "import './d.css'",
      "export * from '../e.ts'",
      "export type { F } from './f.ts'",
      "const g = await import('g/deep')",
      "const h = require('@scope/h/deep')",
      "import { createRequire } from 'node:module'",
      'const load = createRequire(import.meta.url)',
      "const i = load('i')",
      "const j = createRequire(import.meta.url)('j')",
      "type K = import('k').K",
      'const l = await import(`l`)',
      "import fs from 'fs'",
      'const m = await import(a)',
    ].join('\n')
    expect(importsOf('counter/x/y.ts', text).map(({ to, kind, line }) => `${line} ${kind} ${to}`)).toEqual([
      '1 value counter/x/a.ts',
      '2 type counter/x/b.ts',
      '3 type counter/x/c.ts',
      '4 value counter/x/d.css',
      '5 value counter/e.ts',
      '6 type counter/x/f.ts',
      '7 value g',
      '8 value @scope/h',
      '9 value node:module',
      '11 value i',
      '12 value j',
      '13 type k',
      '14 value l',
      '15 value node:fs',
      '16 value null',
    ])
  })

  it('is not fooled by comments and strings', () => {
    expect(importsOf('core/a.ts', "// import 'x'\nconst s = \"require('y')\" /* import('z') */")).toEqual([])
  })

  it('refuses to vouch for a file that does not parse', () => {
    expect(() => importsOf('core/a.ts', 'import {')).toThrow(/^core\/a\.ts/)
  })
})

describe('a planted breach is found', () => {
  it.each([
    ['core/a.ts', "import 'node:fs'", 'core may not import node:fs'],
    ['core/a.ts', "import type { T } from 'fastify'", 'core may not import fastify'],
    ['core/a.ts', "export * from '../server/app.ts'", 'core may not import server'],
    ['counter/session/a.ts', "await import('../../drivers/hid/codec.ts')", 'only counter/devices imports drivers'],
    ['browser/a.ts', "import '../drivers/hid/adapter.ts'", 'browser may not import drivers'],
    ['server/a.ts', "import type { X } from '../counter/a.ts'", 'server may not import counter'],
    ['counter/a.ts', "import '../server/app.ts'", 'counter may not import server'],
    ['counter/a.ts', "import { app } from 'electron'", 'electron is a value only under electron/'],
    ['test/unit/a.test.ts', "const e = require('electron')", 'electron is a value only under electron/'],
    [
      'counter/a.ts',
      "import D from 'better-sqlite3'",
      'better-sqlite3 is native: only adapter.ts and store/sqlite* load it',
    ],
    ['drivers/hid/codec.ts', "import H from 'node-hid'", 'a codec reaches this, so it may not import node-hid'],
    ['renderer/a.tsx', "import 'node:path'", 'renderer may not import node:path'],
    ['renderer/a.tsx', "import { z } from '../counter/a.ts'", 'renderer may not import counter'],
    [
      'renderer/a.tsx',
      "import d from '../resources/sample/x.json'",
      'renderer imports nothing of resources but words, sounds and icons',
    ],
    ['server/a.ts', 'await import(process.argv[2])', 'a computed import: nobody can say what it loads'],
    ['core/utils.ts', '', 'utils says nothing: name what it does'],
    ['server/helpers/a.ts', '', 'helpers says nothing: name what it does'],
    ['counter/readerManager.ts', '', 'readerManager says nothing: name what it does'],
    ['core/long.ts', '\n'.repeat(MAX_LINES + 1), `${MAX_LINES + 1} lines; at most ${MAX_LINES}`],
  ])('%s: %s', (path, text, rule) => {
    expect(rulesBroken(path, text)).toContain(rule)
  })

  it('a codec that reaches a package through another file', () => {
    const tree = new Map([
      ['drivers/hid/codec.ts', "import { open } from './open.ts'"],
      ['drivers/hid/open.ts', "import 'node:fs'"],
    ])
    expect(violations(tree)).toEqual([
      { file: 'drivers/hid/open.ts', line: 1, rule: 'a codec reaches this, so it may not import node:fs' },
    ])
  })

  it('folders that import in a circle, even by type', () => {
    const tree = new Map([
      ['counter/a.ts', "import '../resources/b.ts'"],
      ['resources/b.ts', "import type { C } from '../counter/c.ts'"],
    ])
    expect(violations(tree).map(({ rule }) => rule)).toContain(
      'folders import in a circle: counter → resources → counter',
    )
  })

  it.each([
    ['electron/main/a.ts', "import { app } from 'electron'"],
    ['counter/a.ts', "import type { App } from 'electron'"],
    ['drivers/hid/adapter.ts', "import H from 'node-hid'"],
    ['server/store/sqlite/open.ts', "import D from 'better-sqlite3'"],
    ['counter/devices/main.ts', "import '../../drivers/hid/adapter.ts'"],
    ['renderer/a.tsx', "import en from '../resources/locales/en.json'\nimport { StrictMode } from 'react'"],
    ['core/a.ts', "import { z } from 'zod'"],
    ['core/long.ts', '\n'.repeat(MAX_LINES)],
  ])('and what is allowed passes: %s', (path, text) => {
    expect(rulesBroken(path, text)).toEqual([])
  })
})
