import type { Clock } from '../../core/ports/clock.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { CouponStore } from '../store/couponStore.ts'

/** Between slices: requests go first. */
const SLICE_MS = 100
const AGAIN_MS = 3_600_000

/**
 * Erases what nobody can ask for any more, slice by slice, from now on until the returned function is called. `failed` is
 * told of a slice that could not be done; it is tried again later.
 */
export function keepTidy(
  store: Pick<CouponStore, 'prune'>,
  clock: Clock,
  scheduler: Scheduler,
  failed: (error: unknown) => void,
): () => void {
  let stopped = false
  let cancel = (): void => {}
  const round = async () => {
    let rows = 0
    try {
      rows = await store.prune(clock.now())
    } catch (error) {
      if (!stopped) failed(error)
    }
    if (!stopped) cancel = scheduler.after(rows > 0 ? SLICE_MS : AGAIN_MS, () => void round())
  }
  cancel = scheduler.after(SLICE_MS, () => void round())
  return () => {
    stopped = true
    cancel()
  }
}
