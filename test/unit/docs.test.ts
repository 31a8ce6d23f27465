import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { REASON_CODES } from '../../core/reasonCodes.ts'
import { loadSampleChain } from '../../resources/sample/sampleChain.ts'

const root = resolve(import.meta.dirname, '../..')
const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: root }).sort()
const scripts = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts)
const chain = loadSampleChain()

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(root, page), 'utf8')

  it('links to files that are there', () => {
    const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => target ?? '')
    const missing = targets.filter(
      (target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(page), target)),
    )
    expect(missing).toEqual([])
  })

  it('names npm scripts that exist', () => {
    const named = [...text.matchAll(/npm run (?:-s )?([a-z][a-z:-]*)/g)].map(([, name]) => name)
    for (const name of named) expect(scripts).toContain(name)
  })

  it('names reason codes that exist', () => {
    const named = [...text.matchAll(/`((?:medium|offline|offer|unknown|snapshot|clock|station)_[a-z_]+)`/g)]
    for (const [, name] of named) expect(REASON_CODES).toContain(name)
  })

  it('names sample people with their own PINs', () => {
    for (const [, name, pin] of text.matchAll(/\*{0,2}`?([A-Z][a-z]+ [A-Z][a-z]+)`?\*{0,2}, PIN \*{0,2}`?(\d{4})/g)) {
      expect(chain.operators).toContainEqual(expect.objectContaining({ name, pin }))
    }
  })
})

it('the pages are looked at', () => {
  expect(pages).toContain('README.md')
  expect(pages.length).toBeGreaterThan(10)
})
