import type { Ids } from '../../core/ports/ids.ts'
import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { DevicesLink } from '../devicesLink.ts'
import { Enrolling } from '../enrolling.ts'
import type { ReaderSetup } from '../readerSetup/readerSetup.ts'
import type { Enrolment } from '../station/enrolment.ts'
import { FirstRunDesk, type Setup } from './firstRunDesk.ts'

export interface SettingUpParts {
  readonly setup: Setup | undefined
  /** Enrols with it by itself; absent: a person does. */
  readonly enrolCode: string | undefined
  readonly enrolment: Enrolment
  readonly readers: () => ReaderSetup
  readonly devices: Pick<DevicesLink, 'send'>
  readonly ids: Ids
  readonly now: () => number
  readonly scheduler: Scheduler
  readonly changed: () => void
  /** The station has just been enrolled. */
  readonly enrolled: () => void
}

/** How this machine becomes a station: by the code that its program was started with, or by a person at its screen. */
export class SettingUp {
  readonly desk: FirstRunDesk
  readonly #parts: SettingUpParts
  readonly #enrolling: Enrolling

  constructor(parts: SettingUpParts) {
    const { setup = null, readers, devices, enrolled } = parts
    this.#parts = parts
    this.#enrolling = new Enrolling({ ...parts, enrolled })
    this.desk = new FirstRunDesk({
      ...parts,
      setup,
      enrol: (code) => this.#enrolling.enrol(code),
      readers: {
        install: (on) => readers().install(on),
        tryLayout: (layout) => readers().tryLayout(layout),
        keepLayout: (layout) => readers().keepLayout(layout),
      },
      retype: (keys) => void devices.send({ type: 'wedgeKeys', keys: [...keys] }),
    })
  }

  /** At the start of the program. */
  begin(): void {
    const { enrolCode, enrolment } = this.#parts
    this.desk.begin(enrolCode !== undefined)
    if (enrolCode === undefined || enrolment.station()) return
    void this.#enrolling.enrolUntilAnswered(enrolCode, (refused) => {
      if (refused) this.desk.refusedByItself(refused)
      else this.desk.enrolledByItself()
    })
  }

  stop(): void {
    this.#enrolling.stop()
    this.desk.stop()
  }
}
