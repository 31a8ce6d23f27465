import type { ManagerGateway } from '../core/ports/managerGateway.ts'
import type { DevicesConfiguration } from '../core/readers/protocol.ts'
import { OfflineWork, type OfflineWorkParts } from './offline/offlineWork.ts'
import { ReaderSetup, type ReaderSetupParts } from './readerSetup/readerSetup.ts'
import type { Enrolment } from './station/enrolment.ts'

type Shared = Pick<
  OfflineWorkParts,
  | 'admit'
  | 'changed'
  | 'clock'
  | 'connectivity'
  | 'events'
  | 'ids'
  | 'journal'
  | 'journaled'
  | 'record'
  | 'replica'
  | 'scheduler'
  | 'sendAgain'
>

export interface ManagerScreensParts extends Shared {
  readonly devices: ReaderSetupParts['devices']
  readonly start: DevicesConfiguration
  readonly enrolment: Pick<Enrolment, 'station'>
  readonly managers: ManagerGateway | undefined
  /** A visit that nothing may interrupt. */
  readonly isBusy: () => boolean
  readonly storageFailed: () => void
}

/** The screens that a manager opens at this counter, one at a time. While one is open no card and no scan starts a visit. */
export class ManagerScreens {
  readonly readerSetup: ReaderSetup
  readonly offline: OfflineWork

  constructor(parts: ManagerScreensParts) {
    const { clock, enrolment, isBusy, managers } = parts
    this.readerSetup = new ReaderSetup({
      ...parts,
      now: () => clock.system(),
      isBusy: () => this.offline.desk.isOpen || isBusy(),
    })
    this.offline = new OfflineWork({
      ...parts,
      managers: managers ?? null,
      station: () => {
        const station = enrolment.station()
        if (!station) return null
        const { stationId, store, settings } = station
        return { stationId, storeId: store.storeId, settings: settings.offline }
      },
      isBusy: () => this.readerSetup.isOpen || isBusy(),
    })
  }

  get isOpen(): boolean {
    return this.readerSetup.isOpen || this.offline.desk.isOpen
  }

  close(): void {
    this.readerSetup.close()
    this.offline.desk.close()
  }

  /** The copy has changed: who manages, and what head office allows. */
  recheck(mayManage: (operatorId: string) => boolean): void {
    this.offline.recheck(mayManage)
    this.readerSetup.recheck(mayManage)
  }

  stop(): void {
    this.offline.stop()
  }
}
