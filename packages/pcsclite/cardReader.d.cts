import { EventEmitter } from 'node:events'
import type { Reader } from 'pcsc-mini'

export interface Status {
  /** SCARD_STATE_* bits. */
  state: number
  /** Only its length can be trusted: see `CardReader.atr`. */
  atr: Buffer
}

type Callback<Value extends unknown[]> = (error: Error | null, ...value: Partial<Value>) => void

export declare class CardReader extends EventEmitter<{
  status: [Status]
  end: []
  error: [Error]
  connectFailed: [Error & { code?: string }]
}> {
  constructor(
    reader: Reader,
    usb?: { readonly bus: number; readonly address: number } | null,
    connectionLost?: () => void,
  )
  /** null: the driver does not tell. */
  readonly usb: { readonly bus: number; readonly address: number } | null
  readonly name: string
  readonly state: number
  /** The connected card's; empty before the first connect. */
  readonly atr: Buffer
  readonly connected: boolean
  readonly SCARD_STATE_EMPTY: number
  readonly SCARD_STATE_PRESENT: number
  readonly SCARD_SHARE_SHARED: number
  readonly SCARD_SHARE_EXCLUSIVE: number
  readonly SCARD_SHARE_DIRECT: number
  readonly SCARD_LEAVE_CARD: number
  readonly IOCTL_CCID_ESCAPE: number
  connect(options: { share_mode?: number; protocol?: number }, callback: Callback<[protocol: number]>): void
  disconnect(disposition: number, callback: Callback<[]>): void
  transmit(data: Uint8Array, responseLength: number, protocol: number, callback: Callback<[response: Buffer]>): void
  control(data: Uint8Array, code: number, responseLength: number, callback: Callback<[response: Buffer]>): void
  close(): void
}
