import { z } from 'zod'
import { RawMedium } from '../media/medium.ts'
import { MediumRead, ReaderHealth, ReadFailure } from './reader.ts'

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

/** devices → counter. */
export const DevicesMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('health'), health: ReaderHealth }),
  z.object({ type: z.literal('reading'), readerId: z.string().max(256) }),
  z.object({ type: z.literal('read'), read: MediumRead }),
  z.object({ type: z.literal('failed'), failure: ReadFailure }),
])
export type DevicesMessage = z.infer<typeof DevicesMessage>

export const SerialPreset = z.object({
  path: z.string().min(1).max(256),
  baudRate: z.int().min(300).max(4_000_000).default(9_600),
  dataBits: z.union([z.literal(7), z.literal(8)]).default(8),
  parity: z.enum(['none', 'even', 'odd']).default('none'),
  stopBits: z.union([z.literal(1), z.literal(2)]).default(1),
})
export type SerialPreset = z.infer<typeof SerialPreset>

export const DevicesConfiguration = z.object({
  pcsc: z.boolean().default(true),
  hid: z.boolean().default(true),
  wedge: z.boolean().default(true),
  simulated: z.boolean().default(false),
  /** Serial ports have no way to say that a scanner is on them: only named ones are opened. */
  serial: z.array(SerialPreset).max(16).default([]),
})
export type DevicesConfiguration = z.infer<typeof DevicesConfiguration>

/** counter → devices. `configure` comes first and may come again. */
export const DevicesCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('configure'), configuration: DevicesConfiguration }),
  z.object({ type: z.literal('dataEventEnabled'), enabled: z.boolean() }),
  z.object({ type: z.literal('wedgeKeys'), keys: z.array(WedgeKey).max(5_000) }),
  /** Presents a medium to the simulated reader; `fault` plays a bad tap. */
  z.object({
    type: z.literal('simulate'),
    medium: RawMedium,
    fault: z.enum(['unstable', 'unreadable', 'slow']).optional(),
  }),
])
export type DevicesCommand = z.infer<typeof DevicesCommand>
