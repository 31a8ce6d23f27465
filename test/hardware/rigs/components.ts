import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The Debian packages that the hardware tests need; CI installs from the same list. */
export function requiredPackages(): string[] {
  return readFileSync(new URL('../debian-packages.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
}

/** Those of `packages` that are not installed, in their order. */
export function missingPackages(packages: readonly string[]): string[] {
  return packages.filter((name) => {
    try {
      const status = execFileSync('dpkg-query', ['--status', name], { stdio: 'pipe' })
      return !String(status).includes('Status: install ok installed')
    } catch {
      return true
    }
  })
}

/** One line that says what to do, or null when nothing is missing. */
export function missingComponents(packages = requiredPackages()): string | null {
  const missing = missingPackages(packages)
  if (missing.length === 0) return null
  return `the hardware tests need Debian packages that are missing here: sudo apt-get install ${missing.join(' ')}`
}
