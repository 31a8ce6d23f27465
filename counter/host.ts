import type { Notice } from '../core/counter/state.ts'
import type { Channel } from '../core/ports/channel.ts'
import { Background } from './background.ts'
import { type CommandParts, carryOut } from './carryOut.ts'
import { Cashiers } from './cashiers.ts'
import type { CorrectedClock } from './clock/correctedClock.ts'
import { stationTime } from './clock/stationTime.ts'
import type { Counter, CounterOptions } from './counter.ts'
import { DevicesLink } from './devicesLink.ts'
import { Enrolling } from './enrolling.ts'
import { ManagerScreens } from './managerScreens.ts'
import { OutcomeLights } from './outcomeLights.ts'
import { Reads } from './reads.ts'
import { RegistrationDesk } from './registration/registrationDesk.ts'
import { Screens } from './screens.ts'
import { Service } from './service.ts'
import { eventWriter } from './session/eventWriter.ts'
import { Notices } from './session/notices.ts'
import { isBusy, mayPause } from './session/reducer.ts'
import { finishPendingUndos } from './session/undo.ts'
import { type StateParts, stateView } from './stateView.ts'
import { Enrolment } from './station/enrolment.ts'
import type { EventDraft } from './store/counterStore.ts'
import { Connectivity } from './sync/connectivity.ts'
import { Till } from './till.ts'

/** A currency nobody sells in, until the station knows its own (ISO 4217: no currency involved). */
const NO_CURRENCY = 'XXX'

/** The counter: readers and screens on one side, the server and two files on the other. */
export function createCounter(options: CounterOptions): Counter {
  return new CounterHost(options)
}

class CounterHost implements Counter {
  readonly #options: CounterOptions
  readonly #clock: CorrectedClock
  readonly #notices: Notices
  readonly #screens: Screens
  readonly #devices: DevicesLink
  readonly #lights: OutcomeLights
  readonly #reads: Reads
  readonly #connectivity: Connectivity
  readonly #enrolment: Enrolment
  readonly #enrolling: Enrolling
  readonly #cashiers: Cashiers
  readonly #managing: ManagerScreens
  readonly #till: Till
  readonly #commandParts: CommandParts
  readonly #viewParts: StateParts
  readonly #background: Background
  readonly #registration: RegistrationDesk
  readonly #service: Service
  #oneTapSetting: boolean

  constructor(options: CounterOptions) {
    this.#options = options
    const { store, gateway, scheduler } = options
    const { journal } = store
    const { clock, ids } = stationTime(options.clock, options.ids, store, () => this.#screens.changed())
    this.#clock = clock
    this.#notices = new Notices(ids)
    this.#screens = new Screens(
      (revision) => stateView(this.#viewParts, revision),
      (command) => carryOut(this.#commandParts, command),
    )
    this.#devices = new DevicesLink(options.devicesConfiguration, {
      health: () => this.#screens.changed(),
      attached: () => this.#managing.readerSetup.devicesAttached(),
      answered: (answer) => this.#managing.readerSetup.answered(answer),
      reading: (readerId) => this.#reads.reading(readerId),
      read: (read) => this.#reads.read(read),
      failed: (failure) => this.#reads.failed(failure),
    })
    this.#lights = new OutcomeLights(this.#devices)
    this.#reads = new Reads({
      ids,
      lights: this.#lights,
      station: () => this.#enrolment.station(),
      isManaged: () => this.#managing.isOpen,
      dispatch: (event) => (this.#registration.isTerminal ? this.#registration : this.#till).dispatch(event),
      ignored: () => this.#notice('read_ignored', {}),
    })
    const connectivity = new Connectivity(options.clock, () => this.#connectionChanged(), journal)
    this.#connectivity = connectivity
    this.#enrolment = new Enrolment(options.station, journal, gateway)
    const enrolment = this.#enrolment
    const desk = { gateway: options.registration ?? null, connectivity, enrolment, clock, ids, scheduler }
    this.#registration = new RegistrationDesk({ ...desk, changed: () => this.#armReaders() })
    const enrolled = () => this.#enrolled()
    this.#enrolling = new Enrolling({ enrolment, scheduler, changed: () => this.#screens.changed(), enrolled })
    const events = eventWriter(clock, ids)
    this.#cashiers = new Cashiers({
      store,
      events,
      clock,
      record: (event) => this.#record(event),
      storageFailed: () => this.#notice('storage_failed', {}),
      changed: (cashier) => {
        if (cashier === null) this.#managing.close()
        this.#till.dispatch({ type: 'opened', open: cashier !== null })
        this.#screens.changed()
      },
    })
    this.#managing = new ManagerScreens({
      journal,
      replica: store.replica,
      ids,
      events,
      scheduler,
      clock,
      connectivity,
      managers: options.managers,
      devices: this.#devices,
      start: options.devicesConfiguration,
      enrolment,
      admit: (operatorId, pin) => this.#cashiers.admitManager(operatorId, pin),
      isBusy: () => !mayPause(this.#till.session.visit) || this.#registration.isBusy,
      record: (event) => this.#record(event),
      storageFailed: () => this.#notice('storage_failed', {}),
      changed: () => this.#armReaders(),
      journaled: () => this.#journaled(),
      sendAgain: () => this.#background.journaled(),
    })
    const { readerSetup, offline } = this.#managing
    this.#devices.configure(readerSetup.configuration())
    const inFlight = new Set<string>()
    const station = this.#enrolment.station()
    this.#oneTapSetting = station?.settings.oneTap ?? false
    const parts = {
      store,
      gateway,
      connectivity,
      clock,
      scheduler,
      ids,
      events,
      inFlight,
      station: () => this.#enrolment.mustBeStation(),
      cashier: () => this.#cashiers.current,
      overrides: () => offline.overrides.active(),
      storageFailed: () => this.#notice('storage_failed', {}),
    }
    this.#till = new Till(
      parts,
      { currency: station?.store.currency ?? NO_CURRENCY, oneTap: this.#oneTapSetting },
      {
        changed: () => this.#armReaders(),
        journaled: () => this.#journaled(),
        readIgnored: () => this.#notice('read_ignored', {}),
      },
    )
    this.#service = new Service({
      store,
      station: options.station,
      cashiers: this.#cashiers,
      connectivity,
      scheduler,
      now: () => clock.system(),
      isBusy: () => isBusy(this.#till.session.visit) || inFlight.size > 0,
      changed: () => this.#screens.changed(),
      giveUpLeases: (gaveUp) => this.#background.giveUpLeases(gaveUp),
      ended: () => options.restart?.(),
    })
    const shared = {
      service: this.#service,
      till: this.#till,
      cashiers: this.#cashiers,
      devices: this.#devices,
      notices: this.#notices,
      readerSetup,
      registration: this.#registration,
      sample: options.sample,
    }
    this.#commandParts = {
      ...shared,
      offlineDesk: offline.desk,
      ids,
      enrol: (code) => this.#enrolling.enrol(code),
      isEnrolled: () => this.#enrolment.station() !== null,
      managerIsHere: () => this.#managing.isOpen || this.#cashiers.isManager,
      present: (medium, entry) => this.#reads.present(medium, entry, null),
      changed: () => this.#screens.changed(),
    }
    this.#viewParts = {
      ...shared,
      clock,
      store,
      connectivity,
      enrolment: this.#enrolment,
      offline,
      replica: () => this.#background.replica,
      categories: options.categories,
    }
    this.#background = new Background(
      { ...parts, recallNews: options.recallNews },
      {
        settled: (batch) => {
          this.#notices.settled(batch, clock.system())
          this.#screens.changed()
        },
        pulled: () => this.#pulled(),
        replicaChanged: () => this.#screens.changed(),
        leasesChanged: () => this.#screens.changed(),
        isBusy: () => isBusy(this.#till.session.visit) || inFlight.size > 0,
        rolledBackAtStart: (totalDiscount) => this.#notice('rolled_back_at_start', { totalDiscount }),
      },
    )
    if (station) {
      for (const _ of finishPendingUndos(parts)) this.#notice('rolled_back_at_start', {})
      this.#begin()
    } else if (options.enrolCode !== undefined) {
      void this.#enrolling.enrolUntilAnswered(options.enrolCode)
    }
  }

  attach(client: Channel): void {
    this.#screens.attach(client)
  }

  attachDevices(devices: Channel): void {
    this.#devices.attach(devices)
  }

  async stop(): Promise<void> {
    this.#enrolling.stop()
    // Before the till ends: an approval that comes back now has nobody after it, and is shown at the next start.
    this.#cashiers.signOut()
    this.#managing.stop()
    this.#registration.stop()
    await this.#till.stop()
    await this.#background.stop()
    this.#screens.closeAll()
    this.#options.store.close()
  }

  /** The station is enrolled: everything in the background starts. */
  #begin(): void {
    const { mediumHashKeys = [] } = this.#options.station.enrolment() ?? {}
    this.#reads.hashWith(mediumHashKeys)
    this.#background.begin()
    this.#registration.open(true)
    if (this.#connectivity.toldRevoked) this.#service.purgeWhenClear()
    this.#screens.changed()
  }

  #enrolled(): void {
    const { store, settings } = this.#enrolment.mustBeStation()
    this.#till.dispatch({ type: 'purchaseSet', purchase: { currency: store.currency, lines: [], total: 0 } })
    this.#oneTapSetting = settings.oneTap
    this.#till.dispatch({ type: 'oneTapSet', oneTap: settings.oneTap })
    this.#begin()
  }

  #record(event: EventDraft): boolean {
    const written = this.#options.store.journal.record(event)
    if (!written.ok) this.#notice('storage_failed', {})
    this.#journaled()
    return written.ok
  }

  #journaled(): void {
    this.#background.journaled()
    this.#screens.changed()
  }

  /** Cards are read for the next visit, unless one may not be disturbed or a manager is at the readers. */
  #armReaders(): void {
    const { open, visit } = this.#till.session
    this.#lights.follow(visit)
    const welcome = this.#registration.isTerminal ? this.#registration.wantsReads : open && !isBusy(visit)
    this.#devices.setDataEventEnabled(welcome && !this.#managing.isOpen)
    this.#screens.changed()
  }

  #connectionChanged(): void {
    const { mode, toldRevoked } = this.#connectivity
    if (mode === 'online' || toldRevoked) this.#background.journaled()
    if (this.#connectivity.wantsProbe) this.#background.serverLost()
    if (toldRevoked) this.#service.purgeWhenClear()
    this.#screens.changed()
  }

  #pulled(): void {
    this.#cashiers.recheck()
    this.#managing.recheck((operatorId) => this.#cashiers.mayManage(operatorId))
    const { oneTap } = this.#enrolment.mustBeStation().settings
    // What head office sets counts when it changes; between changes the cashier may choose.
    if (oneTap !== this.#oneTapSetting) this.#till.dispatch({ type: 'oneTapSet', oneTap })
    this.#oneTapSetting = oneTap
    this.#screens.changed()
  }

  #notice(code: Notice['code'], params: Notice['params']): void {
    this.#notices.add(code, params, this.#clock.system())
    this.#screens.changed()
  }
}
