import type { CouponGateway } from '../../core/ports/couponGateway.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { Connectivity } from './connectivity.ts'

/** What every exchange with the server is made with. Each one tells `connectivity` how it ended. */
export interface ExchangeParts {
  readonly gateway: CouponGateway
  readonly connectivity: Connectivity
  readonly scheduler: Scheduler
  readonly ids: Ids
}
