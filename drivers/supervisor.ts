import type { Scheduler } from '../core/ports/scheduler.ts'
import type { Indication } from '../core/readers/reader.ts'
import { retryDelayMs } from './backoff.ts'
import { type DeviceSession, type DeviceSource, DISABLED, type FoundDevice } from './deviceSource.ts'
import type { Emission } from './emission.ts'
import { deviceNodes, type HotPlug } from './hotplug.ts'
import { type Fault, isFinal } from './nativeFault.ts'

/** Devices are looked for this often; a hot-plug event only makes it sooner. */
const POLL_MS = 1_000

/** After a hot-plug event: the node is there before its permissions are, and one device makes several nodes. */
const LOOKS_AFTER_EVENT_MS = [50, 400]

/** UPOS claim(timeout): a device that has not opened by then is somebody else's. */
const CLAIM_MS = 1_500

interface Entry {
  device: FoundDevice
  session: DeviceSession | null
  /** An attempt to open is under way. */
  claiming: boolean
  /** Opened while the devices were being listed: that list may be older than what was opened. */
  listedBefore: boolean
  /** In a row. */
  failures: number
  cancelRetry: () => void
}

/**
 * Keeps every device of a transport open: found at start, plugged in later, pulled, plugged back, taken by another
 * program and given back. All retrying is here: 0.2 to 1 s between attempts on a device, from the start again after a
 * hot-plug event. A device that goes in the middle of a presentation yields one `medium_unreadable`.
 */
export class Supervisor {
  readonly #source: DeviceSource
  readonly #emission: Emission
  readonly #scheduler: Scheduler
  readonly #hotPlug: HotPlug
  readonly #entries = new Map<string, Entry>()
  readonly #pending = new Set<Promise<unknown>>()
  #findFailures = 0
  #finding: Promise<void> | null = null
  #findAgain = false
  #cancelPoll = () => {}
  #cancelLooks: (() => void)[] = []
  #unwatch = () => {}
  #stopped = false

  constructor(source: DeviceSource, emission: Emission, scheduler: Scheduler, hotPlug: HotPlug = deviceNodes) {
    this.#source = source
    this.#emission = emission
    this.#scheduler = scheduler
    this.#hotPlug = hotPlug
  }

  start(): void {
    this.#reportSelf({ state: 'opening' })
    this.#unwatch = this.#hotPlug.watch(() => this.#plugged())
    this.#find()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#unwatch()
    this.#cancelPoll()
    this.#cancelLooks.forEach((cancel) => void cancel())
    await this.#finding
    for (const entry of this.#entries.values()) entry.cancelRetry()
    await Promise.all(this.#pending)
    await Promise.all([...this.#entries.values()].map((entry) => entry.session?.close().catch(() => {})))
    this.#entries.clear()
  }

  /** After the disabled readers have changed: lets go of those that now are, takes up those that no longer are. */
  reconsider(): void {
    for (const entry of this.#entries.values()) {
      if (this.#emission.isDisabled(entry.device.readerId)) {
        this.#release(entry)
        this.#health(entry, DISABLED)
      } else if (!entry.session) this.#open(entry)
    }
  }

  async indicate(readerId: string, outcome: Indication): Promise<boolean> {
    const entry = [...this.#entries.values()].find(({ device }) => device.readerId === readerId)
    return (await entry?.session?.indicate?.(outcome)) ?? false
  }

  /** Something was plugged in or pulled: whoever waited has waited long enough. */
  #plugged(): void {
    if (this.#stopped || this.#cancelLooks.length > 0) return
    const looks = LOOKS_AFTER_EVENT_MS.map((delay, index) =>
      this.#scheduler.after(delay, () => {
        if (index === LOOKS_AFTER_EVENT_MS.length - 1) this.#cancelLooks = []
        this.#findFailures = 0
        for (const entry of this.#entries.values()) {
          entry.failures = 0
          if (!entry.session) this.#open(entry)
        }
        this.#find()
      }),
    )
    this.#cancelLooks = looks
  }

  #find(): void {
    if (this.#stopped) return
    if (this.#finding) {
      this.#findAgain = true
      return
    }
    this.#cancelPoll()
    this.#finding = this.#look().finally(() => {
      this.#finding = null
      if (this.#findAgain) {
        this.#findAgain = false
        this.#find()
      }
    })
  }

  async #look(): Promise<void> {
    try {
      const found = await this.#source.find()
      if (this.#stopped) return
      this.#findFailures = 0
      this.#reconcile(found)
    } catch (error) {
      if (this.#stopped) return
      const fault = this.#source.faultOf(error)
      for (const entry of [...this.#entries.values()]) this.#forget(entry)
      this.#reportSelf(fault)
      if (isFinal(fault)) return
      this.#findFailures += 1
      this.#cancelPoll = this.#scheduler.after(retryDelayMs(this.#findFailures), () => this.#find())
      return
    }
    if (this.#source.polled) this.#cancelPoll = this.#scheduler.after(POLL_MS, () => this.#find())
  }

  #reconcile(found: readonly FoundDevice[]): void {
    const listed = new Map(found.map((device) => [device.path, device]))
    for (const entry of [...this.#entries.values()]) {
      const now = listed.get(entry.device.path)
      // The same node may be another device's by now, or the same device's after a replug that nobody told of.
      const samePlugging = entry.listedBefore || now?.plugging === entry.device.plugging
      const same = now?.readerId === entry.device.readerId && samePlugging
      if (!same) this.#forget(entry)
    }
    for (const device of listed.values()) {
      const known = this.#entries.get(device.path)
      if (known) {
        // A device may become usable, or stop to be, where it is: a scanner that was switched to another mode.
        const changed = known.device.fault?.code !== device.fault?.code
        known.device = known.listedBefore ? { ...device, ...pluggingOf(known.device) } : device
        known.listedBefore = false
        if (changed && !known.session) this.#open(known)
        continue
      }
      const entry: Entry = {
        device,
        session: null,
        claiming: false,
        listedBefore: false,
        failures: 0,
        cancelRetry: () => {},
      }
      this.#entries.set(device.path, entry)
      this.#open(entry)
    }
    this.#reportSelf({ state: found.some(({ fault }) => !fault) ? 'ready' : 'absent' })
  }

  #open(entry: Entry): void {
    entry.cancelRetry()
    if (this.#stopped || entry.claiming || entry.session) return
    const unusable = this.#emission.isDisabled(entry.device.readerId) ? DISABLED : entry.device.fault
    if (unusable) {
      this.#health(entry, unusable)
      return
    }
    if (entry.failures === 0) this.#health(entry, { state: 'opening' })
    entry.claiming = true
    const claim = this.#claim(entry).finally(() => this.#pending.delete(claim))
    this.#pending.add(claim)
  }

  async #claim(entry: Entry): Promise<void> {
    const loss: { happened: boolean; error?: unknown } = { happened: false }
    let expired = false
    const lost = (error?: unknown) => {
      if (loss.happened) return
      loss.happened = true
      loss.error = error
      if (session && entry.session === session) this.#lost(entry, error)
    }
    let session: DeviceSession | null = null
    const opening = this.#source.open(entry.device, lost).then((opened) => {
      // Nobody waits for it any more: it must not stay open unheard.
      if (expired) void opened.close().catch(() => {})
      return opened
    })
    let cancelDeadline = () => {}
    const deadline = new Promise<null>((resolve) => {
      cancelDeadline = this.#scheduler.after(CLAIM_MS, () => resolve(null))
    })
    try {
      session = await Promise.race([opening, deadline])
      expired = session === null
      entry.claiming = false
      if (expired) this.#failed(entry, CLAIM_TIMEOUT)
      else if (loss.happened) this.#failed(entry, this.#faultOfLoss(loss.error, entry))
    } catch (error) {
      entry.claiming = false
      this.#failed(entry, this.#source.faultOf(error, entry.device))
      return
    } finally {
      cancelDeadline()
    }
    if (!session) return
    const wanted = this.#entries.get(entry.device.path) === entry && !this.#emission.isDisabled(entry.device.readerId)
    if (loss.happened || this.#stopped || !wanted) {
      await session.close().catch(() => {})
      return
    }
    entry.session = session
    entry.failures = 0
    // It may have come since it was listed.
    entry.device = { ...entry.device, ...pluggingOf(session) }
    entry.listedBefore = this.#finding !== null
    this.#health(entry, session.fault ?? { state: 'ready' })
  }

  #failed(entry: Entry, fault: Fault): void {
    if (this.#stopped || this.#entries.get(entry.device.path) !== entry) return
    this.#health(entry, fault)
    if (isFinal(fault)) return
    entry.failures += 1
    entry.cancelRetry = this.#scheduler.after(retryDelayMs(entry.failures), () => this.#open(entry))
  }

  /** An open device has gone, or has failed under us. */
  #lost(entry: Entry, error: unknown): void {
    this.#release(entry)
    this.#failed(entry, this.#faultOfLoss(error, entry))
    // Whether it is still listed says if it was pulled.
    if (this.#source.polled) this.#find()
  }

  #faultOfLoss(error: unknown, entry: Entry): Fault {
    return error === undefined ? { state: 'absent' } : this.#source.faultOf(error, entry.device)
  }

  /** It is no longer listed. */
  #forget(entry: Entry): void {
    entry.cancelRetry()
    this.#entries.delete(entry.device.path)
    this.#release(entry)
    this.#health(entry, { state: 'absent' })
  }

  #release(entry: Entry): void {
    const { session } = entry
    entry.session = null
    if (!session) return
    if (session.cut()) {
      this.#emission.reading(entry.device.readerId)
      this.#emission.failed(entry.device.readerId, 'medium_unreadable')
    }
    const closing = session
      .close()
      .catch(() => {})
      .finally(() => this.#pending.delete(closing))
    this.#pending.add(closing)
  }

  #health({ device }: Entry, fault: Fault): void {
    const { path: _path, fault: _fault, plugging: _plugging, ...known } = device
    this.#emission.health({ ...known, transport: this.#source.transport, ...fault })
  }

  #reportSelf(fault: Fault): void {
    const { self, transport } = this.#source
    if (self) this.#emission.health({ ...self, transport, ...fault })
  }
}

const CLAIM_TIMEOUT: Fault = {
  state: 'busy',
  code: 'claim_timeout',
  fix: 'The reader does not open. Another program may hold it: close that, or unplug the reader and plug it in again.',
}

const pluggingOf = ({ plugging }: { readonly plugging?: string }) => (plugging === undefined ? {} : { plugging })
