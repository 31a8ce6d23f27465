import { z } from 'zod'
import { StationRole } from './stations.ts'

/** A store as lists and forms name it. */
export const StoreEntry = z.object({
  storeId: z.string(),
  name: z.string(),
  timeZone: z.string(),
  currency: z.string(),
})
export type StoreEntry = z.infer<typeof StoreEntry>

/** `GET /v1/stores`: those that the caller looks after. */
export const StoreList = z.object({ stores: z.array(StoreEntry) })
export type StoreList = z.infer<typeof StoreList>

/** A station as head office sees it. */
export const StationEntry = z.object({
  stationId: z.string(),
  name: z.string(),
  role: StationRole,
  storeId: z.string(),
  storeName: z.string(),
  state: z.enum(['announced', 'enrolled', 'revoked']),
  announcedAt: z.iso.datetime(),
  /** Of the one-time code of one that has not enrolled yet. */
  codeExpiresAt: z.iso.datetime().nullable(),
  enrolledAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  /** When it last asked anything, to the minute; null: never. */
  seenAt: z.iso.datetime().nullable(),
  /** The program that it said it runs; null: it never said. */
  program: z.string().nullable(),
  /** Whether it signs a journal; one that an integrator runs may not. */
  keepsJournal: z.boolean(),
  /** Of its journal, every event up to here has been answered for. */
  settledThrough: z.int(),
})
export type StationEntry = z.infer<typeof StationEntry>

/** `GET /v1/stations`: in the order of their stores, those in service first. */
export const StationList = z.object({ stations: z.array(StationEntry) })
export type StationList = z.infer<typeof StationList>

/** The header in which a station says what it runs: `tapcoupon/0.1.0 linux`. */
export const PROGRAM_HEADER = 'tapcoupon-program'
