import { z } from 'zod'
import { OperatorName, OperatorRole } from './sessions.ts'

/**
 * Signing in to the office: a password, and for those who have one a second factor (TOTP, RFC 6238). The session is a
 * cookie that no script can read; every request with it that changes something must come from our own pages.
 */

/** Checked in full when it is set; a wrong one of any length is just wrong. */
const TypedPassword = z.string().min(1).max(1_024)

/** Six digits of an authenticator, or a recovery code as it was shown, with or without its dashes. */
const TypedCode = z.string().trim().min(6).max(64)

/** `POST /v1/office/sign-in`. Without `code`, whoever has a second factor is asked for it; send all three then. */
export const SignInRequest = z.object({ name: OperatorName, password: TypedPassword, code: TypedCode.optional() })
export type SignInRequest = z.infer<typeof SignInRequest>

/** Of the second factor. `required`: nothing else may be done before it is set up. */
export const SecondFactor = z.enum(['off', 'on', 'required'])
export type SecondFactor = z.infer<typeof SecondFactor>

/** One sign-in of a person, in their list of sessions. */
export const OfficeSession = z.object({
  sessionId: z.string(),
  /** `cookie`: a browser. `bearer`: a program or a counter's manager. */
  kind: z.enum(['cookie', 'bearer']),
  openedAt: z.iso.datetime(),
  /** To the minute. */
  seenAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** Browser and system as they call themselves, shortened; null: nothing was said. */
  agent: z.string().nullable(),
  /** The one that asks. */
  current: z.boolean(),
})
export type OfficeSession = z.infer<typeof OfficeSession>

/** `GET /v1/office/me`: who is signed in, and what they may do. */
export const OfficeMe = z.object({
  operator: z.object({
    operatorId: z.string(),
    name: z.string(),
    role: OperatorRole,
    /** The one store they look after; null: every store. */
    storeId: z.string().nullable(),
  }),
  session: z.object({
    sessionId: z.string(),
    expiresAt: z.iso.datetime(),
    /** When it ends unless something is done before; null: only by `expiresAt`. */
    idleUntil: z.iso.datetime().nullable(),
  }),
  secondFactor: SecondFactor,
  recoveryCodesLeft: z.int(),
  /** Names of what this person may do, as in the server's table of access; a screen hides what is not in it. */
  may: z.array(z.string()),
})
export type OfficeMe = z.infer<typeof OfficeMe>

/** The session is in the answer's cookie. 401 `unauthorized`: wrong name, password or code; 429: too many attempts, wait. */
export const SignInResponse = z.discriminatedUnion('status', [
  z.object({ status: z.literal('signed_in'), me: OfficeMe }),
  z.object({ status: z.literal('code_required') }),
])
export type SignInResponse = z.infer<typeof SignInResponse>

export const OfficeSessions = z.object({ sessions: z.array(OfficeSession) })
export type OfficeSessions = z.infer<typeof OfficeSessions>

/** Answer to what leaves nothing to say: signing out, ending a session, setting a password. */
export const Done = z.object({ status: z.literal('done') })
export type Done = z.infer<typeof Done>

/** `POST /v1/office/set-up`: with the one-time code of an administrator, a first or a new password. Then sign in. */
export const SetUpRequest = z.object({ code: z.string().min(1).max(64), password: TypedPassword })
export type SetUpRequest = z.infer<typeof SetUpRequest>
/** 400 with `errors: [{path: '/password', message}]`, a `PasswordProblem`, when the password may not be one. */
export const SetUpResponse = z.object({ name: z.string() })
export type SetUpResponse = z.infer<typeof SetUpResponse>

/** `POST /v1/office/password`: all other sessions of the person end. */
export const PasswordRequest = z.object({ current: TypedPassword, password: TypedPassword })
export type PasswordRequest = z.infer<typeof PasswordRequest>

/** `POST /v1/office/totp/enrol`: begins; the factor counts once a code was confirmed. Asks for the password again. */
export const TotpEnrolRequest = z.object({ current: TypedPassword })
export type TotpEnrolRequest = z.infer<typeof TotpEnrolRequest>
/** Shown once: `secret` is base32 for typing, `uri` the same as `otpauth://` for a QR code. */
export const TotpEnrolment = z.object({ secret: z.string(), uri: z.string() })
export type TotpEnrolment = z.infer<typeof TotpEnrolment>

/** `POST /v1/office/totp/confirm`, and `POST /v1/office/recovery-codes` for new ones in place of the old. */
export const TotpCodeRequest = z.object({ code: TypedCode })
export type TotpCodeRequest = z.infer<typeof TotpCodeRequest>
/** Each good once in place of a code; shown once. */
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })
export type RecoveryCodes = z.infer<typeof RecoveryCodes>

/** `POST /v1/office/totp/remove`. 403 where the role has to have one. */
export const TotpRemoveRequest = z.object({ current: TypedPassword, code: TypedCode })
export type TotpRemoveRequest = z.infer<typeof TotpRemoveRequest>
