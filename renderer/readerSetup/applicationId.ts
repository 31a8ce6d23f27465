import { mayBePayment } from '../../core/readers/applications.ts'
import { ApplicationId } from '../../core/readers/protocol.ts'

/** What a person typed or pasted as an application's name: hex, with blanks, colons or dashes between the bytes. */
export type TypedApplication =
  | { readonly ok: true; readonly aid: string }
  | { readonly ok: false; readonly problem: 'notHex' | 'payment' | 'known' }

/** The name as the counter takes it, or what is wrong with it. `known`: those that are configured already. */
export function typedApplication(typed: string, known: readonly string[]): TypedApplication {
  const aid = typed.replace(/[\s:-]/g, '').toLowerCase()
  if (!ApplicationId.safeParse(aid).success) return { ok: false, problem: 'notHex' }
  if (mayBePayment(aid)) return { ok: false, problem: 'payment' }
  return known.some((one) => one.toLowerCase() === aid) ? { ok: false, problem: 'known' } : { ok: true, aid }
}
