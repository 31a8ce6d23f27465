/** A scanner that the guest makes for itself. Made unplugged; `plug` and `unplug` may follow each other for ever. */
export interface ScannerDevice {
  plug(): Promise<object>
  unplug(): Promise<void>
  /** One input report, or one write of a serial scanner. */
  send(bytes: Uint8Array): Promise<void>
  remove(): Promise<void>
}
