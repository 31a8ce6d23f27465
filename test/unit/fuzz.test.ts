import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FuzzFailure, type FuzzTarget, fuzzStream, fuzzTarget } from '../fuzz/target.ts'
import { FUZZ_TARGETS } from '../fuzz/targets.ts'
import { fuzzWatched } from '../fuzz/watched.ts'

const root = resolve(import.meta.dirname, '../..')

/** Another one at every run, so that CI looks further every day; a failure names it. */
const seed = Date.now() % 1_000_000_000

describe('20,000 random and mutated inputs', () => {
  it.each(FUZZ_TARGETS)(
    '$name',
    async ({ fuzz }) => {
      expect(await fuzz(20_000, seed)).toMatchObject({ inputs: 20_000 })
    },
    60_000,
  )
})

it('every codec is tried', () => {
  const sources = globSync('test/fuzz/targets/*.ts', { cwd: root }).map((path) =>
    readFileSync(join(root, path), 'utf8'),
  )
  const codecs = globSync(
    ['drivers/*/{codec,layout,descriptor,ndef,apdu,felica,detection,readCard}.ts', 'drivers/decoding/*.ts'],
    { cwd: root },
  )
  const untried = codecs.filter((path) => !sources.some((text) => text.includes(`'../../../${path}'`)))
  // Reached through decodeScan.
  expect(untried).toEqual(['drivers/decoding/characters.ts'])
})

describe('a broken codec is found, with its seed and a shrunk input', () => {
  const bytes = fc.uint8Array({ maxLength: 40 })
  const failure = async (target: FuzzTarget): Promise<string> => {
    const error = await target.fuzz(400, 7).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(FuzzFailure)
    return (error as FuzzFailure).message
  }

  it('that throws', async () => {
    const message = await failure(
      fuzzTarget('throws', bytes, (input) => {
        if (input.length > 5) throw new Error('six bytes')
      }),
    )
    expect(message).toMatch(/^throws is broken: seed 7, batch seed \d+, path \d/)
    expect(message).toContain('Uint8Array.from([0,0,0,0,0,0])')
  })

  it('that is slow', async () => {
    const slow = fuzzTarget('slow', fc.constant(300), (ms) => {
      const worked = () => process.threadCpuUsage().user / 1_000
      const until = worked() + ms
      while (worked() < until);
    })
    expect(await failure(slow)).toMatch(/took \d+ ms, three times/)
  })

  it('that never comes back', async () => {
    const targets = new URL('../fuzz/hangingTarget.ts', import.meta.url)
    await expect(fuzzWatched('hangs', 4_000, 7, { hangMs: 1_000, targets })).rejects.toThrow(
      /^hangs hangs: seed 7, batch seed 7, input \d+:\n42$/,
    )
  }, 30_000)

  it('that keeps what it is given', async () => {
    const kept: unknown[] = []
    const leak = fuzzStream('leaks', bytes, () => (input) => {
      kept.push(new Array(20_000).fill(input.length))
    })
    expect(await failure(leak)).toMatch(/^leaks: the heap grew by \d+ bytes; seed 7/)
  })
})
