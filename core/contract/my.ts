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
export const MySessionRequest = z.object({ code: z.string().min(1).max(64) })
export type MySessionRequest = z.infer<typeof MySessionRequest>
export const MySession = z.object({ expiresAt: z.iso.datetime() })
export type MySession = z.infer<typeof MySession>
