/** The part of node-hid that is used. */
export interface HidModule {
  devicesAsync(): Promise<HidDeviceInfo[]>
  readonly HIDAsync: { open(path: string): Promise<HidDevice> }
}

export interface HidDeviceInfo {
  readonly vendorId: number
  readonly productId: number
  readonly path?: string | undefined
  readonly serialNumber?: string | undefined
  readonly product?: string | undefined
  readonly usagePage?: number | undefined
  readonly usage?: number | undefined
}

export interface HidDevice {
  on(event: 'data', listener: (report: Uint8Array) => void): unknown
  on(event: 'error', listener: (error: unknown) => void): unknown
  sendFeatureReport?(report: number[]): Promise<unknown>
  close(): Promise<void>
}
