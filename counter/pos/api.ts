import type { PosCounter } from '../../core/pos/counterView.ts'
import type { PosAccesses } from './accesses.ts'
import type { PosDesk } from './posDesk.ts'
import type { PosPresence } from './presence.ts'

/** What the bridge serves, whatever the line. */
export interface PosApi {
  readonly accesses: PosAccesses
  readonly desk: PosDesk
  readonly presence: PosPresence
  counter(posId: string): PosCounter
  /** Calls `listener` after every change of the counter's state or of a sale; returns how to stop. */
  watch(listener: () => void): () => void
}

/** Why nobody can reach the bridge. */
export type BridgeProblem = 'port_taken' | 'failed'

/** Carries a `PosApi` to POS software. Opened when there is a POS that may use it. */
export interface PosBridge {
  /** Where it is; null: it is not open. */
  readonly address: string | null
  readonly problem: BridgeProblem | null
  open(api: PosApi, changed: () => void): void
  close(): Promise<void>
}
