import { expect, it, vi } from 'vitest'
import { Screens } from '../../../counter/screens.ts'

it('whoever watches is told once of changes that happen together, and of none after the end', async () => {
  const screens = new Screens(
    () => {
      throw new Error('nobody is there to be shown anything')
    },
    async () => null,
  )
  const told = vi.fn()
  screens.watch(told)
  screens.changed()
  screens.changed()
  await Promise.resolve()
  expect(told).toHaveBeenCalledTimes(1)
  screens.changed()
  screens.closeAll()
  await Promise.resolve()
  expect(told).toHaveBeenCalledTimes(1)
})
