import type { Ids } from '../../core/ports/ids.ts'

const BYTES = 32
const PREFIX = 'whsec_'

/** A new signing secret; Standard Webhooks asks for 24 to 64 bytes. */
export const newWebhookSecret = (ids: Ids): Uint8Array => ids.randomBytes(BYTES)

/** As it is shown, once. */
export const shownSecret = (secret: Uint8Array): string => `${PREFIX}${Buffer.from(secret).toString('base64')}`

/** What a secret is sealed under: it opens for this endpoint and no other. */
export const secretContext = (endpointId: string): string => `webhook ${endpointId}`
