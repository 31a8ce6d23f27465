import { z } from 'zod'
import { Alive } from '../counter/alive.ts'
import { PrinterSettings, PrintFault, Slip } from '../counter/slip.ts'
import { MediumType, RawMedium } from '../media/medium.ts'
import { Indication, MediumRead, ReaderHealth, ReadFailure } from './reader.ts'
import { Symbology } from './scan.ts'

/** Keys of one burst, captured by the shell wherever the focus is: `event.code`, modifiers, milliseconds since the first. */
export const WedgeKey = z.object({
  code: z.string().max(32),
  key: z.string().max(32),
  shift: z.boolean(),
  ctrl: z.boolean(),
  alt: z.boolean(),
  atMs: z.number().min(0).max(600_000),
})
export type WedgeKey = z.infer<typeof WedgeKey>

const ReaderId = z.string().min(1).max(256)
const PortPath = z.string().min(1).max(256)

/** How a make of serial scanner leaves its factory, in the words of its manual; `custom`: the numbers beside it count. */
export const SERIAL_PRESETS = ['zebra', 'honeywell', 'ncr', 'nixdorf', 'olivetti', 'usb-cdc', 'custom'] as const
export const SerialPresetId = z.enum(SERIAL_PRESETS)
export type SerialPresetId = z.infer<typeof SerialPresetId>

/** A scanner's own keyboard layout, whatever the operating system's is. */
export const WEDGE_LAYOUTS = ['us', 'de', 'jp'] as const
export const WedgeLayout = z.enum(WEDGE_LAYOUTS)
export type WedgeLayout = z.infer<typeof WedgeLayout>

/** A serial port of this machine, as the operating system lists it. */
export const SerialPortInfo = z.object({
  /** One that stays the same over a replug (`/dev/serial/by-id/…`) where the system has one. */
  path: PortPath,
  /** What a person reads: maker and product, or the path. */
  name: z.string().max(256),
  vendorId: z.string().max(16).optional(),
  productId: z.string().max(16).optional(),
  serialNumber: z.string().max(128).optional(),
  /** Whether this user may open it. */
  accessible: z.boolean(),
  /** What to do where it may not be opened, with the exact command. */
  fix: z.string().max(1_000).optional(),
  /** What the scanner behind it most likely is, by the maker of the port. */
  preset: SerialPresetId.optional(),
})
export type SerialPortInfo = z.infer<typeof SerialPortInfo>

/**
 * What one presentation to a reader under test was, for support. Of the data only its shape is told: every digit as `9`,
 * every letter as `A` or `a`, every other character as itself; separators and controls as `<GS>`. In `hex` the bytes that
 * make up the identifier are `··`, all others (report headers, AIM identifier, terminators, status words) are there.
 */
export const RawRead = z.object({
  readerId: ReaderId,
  /** Epoch milliseconds, OS clock. */
  at: z.number(),
  /** Masked. One line a report, frame, key or APDU. */
  hex: z.string().max(8_192),
  /** Masked. Empty where the bytes were no text. */
  text: z.string().max(1_024),
  symbology: Symbology.optional(),
  /** What it would have been for a customer: a medium of this type, or this failure. */
  mediumType: MediumType.optional(),
  reason: ReadFailure.shape.reason.optional(),
})
export type RawRead = z.infer<typeof RawRead>

/** devices → counter. */
export const DevicesMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('health'), health: ReaderHealth }),
  z.object({ type: z.literal('reading'), readerId: z.string().max(256) }),
  z.object({ type: z.literal('read'), read: MediumRead }),
  z.object({ type: z.literal('failed'), failure: ReadFailure }),
  /** Instead of `reading`, `read` and `failed` while a reader is under test: a test is never a customer. */
  z.object({ type: z.literal('raw'), raw: RawRead }),
  /** Answers `listPorts`. */
  z.object({ type: z.literal('ports'), ports: z.array(SerialPortInfo).max(256) }),
  /** Answers `detectSerial`; null: nothing readable came in time, or the port did not open. */
  z.object({ type: z.literal('serialDetected'), path: PortPath, preset: SerialPresetId.nullable() }),
  /** Answers `identify`: this reader was presented something. That presentation was no customer either. */
  z.object({ type: z.literal('identified'), readerId: ReaderId }),
  /** Answers `calibrateWedge`; null: what was scanned is not the calibration code in any layout. */
  z.object({
    type: z.literal('calibrated'),
    layout: WedgeLayout.nullable(),
    /** Whether the scanner's FNC1 arrives as GS; without it element strings are ambiguous. */
    gs: z.boolean(),
  }),
  /** Answers `indicate`; false: the reader has no lights or buzzer, or they refused. */
  z.object({ type: z.literal('indicated'), readerId: ReaderId, done: z.boolean() }),
  /** Answers `print`; null: the printer has taken all of it. Whether paper came out, most printers do not say. */
  z.object({ type: z.literal('printed'), jobId: z.int(), fault: PrintFault.nullable() }),
  /** For the shell; the counter never sees it. */
  Alive,
])
export type DevicesMessage = z.infer<typeof DevicesMessage>

/** One serial scanner. With a preset other than `custom`, which is the default, its line settings count and not these. */
export const SerialPreset = z.object({
  path: PortPath,
  preset: SerialPresetId.optional(),
  baudRate: z.int().min(300).max(4_000_000).default(9_600),
  dataBits: z.union([z.literal(7), z.literal(8)]).default(8),
  parity: z.enum(['none', 'even', 'odd']).default('none'),
  stopBits: z.union([z.literal(1), z.literal(2)]).default(1),
})
export type SerialPreset = z.infer<typeof SerialPreset>

/** Name of an application on a card (ISO/IEC 7816-5): 5 to 16 bytes, in hex. */
export const ApplicationId = z.string().regex(/^(?:[0-9a-f]{2}){5,16}$/i)

/** Beyond the UID of a card. Nothing is selected that is not listed here. */
export const PcscOptions = z.object({
  /** Applications whose SELECT answer is the customer's `hce` medium; in this order. Payment applications are left out. */
  aids: z.array(ApplicationId).max(8).default([]),
  /** Reads the first text or URI record of an NDEF tag, as if it had been scanned. */
  ndef: z.boolean().default(false),
  /** Asks a FeliCa card for its system code where the reader can. Off: the same card is one medium on every reader. */
  felicaSystemCode: z.boolean().default(true),
})
export type PcscOptions = z.infer<typeof PcscOptions>

export const WedgeOptions = z.object({
  layout: WedgeLayout.default('us'),
  /** Characters that the scanner was configured to send around the data; they are taken off. */
  prefix: z.string().max(16).default(''),
  suffix: z.string().max(16).default(''),
})
export type WedgeOptions = z.infer<typeof WedgeOptions>

export const DevicesConfiguration = z.object({
  pcsc: z.boolean().default(true),
  hid: z.boolean().default(true),
  wedge: z.boolean().default(true),
  simulated: z.boolean().default(false),
  /** Serial ports have no way to say that a scanner is on them: only named ones are opened. */
  serial: z.array(SerialPreset).max(16).default([]),
  /** What people call their readers, by readerId; it stands in `ReaderHealth.name`. */
  names: z.record(ReaderId, z.string().min(1).max(64)).optional(),
  /** Readers that are left alone although they are plugged in. */
  disabled: z.array(ReaderId).max(64).optional(),
  pcscOptions: PcscOptions.optional(),
  wedgeOptions: WedgeOptions.optional(),
  /** Where slips are printed; absent: nowhere. */
  printer: PrinterSettings.optional(),
})
export type DevicesConfiguration = z.infer<typeof DevicesConfiguration>

/** counter → devices. `configure` comes first and may come again. */
export const DevicesCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('configure'), configuration: DevicesConfiguration }),
  /**
   * Arms every reader, or holds them: what is presented meanwhile is dropped. With `autoDisable` (UPOS) a delivered read
   * holds them all, so that a second card cannot land in the same visit; the counter arms them again.
   */
  z.object({ type: z.literal('dataEventEnabled'), enabled: z.boolean(), autoDisable: z.boolean().optional() }),
  z.object({ type: z.literal('wedgeKeys'), keys: z.array(WedgeKey).max(5_000) }),
  /** Presents a medium to the simulated reader; `fault` plays a bad tap. */
  z.object({
    type: z.literal('simulate'),
    medium: RawMedium,
    fault: z.enum(['unstable', 'unreadable', 'slow']).optional(),
  }),
  /** Puts one reader under test, whether data events are enabled or not; null ends the test. */
  z.object({ type: z.literal('test'), readerId: ReaderId.nullable() }),
  z.object({ type: z.literal('listPorts') }),
  /**
   * Waits for a scan on a port and tries every preset on it, for a minute; another `detectSerial` takes its place, and
   * null ends it without an answer.
   */
  z.object({ type: z.literal('detectSerial'), path: PortPath.nullable() }),
  /** "Tap here to name this reader": the next presentation, to whichever reader, is only told by its readerId. */
  z.object({ type: z.literal('identify'), enabled: z.boolean() }),
  /** The next burst of keys is the calibration code and no customer. */
  z.object({ type: z.literal('calibrateWedge'), enabled: z.boolean() }),
  z.object({ type: z.literal('indicate'), readerId: ReaderId, outcome: Indication }),
  z.object({ type: z.literal('print'), jobId: z.int(), slip: Slip, language: z.string().max(16) }),
])
export type DevicesCommand = z.infer<typeof DevicesCommand>
