import { uuid7From } from '../../core/ids.ts'

/** The ids of what this page asks for, by name, until each is answered. */
export function acquisitionIds(): { of(name: string): string; spent(name: string): void } {
  const ids = new Map<string, string>()
  return {
    of(name) {
      const known = ids.get(name) ?? uuid7From(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
      ids.set(name, known)
      return known
    },
    spent: (name) => void ids.delete(name),
  }
}
