import type { Entry, RawMedium } from '../core/media/medium.ts'
import { scannedGtin } from '../core/media/scannedGtin.ts'
import type { Ids } from '../core/ports/ids.ts'
import type { MediumRead, ReadFailure } from '../core/readers/reader.ts'
import type { DevicesEvents } from './devicesLink.ts'
import type { FirstRunDesk } from './firstRun/firstRunDesk.ts'
import type { OutcomeLights } from './outcomeLights.ts'
import { refusal, type SessionEvent } from './session/model.ts'
import { type HashKeys, present } from './session/present.ts'
import type { StationRecord } from './store/counterStore.ts'

export interface ReadsParts {
  readonly ids: Ids
  readonly lights: Pick<OutcomeLights, 'cameFrom'>
  /** null: not enrolled. */
  readonly station: () => StationRecord | null
  /** Where a machine that is being set up hears its code. */
  readonly firstRun: () => Pick<FirstRunDesk, 'wantsReads' | 'scanner'>
  /** A manager's screen is open: what is read is nobody's visit. */
  readonly isManaged: () => boolean
  readonly dispatch: (event: SessionEvent) => void
  /** A product's barcode; false: nobody is there for it. */
  readonly item: (gtin: string) => boolean
  /** Something was read and left alone. */
  readonly ignored: () => void
}

/** What readers report, on its way to the till: an identifier goes no further than here. */
export class Reads implements Pick<DevicesEvents, 'reading' | 'read' | 'failed'> {
  readonly #parts: ReadsParts
  #hashKeys: HashKeys = []

  constructor(parts: ReadsParts) {
    this.#parts = parts
  }

  /** The keys that media are known by, each 32 bytes in base64url. */
  hashWith(keys: readonly { readonly v: number; readonly key: string }[]): void {
    this.#hashKeys = keys.map(({ v, key }) => ({ v, key: new Uint8Array(Buffer.from(key, 'base64url')) }))
  }

  reading(readerId: string): void {
    const { isManaged, firstRun } = this.#parts
    if (!isManaged() && !firstRun().wantsReads) this.#parts.dispatch({ type: 'reading', readerId })
  }

  read({ medium, entry, readerId }: MediumRead): void {
    const { wantsReads, scanner } = this.#parts.firstRun()
    if (wantsReads) scanner.read(medium)
    else this.present(medium, entry, readerId)
  }

  failed({ reason, readerId }: ReadFailure): void {
    const { isManaged, ignored, lights, dispatch, firstRun } = this.#parts
    if (firstRun().wantsReads) {
      firstRun().scanner.failed()
      return
    }
    if (isManaged()) {
      ignored()
      return
    }
    lights.cameFrom(readerId)
    dispatch({ type: 'readFailed', refused: refusal(reason) })
  }

  /** `readerId` null: typed in. */
  present(medium: RawMedium, entry: Entry, readerId: string | null): void {
    const { isManaged, ignored, lights, dispatch, ids } = this.#parts
    const station = this.#parts.station()
    // One that was on its way when a manager opened a screen is nobody's either.
    if (!station || isManaged()) {
      ignored()
      return
    }
    const gtin = entry === 'scan' ? scannedGtin(medium, station.settings.membershipRules) : null
    if (gtin !== null && this.#parts.item(gtin)) return
    lights.cameFrom(readerId)
    const presented = present(medium, entry, station.settings, this.#hashKeys)
    dispatch(
      presented.ok
        ? { type: 'presented', presented: presented.value, redemptionId: ids.uuid7() }
        : { type: 'readFailed', refused: presented.refused },
    )
  }
}
