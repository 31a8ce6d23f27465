import { z } from 'zod'

/** Everything that is written down about changes by people, API keys and commands; words for each are in the locales. */
export const AUDIT_ACTIONS = [
  'campaign.draft',
  'campaign.submit',
  'campaign.approve',
  'campaign.request-changes',
  'campaign.reject',
  'campaign.suspend',
  'campaign.resume',
  'campaign.end',
  'redemption.redeem',
  'redemption.rollback',
  'acquisition.acquire',
  'acquisition.give',
  'acquisition-import.start',
  'acquisition-import.cancel',
  'code-list.make',
  'code-list.fill',
  'medium.link',
  'medium.block',
  'medium.unblock',
  'medium.transfer',
  'holder.export',
  'holder.sign_out_phones',
  'holder.erase',
  'settings.retention',
  'settings.store',
  'settings.station',
  'acquisition.give',
  'conflict.resolve',
  'lease.write-off',
  'station.announce',
  'station.enrol',
  'station.revoke',
  'station.events-import',
  'store.put',
  'operator.add',
  'operator.update',
  'operator.reset',
  'operator.pin',
  'operator.set-up',
  'operator.password',
  'operator.totp-on',
  'operator.totp-off',
  'operator.recovery-codes',
  'operator.sign-in',
  'operator.sign-out',
  'operator.locked',
  'operator.pin-sign-in',
  'operator.pin-refused',
  'session.end',
  'session.end-all',
  'api-key.add',
  'api-key.revoke',
  'webhook.put',
  'webhook.enable',
  'webhook.disable',
  'webhook.remove',
  'webhook.rotate',
  'webhook.replay',
  'webhook.test',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** `command`: the server's own command line, by whoever may run it. `server`: nobody asked. */
export const AuditActorKind = z.enum(['operator', 'api_key', 'station', 'command', 'server'])
export type AuditActorKind = z.infer<typeof AuditActorKind>

/** Ids, roles, states and numbers. Never a medium's identifier, a name, a secret or anything that one can sign in with. */
export const AuditDetails = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
export type AuditDetails = z.infer<typeof AuditDetails>

/** One row: who, when, what and why. */
export const AuditEntry = z.object({
  /** Without holes, from 1. */
  position: z.int(),
  at: z.iso.datetime(),
  actor: z.object({
    kind: AuditActorKind,
    id: z.string(),
    /** As they are called today; null: unknown here. */
    name: z.string().nullable(),
  }),
  action: z.string(),
  subject: z.object({ kind: z.string(), id: z.string() }),
  /** Of the content that was decided on, base64url; null where there is none. */
  contentHash: z.string().nullable(),
  reason: z.string().nullable(),
  details: AuditDetails,
  /** SHA-256 over this row and the hash of the one before, hex. */
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const AUDIT_PER_PAGE = 50

/** `GET /v1/audit`: the newest first. */
export const AuditQuery = z.object({
  actorId: z.string().max(64).optional(),
  /** An action, or a part before the dot: `campaign`. */
  action: z.string().max(64).optional(),
  subjectId: z.string().max(64).optional(),
  from: z.iso.datetime().optional(),
  /** Exclusive. */
  until: z.iso.datetime().optional(),
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(AUDIT_PER_PAGE),
})
export type AuditQuery = z.infer<typeof AuditQuery>

export const AuditPage = z.object({
  entries: z.array(AuditEntry),
  /** null: this was the last page. */
  cursor: z.string().nullable(),
})
export type AuditPage = z.infer<typeof AuditPage>
