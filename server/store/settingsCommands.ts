import type { StationDifference, StoreSettings, StoreSettingsRequest } from '../../core/contract/counterSettings.ts'
import type { OperatorRole } from '../../core/contract/sessions.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { AuditActor } from '../audit/entry.ts'

/** `changed`: somebody has set another version meanwhile. `fixed`: these settings are not this role's to change there. */
export type SettingsProblem =
  | { readonly problem: 'unknown' }
  | { readonly problem: 'changed' }
  | { readonly problem: 'fixed'; readonly names: readonly string[] }

interface Setting {
  /** The version that was looked at. */
  readonly basedOn: number
  readonly by: AuditActor
  readonly now: number
}

export interface SetStoreSettings extends Setting, Pick<StoreSettingsRequest, 'values' | 'fixed'> {
  readonly storeId: string
}

export interface SetStationSettings extends Setting, Pick<StationDifference, 'values' | 'marks'> {
  readonly stationId: string
  readonly role: OperatorRole
  /** The one store whose stations they look after; null: every store's. */
  readonly ofStore: string | null
}

/** What counters go by; a part of `CouponStore`. Every version is kept; the same once more makes none. */
export interface SettingsStore {
  /** null: no such store. */
  counterSettings(storeId: string): Promise<StoreSettings | null>
  setStoreSettings(command: SetStoreSettings): Promise<Outcome<{ readonly storeId: string }, SettingsProblem>>
  setStationSettings(command: SetStationSettings): Promise<Outcome<{ readonly storeId: string }, SettingsProblem>>
}
