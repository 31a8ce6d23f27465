import { z } from 'zod'

export const OPERATOR_ROLES = ['cashier', 'manager', 'planner', 'approver', 'auditor', 'admin'] as const
export const OperatorRole = z.enum(OPERATOR_ROLES)
export type OperatorRole = z.infer<typeof OperatorRole>

export const OperatorName = z.string().trim().min(1).max(100)

/** A cashier's or a manager's, by PIN; everybody else signs in at the office (`contract/office.ts`). */
export const SessionRequest = z.object({
  name: OperatorName,
  pin: z.string().min(4).max(128),
  /** Asks for a session shorter than usual: a manager at a till. */
  minutes: z.int().min(1).max(720).optional(),
})
export type SessionRequest = z.infer<typeof SessionRequest>

export const Operator = z.object({ operatorId: z.string(), name: z.string(), role: OperatorRole })
export type Operator = z.infer<typeof Operator>

export const SessionResponse = z.object({ token: z.string(), operator: Operator, expiresAt: z.iso.datetime() })
export type SessionResponse = z.infer<typeof SessionResponse>

/**
 * What a station checks a cashier's PIN against, offline too: scrypt (in Node and in Electron's BoringSSL alike),
 * base64url salt and hash.
 */
export const PinVerifier = z.object({
  algorithm: z.literal('scrypt'),
  N: z.int(),
  r: z.int(),
  p: z.int(),
  salt: z.string(),
  hash: z.string(),
})
export type PinVerifier = z.infer<typeof PinVerifier>
