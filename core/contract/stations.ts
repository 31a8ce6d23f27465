import { z } from 'zod'
import { applicationIdentifier } from '../media/gs1/applicationIdentifiers.ts'
import { Amount } from '../money.ts'
import { Store } from '../objective.ts'

export const StationRole = z.enum(['counter', 'registration'])
export type StationRole = z.infer<typeof StationRole>

/** `POST /v1/stations` (admin): announces a station and returns the one-time code it enrols with. */
export const StationRequest = z.object({
  storeId: z.string().min(1).max(64),
  name: z.string().min(1).max(100),
  role: StationRole.default('counter'),
})
export const StationAnnounced = z.object({ stationId: z.string(), code: z.string(), expiresAt: z.iso.datetime() })
export type StationAnnounced = z.infer<typeof StationAnnounced>

export const HANDSHAKE_VERSION = 1

export const EnrolRequest = z.object({
  code: z.string().min(1).max(128),
  /** Ed25519 public key, raw 32 bytes, base64url without padding. */
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  handshakeVersion: z.literal(HANDSHAKE_VERSION),
})
export type EnrolRequest = z.infer<typeof EnrolRequest>

/** What head office sets for a station; the offline caps are Square's and Stripe's terms. */
export const StationSettings = z.object({
  oneTap: z.boolean().default(false),
  /** How long a counter may undo its own approval, seconds. */
  undoWindowSeconds: z.int().min(0).max(86_400).default(120),
  acceptNonUniqueUids: z.boolean().default(false),
  membershipRules: z
    .array(
      z.object({
        prefix: z.string().max(32).default(''),
        minLength: z.int().min(1).max(128).default(1),
        maxLength: z.int().min(1).max(128).default(128),
        checkDigit: z.enum(['none', 'gtin']).default('none'),
        /**
         * GS1 Application Identifier whose value is the number, e.g. 8018 (GSRN) or 255 (GCN); prefix, lengths and check
         * digit are then the value's. Absent: they are the whole code's.
         */
        ai: z
          .string()
          .refine((ai) => applicationIdentifier(ai) !== null, 'no GS1 Application Identifier')
          .optional(),
      }),
    )
    .max(20)
    .default([]),
  offline: z
    .object({
      maxStoredCount: z.int().min(0).max(100_000).default(500),
      maxStoredValue: Amount.default(500_000),
      /** Oldest copy that still decides, hours. */
      maxReplicaAgeHours: z.int().min(1).max(720).default(72),
    })
    .default({ maxStoredCount: 500, maxStoredValue: 500_000, maxReplicaAgeHours: 72 }),
})
export type StationSettings = z.infer<typeof StationSettings>

export const EnrolResponse = z.object({
  stationId: z.string(),
  token: z.string(),
  store: Store,
  role: StationRole,
  settings: StationSettings,
  /** Each 32 bytes, base64url. The highest version is the one to store under. */
  mediumHashKeys: z.array(z.object({ v: z.int(), key: z.string().regex(/^[A-Za-z0-9_-]{43}$/) })),
})
export type EnrolResponse = z.infer<typeof EnrolResponse>
