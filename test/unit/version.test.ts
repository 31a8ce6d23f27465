import { expect, it } from 'vitest'
import { PROGRAM_VERSION } from '../../core/contract/version.ts'
import manifest from '../../package.json' with { type: 'json' }

it('what a station says that it runs is what was built', () => {
  expect(PROGRAM_VERSION).toBe(manifest.version)
})
