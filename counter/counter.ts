import type { Operator } from '../core/contract/sessions.ts'
import type { ShellView } from '../core/counter/shellView.ts'
import type { CounterState, SampleBasket, SampleMedium } from '../core/counter/state.ts'
import type { RawMedium } from '../core/media/medium.ts'
import type { Channel } from '../core/ports/channel.ts'
import type { StationClock } from '../core/ports/clock.ts'
import type { CouponGateway, RecallNews } from '../core/ports/couponGateway.ts'
import type { Ids } from '../core/ports/ids.ts'
import type { ManagerGateway } from '../core/ports/managerGateway.ts'
import type { RegistrationGateway } from '../core/ports/registrationGateway.ts'
import type { Scheduler } from '../core/ports/scheduler.ts'
import type { DevicesConfiguration } from '../core/readers/protocol.ts'
import type { Training } from './cashier/cashierDesk.ts'
import type { SaveFile } from './day/savedFiles.ts'
import type { Setup } from './firstRun/firstRunDesk.ts'
import type { PosBridge } from './pos/api.ts'
import type { StationKeeping } from './station/enrolment.ts'
import type { CounterStore } from './store/counterStore.ts'

/** What the simulator drawer offers. The identifiers stay here; a screen names a medium by `sampleId`. */
export interface Sample {
  readonly media: readonly (SampleMedium & { readonly medium: RawMedium })[]
  readonly baskets: readonly SampleBasket[]
}

export interface CounterOptions {
  readonly store: CounterStore
  readonly station: StationKeeping
  readonly gateway: CouponGateway
  /** Where it is absent, the changes are looked at by and by. */
  readonly recallNews?: RecallNews
  /** What a manager asks of the server in their own name; absent: nothing can be resolved here. */
  readonly managers?: ManagerGateway
  /** How this counter is shown, for diagnostics. */
  readonly shell?: ShellView | undefined
  /** Writes files that a manager asks for; absent: there are none. */
  readonly saveFile?: SaveFile
  /** How POS software reaches this counter; absent: it does not. */
  readonly posBridge?: PosBridge
  /** What a registration terminal asks of the server; absent: this station cannot be one. */
  readonly registration?: RegistrationGateway
  readonly clock: StationClock
  readonly ids: Ids
  readonly scheduler: Scheduler
  readonly devicesConfiguration: DevicesConfiguration
  readonly categories: CounterState['categories']
  /** null: no simulator. */
  readonly sample: Sample | null
  /** Enrols with it when the station is not enrolled yet. */
  readonly enrolCode?: string
  /** How this machine is set up at its own screen; absent: it is not. */
  readonly setup?: Setup
  /** This program cannot go on and must be started anew: the station forgot its keys, or its journal was found damaged. */
  readonly restart?: () => void
  /** Absent: nobody trains here. */
  readonly training?: Training
  /** Who is at this till from the start: a training's. */
  readonly cashier?: Operator
}

export interface Counter {
  /** A screen. It gets the state at once and after every change, and may send commands. */
  attach(client: Channel): void
  /** A customer's display: it gets what a customer may see, at once and after every change, and sends nothing. */
  attachDisplay(client: Channel): void
  /** A devices process; the one before is forgotten. */
  attachDevices(devices: Channel): void
  /** Ends the background work and closes the files; what is being approved is finished first. */
  stop(): Promise<void>
}
