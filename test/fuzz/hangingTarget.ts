import fc from 'fast-check'
import { fuzzTarget } from './target.ts'

/** A codec that never comes back from one input in a hundred: what the watchdog is for. */
export const FUZZ_TARGETS = [
  fuzzTarget('hangs', fc.nat({ max: 99 }), (input) => {
    while (input === 42);
  }),
]
