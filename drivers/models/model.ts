import type { Indication } from '../../core/readers/reader.ts'
import type { ReportLayout } from '../hid/layout.ts'

/** One maker's product ids: `[vendorId, productIds]`; no product ids: all of the vendor's. */
export type UsbIds = readonly [vendorId: number, productIds?: readonly number[]]

/** Products that are plugged in in a mode which HID POS cannot use. */
export interface OtherMode {
  readonly usb: UsbIds
  readonly code: 'keyboard_mode' | 'wrong_mode'
  readonly fix: string
  /** What the maker's programming barcode for HID POS says (Code 128 behind FNC3); the manager's screen draws it. */
  readonly programmingCode?: string
}

/** How a family of scanners differs from what its report descriptor and the standard say. */
export interface HidModel {
  /** Its reports, where no descriptor can be read (not on Linux). */
  readonly layout?: ReportLayout
  /** Usage page of its scanner collection where that is not the standard's. */
  readonly usagePage?: number
  /** Byte of the report with Honeywell's one-letter code ID, counted from the report's start. */
  readonly codeIdAt?: number
  /** Sent once after opening: report ID, then data. Only if the descriptor, where one is read, declares it. */
  readonly featureReport?: Uint8Array
  /** Products of the family that are listed as keyboards or in the maker's own mode, and how to change that. */
  readonly otherModes?: readonly OtherMode[]
}

export interface CardReaderModel {
  /** Matches the name that PC/SC gives the reader. */
  readonly name: RegExp
  /** The reader passes raw FeliCa commands: `FF 00 00 00 Lc command` (ACM1252U-Y3 manual p. 45). */
  readonly rawFelica?: boolean
  readonly buzzer: boolean
  readonly led: boolean
  /**
   * Bytes for SCardControl that tell the customer: never those that write the reader's flash memory.

   */
  readonly indicate?: (outcome: Indication) => Uint8Array
}

/** One family of readers. A reader without a model works by the standards alone. */
export interface ReaderModel {
  /** What people call it; shown beside the reader's name. */
  readonly family: string
  readonly usb: readonly UsbIds[]
  readonly hid?: HidModel
  readonly pcsc?: CardReaderModel
}
