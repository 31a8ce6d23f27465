import type { HolderSeed } from './couponStore.ts'

/** Rows that one commit of an import writes at most, unless one holder has more. */
const IMPORT_ROWS = 5_000

/** Holders in pieces that are committed together. */
export function* inCommits(holders: Iterable<HolderSeed>): Generator<readonly HolderSeed[]> {
  let some: HolderSeed[] = []
  let rows = 0
  for (const holder of holders) {
    const more = 1 + holder.media.length + holder.acquisitions.length
    if (some.length > 0 && rows + more > IMPORT_ROWS) {
      yield some
      some = []
      rows = 0
    }
    some.push(holder)
    rows += more
  }
  if (some.length > 0) yield some
}
