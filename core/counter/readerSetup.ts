import { z } from 'zod'
import {
  PcscOptions,
  RawRead,
  SerialPortInfo,
  SerialPreset,
  SerialPresetId,
  WedgeLayout,
  WedgeOptions,
} from '../readers/protocol.ts'
import { Indication, ReaderHealth, Transport } from '../readers/reader.ts'

const ReaderId = z.string().min(1).max(256)
const PortPath = SerialPreset.shape.path

/** What a manager has said about one reader. It is remembered while the reader is not plugged in. */
export const KnownReader = z.object({
  readerId: ReaderId,
  transport: Transport,
  /** What the device calls itself. */
  model: z.string().max(256),
  /** What people call it; null: as the device calls itself. */
  name: z.string().min(1).max(64).nullable(),
  enabled: z.boolean(),
})
export type KnownReader = z.infer<typeof KnownReader>

/** What managers have set at this counter: kept in its journal, sent to every devices process. */
export const ReaderSettings = z.object({
  readers: z.array(KnownReader).max(64).default([]),
  serial: z.array(SerialPreset).max(16).default([]),
  wedge: WedgeOptions.default(WedgeOptions.parse({})),
  pcsc: PcscOptions.default(PcscOptions.parse({})),
})
export type ReaderSettings = z.infer<typeof ReaderSettings>

/** One row of the manager's list: a reader that is there, was named or switched off, or has a port of its own. */
export const SetupReader = ReaderHealth.omit({ model: true }).extend({
  /** What the device calls itself; empty where nobody has seen it yet. */
  model: z.string().max(256),
  /** The family of readers it was recognised as (`ReaderHealth.model`). */
  family: ReaderHealth.shape.model,
  enabled: z.boolean(),
  /** A service that finds readers (PC/SC, HID) rather than a reader: it cannot be named or tested. */
  isService: z.boolean(),
  /** Only of serial scanners. `fixed`: the command line says so, and a manager cannot remove it here. */
  serial: z.object({ preset: SerialPreset, fixed: z.boolean() }).nullable(),
})
export type SetupReader = z.infer<typeof SetupReader>

/** The manager's screen as it is now. While it is open no card and no scan starts a visit. */
export const ReaderSetup = z.object({
  /** null: this machine is being set up, and nobody is known here yet. */
  operator: z.object({ operatorId: z.string(), name: z.string() }).nullable(),
  /** Epoch milliseconds at which it closes by itself unless something is done; null: not by itself. */
  endsAt: z.number().nullable(),
  readers: z.array(SetupReader),
  wedge: WedgeOptions,
  pcsc: PcscOptions,
  /** null: not asked for yet. */
  ports: z.object({ listing: z.boolean(), list: z.array(SerialPortInfo) }).nullable(),
  detection: z
    .object({
      path: PortPath,
      status: z.enum(['waiting', 'found', 'nothing']),
      preset: SerialPresetId.nullable(),
    })
    .nullable(),
  identify: z.object({ readerId: ReaderId.nullable() }).nullable(),
  /** Newest first, everything that identifies masked. */
  test: z.object({ readerId: ReaderId, reads: z.array(RawRead) }).nullable(),
  calibration: z
    .object({ status: z.enum(['waiting', 'done', 'unknown']), layout: WedgeLayout.nullable(), gs: z.boolean() })
    .nullable(),
  indicated: z.object({ readerId: ReaderId, done: z.boolean() }).nullable(),
})
export type ReaderSetup = z.infer<typeof ReaderSetup>

/** What a manager can do about readers. All but `open` are refused while the setup is closed. */
export const ReaderSetupAction = z.discriminatedUnion('do', [
  /** With a manager's PIN; without one only for a manager who is signed in. The cashier stays signed in. */
  z.object({ do: z.literal('open'), operatorId: z.string().max(64), pin: z.string().min(1).max(128).optional() }),
  z.object({ do: z.literal('close') }),
  /** An empty name gives the device its own one back. */
  z.object({ do: z.literal('name'), readerId: ReaderId, name: z.string().trim().max(64) }),
  z.object({ do: z.literal('enable'), readerId: ReaderId, enabled: z.boolean() }),
  z.object({ do: z.literal('listPorts') }),
  /** Adds a serial scanner, or gives the one on this port other settings. */
  z.object({ do: z.literal('setSerial'), serial: SerialPreset }),
  z.object({ do: z.literal('removeSerial'), path: PortPath }),
  /** null ends the search. */
  z.object({ do: z.literal('detectSerial'), path: PortPath.nullable() }),
  z.object({ do: z.literal('identify'), on: z.boolean() }),
  /** null ends the test. */
  z.object({ do: z.literal('test'), readerId: ReaderId.nullable() }),
  /** The layout that is found is kept at once. */
  z.object({ do: z.literal('calibrateWedge'), on: z.boolean() }),
  z.object({ do: z.literal('setWedge'), wedge: WedgeOptions }),
  /** Refused where it names a payment application. */
  z.object({ do: z.literal('setPcsc'), pcsc: PcscOptions }),
  z.object({ do: z.literal('indicate'), readerId: ReaderId, outcome: Indication }),
])
export type ReaderSetupAction = z.infer<typeof ReaderSetupAction>
