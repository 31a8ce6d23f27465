import { z } from 'zod'
import { Uuid7 } from '../ids.ts'
import { RawMedium } from '../media/medium.ts'
import type { ReasonCode } from '../reasonCodes.ts'
import { ScanData } from './scan.ts'

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
  /** The family of readers it was recognised as. */
  model: z.string().max(64).optional(),
  /** What `indicate` can do on it. */
  capabilities: z.object({ buzzer: z.boolean(), led: z.boolean() }).optional(),
})
export type ReaderHealth = z.infer<typeof ReaderHealth>

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

export interface ReaderEvents {
  health(health: ReaderHealth): void
  /** A medium is being read: the screen says so before the read is complete. */
  reading(readerId: string): void
  read(read: MediumRead): void
  failed(failure: ReadFailure): void
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
  stop(): Promise<void>
}
