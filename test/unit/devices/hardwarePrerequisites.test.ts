import { expect, it } from 'vitest'
import { missingComponents, requiredPackages } from '../../hardware/rigs/components.ts'

it('names every missing Debian package in one command', () => {
  expect(missingComponents(['no-such-package-1', 'no-such-package-2'])).toContain(
    'apt-get install no-such-package-1 no-such-package-2',
  )
  expect(requiredPackages()).toContain('pcscd')
})
