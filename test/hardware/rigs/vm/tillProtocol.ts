/** Where the guest's till mounts its disk. */
export const TILL_DISK = '/disk'

/** What a till finds on its disk when it starts: redemptions, by what they are kept in. */
export interface OnDisk {
  readonly server: readonly string[]
  readonly journal: readonly string[]
  /** What SQLite's integrity check complains of. */
  readonly damage: readonly string[]
}

export type TillMessage = ({ readonly type: 'onDisk' } & OnDisk) | { readonly type: 'open' }
