import { z } from 'zod'
import { OfflineMode, offlineStrength } from '../campaigns/rules.ts'
import { applicationIdentifier } from '../media/gs1/applicationIdentifiers.ts'
import { Entry } from '../media/medium.ts'
import { Amount } from '../money.ts'
import { Store } from '../objective.ts'
import { CounterSettings } from './counterSettings.ts'

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

/** What the server knows of a station's journal: what a copy of it is checked against. */
export const StationJournal = z.object({
  stationId: z.string(),
  /** Raw Ed25519 key, base64url; null: it signs nothing. */
  publicKey: z.string().nullable(),
  /** The event with the highest number that has arrived, and its hash, base64url; null: none has. */
  last: z.object({ seq: z.int(), hash: z.string() }).nullable(),
})

export const StationRevokeRequest = z.object({ reason: z.string().trim().min(1).max(500).optional() })
export const StationRevoked = z.object({ stationId: z.string(), state: z.literal('revoked') })

/** `POST /v1/stations/challenge`: what a station signs to get a token (`core/stationToken`). */
export const StationChallenge = z.object({ challenge: z.string().max(512) })
export type StationChallenge = z.infer<typeof StationChallenge>

/** `POST /v1/stations/token`: the station proves itself by its key, and needs neither its old token nor a clock. */
export const StationTokenRequest = z.object({
  stationId: z.string().regex(/^[\w-]{1,64}$/),
  challenge: z.string().min(1).max(512),
  /** Ed25519, base64url. */
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
})
export type StationTokenRequest = z.infer<typeof StationTokenRequest>

/** It takes the place of the station's token when it is first used. `lastsSeconds`: from now, by whatever clock. */
export const StationToken = z.object({ token: z.string(), lastsSeconds: z.int().min(1) })
export type StationToken = z.infer<typeof StationToken>

export const HANDSHAKE_VERSION = 1

export const EnrolRequest = z.object({
  code: z.string().min(1).max(128),
  /** Ed25519 public key, raw 32 bytes, base64url without padding. */
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  handshakeVersion: z.literal(HANDSHAKE_VERSION),
  /**
   * Ed25519 over the code (`core/enrolment/proof`), base64url. With it the same machine may ask again while the code lasts,
   * where the answer was lost; absent: once.
   */
  proof: z
    .string()
    .regex(/^[A-Za-z0-9_-]{86}$/)
    .optional(),
})
export type EnrolRequest = z.infer<typeof EnrolRequest>

/** `POST /v1/stations/enrol/preview`: what a code would make of a machine. It uses nothing up. */
export const EnrolPreviewRequest = EnrolRequest.pick({ code: true, handshakeVersion: true }).extend({
  /** A machine whose answer was lost is told again what it is; absent: a used code is a used code. */
  publicKey: EnrolRequest.shape.publicKey.optional(),
})
export type EnrolPreviewRequest = z.infer<typeof EnrolPreviewRequest>

export const EnrolPreview = z.object({
  stationName: z.string(),
  storeName: z.string(),
  role: StationRole,
  codeExpiresAt: z.iso.datetime(),
})
export type EnrolPreview = z.infer<typeof EnrolPreview>

/** No replica decides beyond this age, whatever settings and overrides say: ids are remembered that long (CONTRACT.md §9). */
export const MAX_REPLICA_AGE_HOURS = 720

/**
 * What a store lets its stations do without the server, in Stripe's and Square's terms. Each campaign's own policy
 * narrows it further.
 */
export const OfflineSettings = z.object({
  mode: OfflineMode.default('prefer_online'),
  /** Discount of one redemption, all coupons together, minor units; absent: no cap. */
  maxValue: Amount.optional(),
  /** Approvals that wait for the server at one station, and the discount in them. */
  maxStoredCount: z.int().min(0).max(100_000).default(500),
  maxStoredValue: Amount.default(500_000),
  /** Oldest copy that still decides, hours. */
  maxReplicaAgeHours: z.int().min(1).max(MAX_REPLICA_AGE_HOURS).default(72),
  ...offlineStrength,
  /** A number that was typed proves less than a card or a code that was there. */
  entries: z.array(Entry).max(4).default(['tap', 'scan']),
  /** What a manager at the counter may set aside for a while, with a reason. */
  override: z
    .object({
      /** The longest one lasts; 0: none at all. */
      maxMinutes: z.int().min(0).max(1_440).default(240),
      /** Whether the counter may be told to work offline though the server answers. */
      forceOffline: z.boolean().default(true),
      /** By how much a cap (stored count, stored value, age) may be raised, percent of itself; 0: not at all. */
      raisePercent: z.int().min(0).max(1_000).default(100),
    })
    .default({ maxMinutes: 240, forceOffline: true, raisePercent: 100 }),
})
export type OfflineSettings = z.infer<typeof OfflineSettings>

/** What head office sets for a station. */
export const StationSettings = z.object({
  /** What the counter's screen does; some of it may be changed at the counter. */
  counter: CounterSettings.default(() => CounterSettings.parse({})),
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
  /** What a station's copy for offline work holds. */
  replica: z
    .object({
      /** Customers who were at the store within these days, or have new coupons for it; null: whenever. */
      activityDays: z.int().min(1).max(3_650).nullable().default(null),
      /** At most so many, those who were there last. */
      maxHolders: z.int().min(0).max(5_000_000).default(300_000),
    })
    .default({ activityDays: null, maxHolders: 300_000 }),
  offline: OfflineSettings.default(() => OfflineSettings.parse({})),
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
