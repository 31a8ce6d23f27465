import type { MediumKey } from '../../../core/media/medium.ts'
import type { Acquisition } from '../../../core/qualification/model.ts'
import type { HolderUsage, ReplicaMedium } from '../counterStore.ts'
import type { ReplicaRows } from './replicaRows.ts'

/** What the copy says of one customer. */
interface Visitor {
  readonly medium: ReplicaMedium | null
  acquisitions?: readonly Acquisition[]
  usage?: readonly HolderUsage[]
}

/**
 * Reads of one open copy, which remember the customer who was asked about last: one tap is searched for, decided on and
 * approved, and nothing changes in between. Whoever writes to the copy says `forget`.
 */
export function visitorOf(rows: Pick<ReplicaRows, 'medium' | 'acquisitions' | 'usage'>) {
  let keys: readonly MediumKey[] | null = null
  let visitor: Visitor = { medium: null }

  const mediumOf = (wanted: readonly MediumKey[]): ReplicaMedium | null => {
    for (const { v, key } of wanted) {
      const medium = rows.medium(v, key)
      if (medium) return medium
    }
    return null
  }
  const isSame = (wanted: readonly MediumKey[]): boolean =>
    keys !== null &&
    keys.length === wanted.length &&
    keys.every(({ v, key }, nth) => wanted[nth]?.v === v && wanted[nth]?.key === key)

  return {
    medium(wanted: readonly MediumKey[]): ReplicaMedium | null {
      if (isSame(wanted)) return visitor.medium
      visitor = { medium: mediumOf(wanted) }
      keys = [...wanted]
      return visitor.medium
    },
    acquisitions(holder: number): readonly Acquisition[] {
      if (visitor.medium?.holder !== holder) return rows.acquisitions(holder)
      visitor.acquisitions ??= rows.acquisitions(holder)
      return visitor.acquisitions
    },
    usage(holder: number): readonly HolderUsage[] {
      if (visitor.medium?.holder !== holder) return rows.usage(holder)
      visitor.usage ??= rows.usage(holder)
      return visitor.usage
    },
    forget(): void {
      keys = null
      visitor = { medium: null }
    },
  }
}
