import type { Journal } from '../counterStore.ts'
import { isDamage } from './database.ts'

/** The same journal, which tells `damaged` of every damaged page that a call meets; the call ends as it would have. */
export function watchful(journal: Journal, damaged: (detail: string) => void): Journal {
  const watched = Object.entries(journal).map(([name, method]) => [
    name,
    (...given: unknown[]) => {
      try {
        const result = Reflect.apply(method, journal, given)
        if (isCorrupt(result)) damaged(result.detail)
        return result
      } catch (error) {
        if (isDamage(error)) damaged((error as Error).message)
        throw error
      }
    },
  ])
  return Object.fromEntries(watched) as Journal
}

function isCorrupt(result: unknown): result is { readonly detail: string } {
  if (typeof result !== 'object' || result === null) return false
  return ('fault' in result && result.fault === 'corrupt') || ('state' in result && result.state === 'damaged')
}
