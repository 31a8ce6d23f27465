/** The part of nfc-pcsc 0.8.1 that the adapter uses; the package carries no types. */
declare module 'nfc-pcsc' {
  import type { EventEmitter } from 'node:events'
  import type { CardReader, PCSCLite } from '@pokusew/pcsclite'

  export interface Reader extends EventEmitter<{ card: [unknown]; 'card.off': [unknown]; error: [Error]; end: [] }> {
    readonly name: string
    /** The PC/SC reader underneath. */
    readonly reader: CardReader
    /** null: no card is connected. */
    readonly connection: { readonly protocol: number } | null
    autoProcessing: boolean
    connect(): Promise<unknown>
    disconnect(): Promise<unknown>
    transmit(data: Uint8Array, responseMaxLength: number): Promise<Buffer>
  }

  export class NFC extends EventEmitter<{ reader: [Reader]; error: [Error & { code?: string }] }> {
    readonly pcsc: PCSCLite
    close(): void
  }
}
