import type { ManagerGateway } from '../core/ports/managerGateway.ts'
import type { DevicesConfiguration } from '../core/readers/protocol.ts'
import { DayDesk, type DayDeskParts } from './day/dayDesk.ts'
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

export interface ManagerScreensParts
  extends Omit<Shared, 'replica'>,
    Pick<DayDeskParts, 'pos' | 'save' | 'state' | 'shell' | 'settings' | 'categories'> {
  readonly replica: Shared['replica'] & DayDeskParts['replica']
  readonly devices: ReaderSetupParts['devices']
  readonly start: DevicesConfiguration
  readonly identified: ReaderSetupParts['identified']
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
  readonly day: DayDesk

  constructor(parts: ManagerScreensParts) {
    const { clock, enrolment, isBusy, managers } = parts
    this.readerSetup = new ReaderSetup({
      ...parts,
      now: () => clock.system(),
      isBusy: () => this.offline.desk.isOpen || this.day.isOpen || isBusy(),
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
      isBusy: () => this.readerSetup.isOpen || this.day.isOpen || isBusy(),
    })
    this.day = new DayDesk({
      ...parts,
      managers: managers ?? null,
      station: () => enrolment.station(),
      now: () => clock.system(),
      correctedNow: () => clock.now(),
      isBusy: () => this.readerSetup.isOpen || this.offline.desk.isOpen || isBusy(),
    })
  }

  get isOpen(): boolean {
    return this.readerSetup.isOpen || this.offline.desk.isOpen || this.day.isOpen
  }

  close(): void {
    this.readerSetup.close()
    this.offline.desk.close()
    this.day.close()
  }

  /** The copy has changed: who manages, and what head office allows. */
  recheck(mayManage: (operatorId: string) => boolean): void {
    this.offline.recheck(mayManage)
    this.readerSetup.recheck(mayManage)
    this.day.recheck(mayManage)
  }

  stop(): void {
    this.offline.stop()
    this.day.close()
  }
}
