import { z } from 'zod'
import { Uuid7 } from '../ids.ts'
import { type MediumType, RawMedium } from '../media/medium.ts'
import type { ReasonCode } from '../reasonCodes.ts'
import { ScanData, type Symbology } from './scan.ts'

export const TRANSPORTS = ['pcsc', 'hid', 'serial', 'wedge', 'simulated'] as const
export const Transport = z.enum(TRANSPORTS)
export type Transport = z.infer<typeof Transport>

/** UPOS's words for a device's state. `fix` says in words what a person can do. */
export const READER_STATES = ['absent', 'opening', 'ready', 'busy', 'denied', 'conflict', 'error'] as const

export const ReaderHealth = z.object({
  /** VID:PID:serial, else the port path or the reader's name; never the enumeration order. */
  readerId: z.string().min(1).max(256),
  transport: Transport,
  name: z.string().max(256),
  state: z.enum(READER_STATES),
  /** e.g. `pcscd_not_running`, `permission_denied`, `native_library_missing`. */
  code: z.string().max(64).optional(),
  /** What to do, in English, with the exact command where there is one. */
  fix: z.string().max(1_000).optional(),
  /** Where it is plugged in, e.g. `usb 1-1.2`: tells two identical readers apart. */
  portPath: z.string().max(128).optional(),
  /**
   * What a programming barcode of its maker says that puts it into a mode that works here: Code 128, FNC3 in front, which
   * keeps every other scanner from taking it for data.
   */
  programmingCode: z.string().max(64).optional(),
  /** The family of readers it was recognised as. */
  model: z.string().max(64).optional(),
  /** What `indicate` can do on it. */
  capabilities: z.object({ buzzer: z.boolean(), led: z.boolean() }).optional(),
})
export type ReaderHealth = z.infer<typeof ReaderHealth>

/** What a reader with lights or a buzzer tells the customer. */
export const INDICATIONS = ['accepted', 'refused'] as const
export const Indication = z.enum(INDICATIONS)
export type Indication = z.infer<typeof Indication>

/** One medium, completely read. */
export const MediumRead = z.object({
  readId: Uuid7,
  readerId: z.string().max(256),
  medium: RawMedium,
  entry: z.enum(['tap', 'scan']),
  /** Only of a bar code scanner's reads. */
  scan: ScanData.optional(),
  /** Epoch milliseconds, OS clock. */
  readAt: z.number(),
})
export type MediumRead = z.infer<typeof MediumRead>

/** A presentation that yielded no usable medium; it ends in this named outcome. */
export const ReadFailure = z.object({
  readId: Uuid7,
  readerId: z.string().max(256),
  reason: z.enum([
    'medium_unstable',
    'medium_not_unique',
    'medium_unreadable',
    'medium_too_weak',
  ] as const satisfies readonly ReasonCode[]),
  readAt: z.number(),
})
export type ReadFailure = z.infer<typeof ReadFailure>

/**
 * Whom presentations are for. `customer`: reads and failures as ever. `test`: what is presented to this reader is only
 * told as `raw`, whether data events are enabled or not. `identify`: the next presentation, to whichever reader, is only
 * told as `identified`.
 */
export type Presenting =
  | { readonly to: 'customer' }
  | { readonly to: 'test'; readonly readerId: string }
  | { readonly to: 'identify' }

/** What one presentation to a reader under test was; identifiers are masked (`RawRead` of the protocol). */
export interface RawPresentation {
  readonly readerId: string
  readonly at: number
  readonly hex: string
  readonly text: string
  readonly symbology?: Symbology | undefined
  readonly mediumType?: MediumType | undefined
  readonly reason?: ReadFailure['reason'] | undefined
}

export interface ReaderEvents {
  health(health: ReaderHealth): void
  /** A medium is being read: the screen says so before the read is complete. */
  reading(readerId: string): void
  read(read: MediumRead): void
  failed(failure: ReadFailure): void
  raw?(presentation: RawPresentation): void
  identified?(readerId: string): void
}

/**
 * A source of media over one transport: finds its devices, keeps them open, reports reads. `start` returns at once;
 * everything else arrives as events. A missing native library or service is a health, never an exception.
 */
export interface MediumReader {
  readonly transport: Transport
  start(events: ReaderEvents): void
  /** UPOS dataEventEnabled: while false, reads are dropped before they are emitted. */
  setDataEventEnabled(enabled: boolean): void
  setPresenting?(presenting: Presenting): void
  /** Readers that are left alone although they are plugged in. */
  setDisabled?(readerIds: ReadonlySet<string>): void
  /** Lights and buzzer; false: this reader is not mine, has none, or refused. */
  indicate?(readerId: string, outcome: Indication): Promise<boolean>
  stop(): Promise<void>
}
