import { EventEmitter } from 'node:events'
import type { CardReader as Reader } from './cardReader.cjs'

/** The part of `@pokusew/pcsclite`'s interface that is offered here. */
declare function pcsclite(): pcsclite.PCSCLite

declare namespace pcsclite {
  type CardReader = Reader

  interface PCSCLite extends EventEmitter<{ reader: [CardReader]; error: [Error & { code?: string }]; started: [] }> {
    readonly readers: Readonly<Record<string, CardReader>>
    close(): void
  }
}

export = pcsclite
