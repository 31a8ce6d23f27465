import type { Channel } from '../core/ports/channel.ts'
import { Background } from './background.ts'
import { type CommandParts, carryOut } from './carryOut.ts'
import { CashierDesk } from './cashier/cashierDesk.ts'
import { Cashiers } from './cashiers.ts'
import { stationTime } from './clock/stationTime.ts'
import type { Counter, CounterOptions } from './counter.ts'
import { SettingUp } from './firstRun/settingUp.ts'
import { Journaling } from './journaling.ts'
import { ManagerScreens } from './managerScreens.ts'
import { PosSide } from './pos/posSide.ts'
import { ReaderSide } from './readerSide.ts'
import { RegistrationDesk } from './registration/registrationDesk.ts'
import { Screens } from './screens.ts'
import { Service } from './service.ts'
import { eventWriter } from './session/eventWriter.ts'
import { Notices } from './session/notices.ts'
import { isBusy, mayPause } from './session/reducer.ts'
import { finishPendingUndos } from './session/undo.ts'
import { SettingsInForce } from './settingsInForce.ts'
import { type StateParts, stateView } from './stateView.ts'
import { Enrolment } from './station/enrolment.ts'
import { Connectivity } from './sync/connectivity.ts'
import { NO_CURRENCY, Till } from './till.ts'

/** The counter: readers and screens on one side, the server and two files on the other. */
export function createCounter(options: CounterOptions): Counter {
  return new CounterHost(options)
}

class CounterHost implements Counter {
  readonly #options: CounterOptions
  readonly #screens: Screens
  readonly #readers: ReaderSide
  readonly #connectivity: Connectivity
  readonly #enrolment: Enrolment
  readonly #settingUp: SettingUp
  readonly #cashiers: Cashiers
  readonly #cashierDesk: CashierDesk
  readonly #managing: ManagerScreens
  readonly #till: Till
  readonly #pos: PosSide
  readonly #commandParts: CommandParts
  readonly #viewParts: StateParts
  readonly #background: Background
  readonly #registration: RegistrationDesk
  readonly #service: Service
  readonly #settings: SettingsInForce

  constructor(options: CounterOptions) {
    this.#options = options
    const { store, gateway, scheduler } = options
    const { journal } = store
    const changed = () => this.#screens.changed()
    const { clock, ids } = stationTime(options.clock, options.ids, store, changed)
    const notices = new Notices(ids)
    const journaling = new Journaling({ journal, notices, clock, toSend: () => this.#background.journaled(), changed })
    this.#screens = new Screens(
      (revision) => stateView(this.#viewParts, revision),
      (command) => carryOut(this.#commandParts, command),
    )
    this.#readers = new ReaderSide({
      ids,
      configuration: options.devicesConfiguration,
      health: changed,
      attached: () => this.#managing.readerSetup.devicesAttached(),
      answered: (answer) => {
        if (answer.type === 'printed') this.#cashierDesk.printed(answer)
        else this.#managing.readerSetup.answered(answer)
      },
      station: () => this.#enrolment.station(),
      firstRun: () => this.#settingUp.desk,
      isManaged: () => this.#managing.isOpen,
      dispatch: (event) => {
        if (this.#registration.isTerminal) this.#registration.dispatch(event)
        else if (!this.#cashierDesk.takes(event)) this.#till.dispatch(this.#settings.beforeRead(event))
      },
      item: (gtin) => this.#cashierDesk.takesItem(gtin),
      ignored: () => journaling.notice('read_ignored', {}),
    })
    const { devices } = this.#readers
    const connectivity = new Connectivity(options.clock, () => this.#connectionChanged(), journal)
    this.#connectivity = connectivity
    this.#enrolment = new Enrolment(options.station, journal, gateway)
    const enrolment = this.#enrolment
    const desk = { gateway: options.registration ?? null, connectivity, enrolment, clock, ids, scheduler }
    this.#registration = new RegistrationDesk({ ...desk, changed: () => this.#armReaders() })
    const { setup, enrolCode } = options
    this.#settingUp = new SettingUp({
      ...{ setup, enrolCode, enrolment, ids, scheduler, devices },
      readers: () => this.#managing.readerSetup,
      now: () => clock.now(),
      changed: () => this.#armReaders(),
      enrolled: () => this.#enrolled(),
    })
    const events = eventWriter(clock, ids)
    const { storageFailed, record, journaled, notice } = journaling
    const isWorking = () => isBusy(this.#till.session.visit) || inFlight.size > 0
    const common = { store, journal, events, clock, ids, scheduler, connectivity, storageFailed, record, journaled }
    this.#settings = new SettingsInForce({ ...common, enrolment, till: () => this.#till, devices })
    this.#cashiers = new Cashiers({
      ...common,
      changed: (cashier) => {
        if (cashier === null) this.#managing.close()
        this.#till.dispatch({ type: 'opened', open: cashier !== null })
        if (cashier === null) this.#cashierDesk.left()
        this.#armReaders()
      },
      arrived: (cashier) => this.#cashierDesk.arrived(cashier),
    })
    this.#managing = new ManagerScreens({
      ...common,
      replica: store.replica,
      managers: options.managers,
      devices,
      start: options.devicesConfiguration,
      enrolment,
      identified: (readerId) => this.#settingUp.desk.identified(readerId),
      admit: (operatorId, pin) => this.#cashiers.admitManager(operatorId, pin),
      isBusy: () => !mayPause(this.#till.session.visit) || this.#registration.isBusy,
      changed: () => this.#armReaders(),
      sendAgain: () => this.#background.journaled(),
      pos: () => this.#pos,
      settings: this.#settings,
      categories: options.categories,
      save: options.saveFile ?? null,
      shell: options.shell,
      state: () => stateView(this.#viewParts, 0),
    })
    const { readerSetup, offline } = this.#managing
    devices.configure(readerSetup.configuration())
    const inFlight = new Set<string>()
    const station = this.#enrolment.station()
    const parts = {
      ...common,
      gateway,
      inFlight,
      station: () => this.#enrolment.mustBeStation(),
      cashier: () => this.#cashiers.current,
      overrides: () => offline.overrides.active(),
    }
    this.#till = new Till(
      parts,
      { currency: station?.store.currency ?? NO_CURRENCY, oneTap: this.#settings.values.oneTap },
      { changed: () => this.#armReaders(), journaled, readIgnored: () => notice('read_ignored', {}), notices },
    )
    this.#cashierDesk = new CashierDesk({
      session: parts,
      cashiers: this.#cashiers,
      till: () => this.#till,
      devices,
      training: options.training,
      registration: desk,
      isManaged: () => this.#managing.isOpen,
      ...{ changed, journaled },
    })
    this.#pos = new PosSide({
      ...common,
      bridge: options.posBridge ?? null,
      till: () => this.#till,
      screens: this.#screens,
      enrolment,
      cashiers: this.#cashiers,
      devices,
      inTraining: () => options.training?.isUnderWay ?? false,
    })
    this.#service = new Service({
      ...common,
      station: options.station,
      cashiers: this.#cashiers,
      now: () => clock.system(),
      isBusy: isWorking,
      changed,
      giveUpLeases: (gaveUp) => this.#background.giveUpLeases(gaveUp),
      ended: () => options.restart?.(),
    })
    const shared = {
      service: this.#service,
      till: this.#till,
      cashiers: this.#cashiers,
      cashierDesk: this.#cashierDesk,
      pos: this.#pos,
      dayDesk: this.#managing.day,
      devices,
      notices,
      readerSetup,
      registration: this.#registration,
      sample: options.sample,
      settings: this.#settings,
      firstRun: this.#settingUp.desk,
    }
    this.#commandParts = {
      ...shared,
      offlineDesk: offline.desk,
      ids,
      isEnrolled: () => this.#enrolment.station() !== null,
      managerIsHere: () => this.#managing.isOpen || this.#cashiers.isManager,
      present: (medium, entry) => this.#readers.present(medium, entry),
      changed,
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
          notices.settled(batch, clock.system())
          this.#screens.changed()
        },
        pulled: () => this.#pulled(),
        replicaChanged: changed,
        leasesChanged: changed,
        isBusy: isWorking,
        serverRestored: () => notice('server_restored', {}),
        rolledBackAtStart: (totalDiscount) => notice('rolled_back_at_start', { totalDiscount }),
      },
    )
    if (station) {
      for (const _ of finishPendingUndos(parts)) notice('rolled_back_at_start', {})
      this.#begin()
    }
    this.#settingUp.begin()
    if (options.cashier) this.#cashiers.take(options.cashier)
  }

  attach(client: Channel): void {
    this.#screens.attach(client)
  }

  attachDisplay(client: Channel): void {
    this.#screens.attachDisplay(client)
  }

  attachDevices(devices: Channel): void {
    this.#readers.devices.attach(devices)
  }

  async stop(): Promise<void> {
    this.#settingUp.stop()
    // Before the till ends: an approval that comes back now has nobody after it, and is shown at the next start.
    this.#cashiers.signOut()
    this.#managing.stop()
    this.#registration.stop()
    await this.#pos.stop()
    await this.#till.stop()
    await this.#background.stop()
    this.#screens.closeAll()
    this.#options.store.close()
  }

  /** The station is enrolled: everything in the background starts. */
  #begin(): void {
    const { mediumHashKeys = [] } = this.#options.station.enrolment() ?? {}
    this.#readers.hashWith(mediumHashKeys)
    this.#background.begin()
    this.#registration.open(true)
    this.#pos.begin()
    if (this.#connectivity.toldRevoked) this.#service.purgeWhenClear()
    this.#screens.changed()
  }

  #enrolled(): void {
    const { store } = this.#enrolment.mustBeStation()
    this.#till.dispatch({ type: 'purchaseSet', purchase: { currency: store.currency, lines: [], total: 0 } })
    this.#begin()
  }

  /** Cards are read for the next visit, unless one may not be disturbed or a manager is at the readers. */
  #armReaders(): void {
    this.#settings.follow()
    const { open, visit } = this.#till.session
    const forTill = (open && !isBusy(visit)) || this.#cashierDesk.wantsReads
    const welcome = this.#registration.isTerminal ? this.#registration.wantsReads : forTill
    this.#readers.follow(visit, (welcome && !this.#managing.isOpen) || this.#settingUp.desk.wantsReads)
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
    this.#settings.follow()
    this.#screens.changed()
  }
}
