import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Node hides the collector unless it is told otherwise; this tells it, in whatever process a fuzz runs. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('this Node has no collector to call')
  return () => {
    collect()
  }
}

let collect: (() => void) | null = null

/** Bytes in use by this isolate, objects outside the heap included, once everything that is garbage has gone. */
function usedBytes(): number {
  collect ??= collector()
  collect()
  const { used_heap_size, external_memory } = getHeapStatistics()
  return used_heap_size + external_memory
}

/** Watches how far the heap grows from the last `rebase`. */
export function grownHeapBytes(): { rebase(): void; bytes(): number } {
  let base = Number.POSITIVE_INFINITY
  return {
    rebase() {
      base = usedBytes()
    },
    bytes: () => Math.max(0, usedBytes() - base),
  }
}
