import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { JOURNEYS, SMOKE } from '../../journeys/journeys/all.ts'
import { APPROVED } from '../../journeys/rig/approvedPictures.ts'

const namesOf = (journeys: readonly { readonly name: string }[]) => journeys.map(({ name }) => `${name}.png`).sort()

describe('the approved pictures', () => {
  it.each([
    ['en', JOURNEYS],
    ['ja', JOURNEYS],
    ['de', SMOKE],
    ['ar', SMOKE],
  ])('in %s are one a journey and no other', (language, journeys) => {
    expect(readdirSync(join(APPROVED, language)).sort()).toEqual(namesOf(journeys))
  })

  it('are thirty journeys and more, each in both languages', () => {
    expect(new Set(namesOf(JOURNEYS)).size).toBe(JOURNEYS.length)
    expect(JOURNEYS.length).toBeGreaterThanOrEqual(30)
  })

  it('are small enough to be kept with the code: 6 MB in all', () => {
    const files = readdirSync(APPROVED, { recursive: true, encoding: 'utf8' })
    const bytes = files.map((file) => statSync(join(APPROVED, file)).size)
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(6 * 1024 * 1024)
  })
})
