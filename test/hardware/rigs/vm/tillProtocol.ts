/** Where the guest's till mounts its disk. */
export const TILL_DISK = '/disk'

/** What a till finds on its disk when it starts: redemptions, by what they are kept in. */
export interface OnDisk {
  /** The server's database has them as approved. */
  readonly server: readonly string[]
  /** The counter's journal has them as shown, and their events. */
  readonly journal: readonly string[]
  /** The counter's outbox: not yet answered for by the server. */
  readonly waiting: readonly string[]
  /** The journal's beginning has left for a checkpoint, and with it what it would say of old approvals. */
  readonly tidied: boolean
  /** What SQLite complains of: its integrity check, or that a file cannot be read. */
  readonly damage: readonly string[]
}

export type TillMessage = ({ readonly type: 'onDisk' } & OnDisk) | { readonly type: 'open' }
