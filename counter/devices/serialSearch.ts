import type { Scheduler } from '../../core/ports/scheduler.ts'
import type { SerialPreset, SerialPresetId } from '../../core/readers/protocol.ts'
import { openSerialPort } from '../../drivers/serial/adapter.ts'
import { type Detection, detectSerial } from '../../drivers/serial/detect.ts'

/** The search for one port's settings, during which nobody else may hold the port. */
export class SerialSearch {
  readonly #scheduler: Scheduler
  readonly #detect: typeof detectSerial
  #path: string | null = null
  #detection: Detection | null = null
  /** The search before, which may still be closing its port. */
  #ending: Promise<unknown> = Promise.resolve()

  constructor(scheduler: Scheduler, detect: typeof detectSerial = detectSerial) {
    this.#scheduler = scheduler
    this.#detect = detect
  }

  /** Whether a configured port may be opened now. */
  readonly isFree = ({ path }: SerialPreset): boolean => path !== this.#path

  /**
   * Searches, in the place of any search before. `settle` makes the readers follow `isFree`; it is called before and after.
   * undefined: another search has taken the place of this one.
   */
  async run(path: string, settle: () => Promise<void>): Promise<SerialPresetId | null | undefined> {
    this.cancel()
    this.#path = path
    await Promise.all([settle(), this.#ending])
    if (this.#path !== path) return undefined
    const detection = this.#detect(path, openSerialPort, this.#scheduler)
    this.#detection = detection
    this.#ending = detection.result
    const preset = await detection.result
    if (this.#detection !== detection) return undefined
    this.#detection = null
    this.#path = null
    await settle()
    return preset
  }

  /** Gives the search up, without an answer, and the port back to its reader. */
  async end(settle: () => Promise<void>): Promise<void> {
    this.cancel()
    await this.#ending
    await settle()
  }

  cancel(): void {
    this.#detection?.cancel()
    this.#detection = null
    this.#path = null
  }
}
