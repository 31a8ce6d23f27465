import type { ApiScope } from '../../core/contract/apiKeys.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { StationRecord } from './couponStore.ts'

export interface ApiKeyRecord {
  readonly keyId: string
  readonly name: string
  readonly scopes: readonly ApiScope[]
  readonly storeId: string | null
  readonly createdBy: string
  /** Epoch milliseconds, as the others. */
  readonly createdAt: number
  readonly expiresAt: number
  readonly lastUsedAt: number | null
  readonly revokedAt: number | null
}

export interface AddApiKeyCommand extends Omit<ApiKeyRecord, 'lastUsedAt' | 'revokedAt' | 'createdAt'> {
  readonly tokenHash: Uint8Array
  readonly reason: string | null
  readonly now: number
}

/** Keys of integrators; a part of `CouponStore`. Changes are in the audit log. */
export interface ApiKeyStore {
  /**
   * The same id with the same content gets the new token in place of the first; with other content, or of a revoked key:
   * `differs`. A key with a store acts as a station of that store, which has the key's id.
   */
  addApiKey(
    command: AddApiKeyCommand,
  ): Promise<Outcome<ApiKeyRecord, { readonly problem: 'differs' | 'no_such_store' }>>
  /** Newest first, those that ended too. */
  apiKeys(limit: number, after?: Pick<ApiKeyRecord, 'createdAt' | 'keyId'>): Promise<readonly ApiKeyRecord[]>
  /** A key that has neither expired nor been revoked, with the station that it acts as; notes the hour of its use. */
  apiKeyByToken(
    tokenHash: Uint8Array,
    now: number,
  ): Promise<{ readonly key: ApiKeyRecord; readonly station: StationRecord | null } | null>
  /** For good; the first time counts. null: no such key. */
  revokeApiKey(command: {
    readonly keyId: string
    readonly operatorId: string
    readonly reason: string
    readonly now: number
  }): Promise<ApiKeyRecord | null>
}
