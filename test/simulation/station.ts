import { sign } from 'node:crypto'
import { join } from 'node:path'
import type { EnrolResponse } from '../../core/contract/stations.ts'
import type { CounterCommand } from '../../core/counter/commands.ts'
import type { FromCounter } from '../../core/counter/protocol.ts'
import type { CounterState } from '../../core/counter/state.ts'
import type { RawMedium } from '../../core/media/medium.ts'
import type { CouponGateway } from '../../core/ports/couponGateway.ts'
import type { Ids } from '../../core/ports/ids.ts'
import type { ManagerGateway } from '../../core/ports/managerGateway.ts'
import { DevicesConfiguration } from '../../core/readers/protocol.ts'
import { httpGateway } from '../../counter/gateway/httpGateway.ts'
import { httpManagerGateway } from '../../counter/gateway/httpManagerGateway.ts'
import { createCounter } from '../../counter/host.ts'
import { ed25519Sealer } from '../../counter/station/sealer.ts'
import type { CounterStore } from '../../counter/store/counterStore.ts'
import { checkInPlace } from '../../counter/store/sqlite/checker.ts'
import { openCounterStore } from '../../counter/store/sqlite/openCounterStore.ts'
import { Life } from './life.ts'
import type { Link } from './link.ts'
import { Machine } from './machine.ts'
import {
  type Disk,
  mortalChannel,
  mortalGateway,
  mortalNews,
  mortalScheduler,
  mortalStore,
  never,
} from './mortalPorts.ts'
import type { News } from './news.ts'
import { whatIsLeft } from './powerLoss.ts'
import { seededIds, seededSigningKey } from './seededIds.ts'
import type { World } from './world.ts'

const NO_READERS = DevicesConfiguration.parse({ pcsc: false, hid: false, wedge: false, simulated: true })

export interface StationOptions {
  readonly name: string
  readonly folder: string
  readonly enrolCode: string
  readonly storeId: string
  readonly link: (station: Station) => Link
  /** What watches the ports, and what a planted bug changes about them. */
  readonly aroundStore: (store: CounterStore, station: Station) => CounterStore
  readonly aroundGateway: (gateway: CouponGateway, station: Station) => CouponGateway
  readonly aroundManagers: (gateway: ManagerGateway, station: Station) => ManagerGateway
  /** Timers, milliseconds. */
  readonly delay: (ms: number) => number
  readonly tapped: (station: Station, medium: RawMedium) => void
  /** What the server tells those who listen. */
  readonly news: News
  /** Its program ended: nobody else may hold its files, which are about to be what the disk has of them. */
  readonly ended: (station: Station) => void
  /** It forgets its keys for good. */
  readonly forgets: (station: Station) => void
  /** A screen shows another state. */
  readonly shown: (station: Station, state: CounterState) => void
}

interface Incarnation {
  readonly life: Life
  readonly send: (command: CounterCommand) => void
  readonly tap: (medium: RawMedium) => void
}

/** One counter: its machine, files, line and screen, and whichever incarnation of its program runs now. */
export class Station {
  readonly name: string
  readonly folder: string
  readonly machine: Machine
  readonly link: Link
  readonly disk: Disk = { full: false }
  readonly ids: Ids
  readonly #world: World
  readonly #options: StationOptions
  readonly #key: ReturnType<typeof seededSigningKey>
  #enrolment: EnrolResponse | null = null
  #running: Incarnation | null = null
  #state: CounterState | null = null
  readonly #signIns = new Set<number>()
  #requests = 0
  #stopped = false
  crashes = 0
  /** It was a station once: its keys are gone. */
  isRetired = false
  /** True time since which the program that runs now has been running. */
  runningSince = 0

  constructor(world: World, options: StationOptions) {
    this.#world = world
    this.#options = options
    this.name = options.name
    this.folder = join(options.folder, options.name)
    this.machine = new Machine(world, { exact: false })
    this.ids = seededIds(world.random, this.machine.now)
    this.#key = seededSigningKey(world.random)
    this.link = options.link(this)
    world.watch(() => this.#signIns.size > 0)
  }

  get storeId(): string {
    return this.#options.storeId
  }

  get stationId(): string | null {
    return this.#enrolment?.stationId ?? null
  }

  /** What its screen shows; null while its program does not run. */
  get state(): CounterState | null {
    return this.machine.asleep ? null : this.#state
  }

  send(command: CounterCommand): void {
    if (!this.machine.asleep) this.#running?.send(command)
  }

  tap(medium: RawMedium): void {
    if (this.machine.asleep || !this.#running) return
    this.#options.tapped(this, medium)
    this.#running.tap(medium)
  }

  /** The program dies at one of its next effects, with the whole machine or alone, and is started again. */
  crashWithin(crossings: number): void {
    this.#running?.life.endWithin(crossings)
  }

  start(): void {
    const life = new Life(() => this.#died())
    const sealer = ed25519Sealer(() => this.#key.privateKey, this.ids.randomBytes)
    const opened = openCounterStore(this.folder, sealer, { snapshotChecker: checkInPlace })
    if (!opened.ok) {
      this.#world.violated(`${this.name} cannot open its files: ${opened.code}`)
      return
    }
    const { gateway, managers, stopWatching } = this.#gateways(life)
    this.#close = () => {
      stopWatching()
      opened.value.close()
    }
    const { delay } = this.#options
    const scheduler = mortalScheduler((ms, task) => this.machine.after(delay(ms), task), life)
    const store = mortalStore(this.#options.aroundStore(opened.value, this), life, this.disk)
    this.runningSince = this.#world.now
    const counter = createCounter({
      store,
      station: {
        sign: (message) => sign(null, message, this.#key.privateKey),
        publicKey: () => this.#key.publicKey,
        enrolment: () => this.#enrolment,
        enrolled: (enrolment) => {
          if (!life.mayCross() || this.disk.full) return false
          this.#enrolment = enrolment
          return true
        },
        forget: () => {
          if (!life.mayCross() || this.disk.full) return false
          this.isRetired = true
          return true
        },
        retired: () => null,
      },
      gateway,
      managers,
      clock: this.machine,
      ids: this.ids,
      scheduler,
      devicesConfiguration: NO_READERS,
      categories: [],
      sample: null,
      enrolCode: this.#options.enrolCode,
      recallNews: mortalNews(this.#options.news.streamOf(this), life),
      restart: () => life.end(),
    })
    const screen = mortalChannel(
      life,
      (message) => this.#received(message as FromCounter),
      (message) => this.#sent(message as FromCounter),
    )
    const devices = mortalChannel(life, () => {})
    counter.attach(screen)
    counter.attachDevices(devices)
    const send = (command: CounterCommand) => {
      const requestId = this.#requests++
      // A PIN is checked by a thread of the machine this runs on.
      const hasPin = command.type === 'signIn' || (command.type === 'offlineDesk' && command.action.do === 'open')
      if (hasPin && life.alive) this.#signIns.add(requestId)
      if (!screen.send({ requestId, command })) this.#signIns.delete(requestId)
    }
    const tap = (medium: RawMedium) => {
      const [readId, readAt] = [this.ids.uuid7(), this.machine.now()]
      devices.send({ type: 'read', read: { readId, readerId: 'rig', medium, entry: 'tap', readAt } })
    }
    if (life.alive) this.#running = { life, send, tap }
  }

  /** At the end of everything: the files are left as they are. */
  stop(): void {
    this.#stopped = true
    this.#running?.life.end()
    this.#close()
  }

  #close: () => void = () => {}

  #gateways(life: Life) {
    let asked = 0
    let onTheLine = 0
    const timers = new WeakMap<AbortSignal, () => void>()
    const network: typeof fetch = async (input, init) => {
      if (!life.alive) return never()
      onTheLine += 1
      try {
        const answer = await this.link.fetch(input as string, init)
        // All of it is here: nothing is left to be waited for.
        if (init?.signal) timers.get(init.signal)?.()
        return life.alive ? answer : await never()
      } finally {
        onTheLine -= 1
      }
    }
    const line = {
      baseUrl: 'http://coupons.test',
      fetch: network,
      endAfter: (ms: number) => {
        const controller = new AbortController()
        timers.set(
          controller.signal,
          this.machine.after(this.#options.delay(ms), () => controller.abort()),
        )
        return controller.signal
      },
    }
    const stopWatching = this.#world.watch(() => life.alive && asked > onTheLine)
    const { aroundGateway, aroundManagers } = this.#options
    const own = aroundGateway(httpGateway({ ...line, token: () => this.#enrolment?.token ?? null }), this)
    const managers = aroundManagers(httpManagerGateway(line), this)
    const count = (change: 1 | -1) => {
      asked += change
    }
    return {
      gateway: mortalGateway(own, life, count),
      managers: mortalGateway(managers, life, count),
      stopWatching,
    }
  }

  #received(message: FromCounter): void {
    if (message.type !== 'state') return
    this.#state = message.state
    this.#options.shown(this, message.state)
  }

  #sent(message: FromCounter): void {
    if (message.type === 'result') this.#signIns.delete(message.requestId)
  }

  #died(): void {
    const { random } = this.#world
    this.crashes += 1
    this.#running = null
    this.#state = null
    if (this.#stopped) return
    const lostPower = !this.isRetired && random.chance(0.4)
    if (lostPower) this.machine.reboot()
    const close = this.#close
    const { folder } = this
    this.machine.after(this.#world.between(300, 4_000), () => {
      this.#options.ended(this)
      const left = whatIsLeft(folder, lostPower, random)
      close()
      left.restore()
      if (this.isRetired) this.#options.forgets(this)
      else this.start()
    })
  }
}
