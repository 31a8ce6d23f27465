import { z } from 'zod'
import { HANDSHAKE_VERSION } from '../contract/stations.ts'
import { accepted, type Outcome, refused } from '../outcome.ts'
import { type CodeProblem, typedEnrolmentCode } from './code.ts'
import { serverAddress } from './serverAddress.ts'

/** What the QR code beside an enrolment code says: where the server is, and the code. */
const InvitationText = z.object({ handshakeVersion: z.int(), url: z.string().max(300), code: z.string().max(64) })

/** What is read to enrol a machine. `serverUrl` null: the code alone. */
export interface Invitation {
  readonly serverUrl: string | null
  readonly code: string
}

/** `other_qr`: it is none of ours. `newer_qr`: it asks for a newer program than this one. */
export type InvitationProblem = 'other_qr' | 'newer_qr' | CodeProblem

/** The text of the office's QR code. `serverUrl`: without `/v1`. */
export const invitationText = (serverUrl: string, code: string): string =>
  JSON.stringify({ handshakeVersion: HANDSHAKE_VERSION, url: serverUrl, code } satisfies z.infer<typeof InvitationText>)

/** An invitation from a QR code's text, or from a code that a person typed or scanned alone. */
export function readInvitation(text: string): Outcome<Invitation, { readonly problem: InvitationProblem }> {
  const trimmed = text.trim()
  return trimmed.startsWith('{') ? fromQrCode(trimmed) : codeAlone(trimmed)
}

function fromQrCode(text: string): ReturnType<typeof readInvitation> {
  const { success, data } = InvitationText.safeParse(json(text))
  if (!success) return refused({ problem: 'other_qr' as const })
  if (data.handshakeVersion !== HANDSHAKE_VERSION) return refused({ problem: 'newer_qr' as const })
  const address = serverAddress(data.url)
  const code = typedEnrolmentCode(data.code)
  if (!address.ok) return refused({ problem: 'other_qr' as const })
  return code.ok ? accepted({ serverUrl: address.value, code: code.value }) : code
}

function codeAlone(text: string): ReturnType<typeof readInvitation> {
  // A link or a membership number is no code with a character missing.
  if (!/^[0-9A-Za-z\s-]*$/.test(text.normalize('NFKC'))) return refused({ problem: 'other_qr' as const })
  const code = typedEnrolmentCode(text)
  return code.ok ? accepted({ serverUrl: null, code: code.value }) : code
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
