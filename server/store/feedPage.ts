/** Positions looked through for one page, so that a copy of few holders does not hold the others up. */
export const WINDOW = 20_000
/** Holders sent whole on one page. */
export const MOST_ENTERED = 100

interface AtPosition {
  readonly changeSeq: number
}

/** What one part of the feed has in a window of positions, in order; one more than `most` where there are more. */
export interface Found<Item extends AtPosition> {
  readonly items: readonly Item[]
  readonly most: number
}

/**
 * The items of a page, in order, and the position up to which they are all there are: at most `upTo`, which ends the window
 * that was looked through. Of a part that has more than was asked for, what comes after is not known.
 */
export function mergeFound<Item extends AtPosition>(
  found: readonly Found<Item>[],
  upTo: number,
  limit: number,
): { readonly items: readonly Item[]; readonly reached: number } {
  let reached = upTo
  const all: Item[] = []
  for (const { items, most } of found) {
    if (items.length > most) reached = Math.min(reached, items[most - 1]?.changeSeq ?? reached)
    all.push(...items)
  }
  all.sort((a, b) => a.changeSeq - b.changeSeq)
  if (all.length > limit) reached = Math.min(reached, all[limit - 1]?.changeSeq ?? reached)
  return { items: all.filter(({ changeSeq }) => changeSeq <= reached), reached }
}
