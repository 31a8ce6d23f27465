import { z } from 'zod'
import { WireMedium } from '../media/medium.ts'

/** `POST /v1/phone-codes` (stations): a one-time code for whoever has just tapped, to be typed on a phone. */
export const PhoneCodeRequest = z.object({ medium: WireMedium })
export type PhoneCodeRequest = z.infer<typeof PhoneCodeRequest>
export const PhoneCode = z.object({
  /** Ten characters in two groups. */
  code: z.string(),
  expiresAt: z.iso.datetime(),
})
export type PhoneCode = z.infer<typeof PhoneCode>

/** `POST /v1/my/session`: signs a phone in; the answer sets a cookie that no script reads. */
export const MySessionRequest = z.object({
  code: z.string().min(1).max(64),
  /** Random, of this phone alone: whoever lost the answer asks again with the same one, within the code's ten minutes. */
  phone: z
    .string()
    .regex(/^[A-Za-z0-9_-]{22,64}$/)
    .optional(),
})
export type MySessionRequest = z.infer<typeof MySessionRequest>
export const MySession = z.object({ expiresAt: z.iso.datetime() })
export type MySession = z.infer<typeof MySession>

/** `POST /v1/my/staff-code`: by which staff find whoever is signed in here, where there is no card to show. */
export const MyStaffCode = z.object({
  /** Twelve characters in groups of four. */
  code: z.string(),
  expiresAt: z.iso.datetime(),
})
export type MyStaffCode = z.infer<typeof MyStaffCode>
