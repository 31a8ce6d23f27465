import type { Connectivity } from '../sync/connectivity.ts'
import { OfflineDesk, type OfflineDeskParts } from './offlineDesk.ts'
import { Overrides, type OverridesParts } from './overrides.ts'

export type OfflineWorkParts = Omit<OfflineDeskParts, 'overrides' | 'now' | 'storageFailed'> &
  Pick<OverridesParts, 'storageFailed'> & {
    readonly connectivity: Pick<Connectivity, 'force'>
    /** `now` is corrected, `system` the operating system's; epoch milliseconds. */
    readonly clock: { now(): number; system(): number }
    /** Something was journaled. */
    readonly journaled: () => void
  }

/** What managers may do about work without the server: what they set aside, and the desk at which they do it. */
export class OfflineWork {
  readonly overrides: Overrides
  readonly desk: OfflineDesk
  readonly #connectivity: Pick<Connectivity, 'force'>

  constructor(parts: OfflineWorkParts) {
    const { connectivity, clock, station, journaled, storageFailed } = parts
    this.#connectivity = connectivity
    this.overrides = new Overrides({
      ...parts,
      now: () => clock.now(),
      settings: () => station()?.settings ?? null,
      changed: () => {
        this.#obey()
        journaled()
      },
    })
    this.desk = new OfflineDesk({
      ...parts,
      overrides: this.overrides,
      now: () => clock.system(),
      storageFailed: () => storageFailed('send again'),
    })
    this.#obey()
  }

  /** The copy has changed: head office's settings, and who manages. */
  recheck(mayManage: (operatorId: string) => boolean): void {
    this.overrides.recheck()
    this.#obey()
    this.desk.recheck(mayManage)
  }

  stop(): void {
    this.overrides.stop()
    this.desk.close()
  }

  #obey(): void {
    this.#connectivity.force(this.overrides.forcedOffline())
  }
}
