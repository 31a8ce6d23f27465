import type { CouponGateway } from '../../core/ports/couponGateway.ts'
import type { CounterStore, Journal } from '../../counter/store/counterStore.ts'
import type { CouponStore } from '../../server/store/couponStore.ts'
import type { Conditions } from './conditions.ts'
import type { Planted } from './simulate.ts'

/** Shops that are without a line most of the time. */
export const ALONE: Partial<Conditions> = { lines: { up: 15, cut: 85 } }

/** A bug in what a counter does with its journal. */
export const journalOf = (change: (journal: Journal) => Partial<Journal>): Planted => ({
  counterStore: (store: CounterStore) => ({ ...store, journal: { ...store.journal, ...change(store.journal) } }),
})

/** In what it makes of the server's answers. */
export const gatewayOf = (change: (gateway: CouponGateway) => Partial<CouponGateway>): Planted => ({
  gateway: (gateway) => ({ ...gateway, ...change(gateway) }),
})

/** In what the server commits. */
export const serverOf = (change: (store: CouponStore) => Partial<CouponStore>): Planted => ({
  serverStore: (store) => ({ ...store, ...change(store) }),
})

export interface PlantedBug {
  /** Known by trial to catch it soon. */
  readonly seed: number
  /** How long its run is; absent: short. */
  readonly steps?: number
  /** Where they are not as usual. */
  readonly conditions?: Partial<Conditions>
  readonly caughtAs: RegExp
  readonly planted: Planted
}
