import { EventEmitter } from 'node:events'
import type { CardReader as Reader } from './cardReader.cjs'

/** The part of `@pokusew/pcsclite`'s interface that is offered here. */
declare function pcsclite(): pcsclite.PCSCLite

declare namespace pcsclite {
  type CardReader = Reader

  interface PCSCLite extends EventEmitter<{ reader: [CardReader]; error: [Error & { code?: string }]; started: [] }> {
    readonly readers: Readonly<Record<string, CardReader>>
    /** Of the four connections there can be at a time, those that are lost until there is another PCSCLite. */
    readonly lostConnections: number
    close(): void
  }
}

export = pcsclite
