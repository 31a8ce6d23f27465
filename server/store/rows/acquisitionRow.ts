import type { Acquisition } from '../../../core/qualification/model.ts'

export interface AcquisitionRow {
  readonly acquisition_id: string
  readonly holder_id: string
  readonly campaign_id: string
  readonly uses_left: number
  readonly expires_at: number | null
  readonly revoked: number
}

/** The columns of an `AcquisitionRow`, for a SELECT. */
export const ACQUISITION_COLUMNS = 'acquisition_id, holder_id, campaign_id, uses_left, expires_at, revoked'

/** An acquisition as the rules of `core` look at it. */
export function readAcquisition(row: AcquisitionRow): Acquisition {
  return {
    acquisitionId: row.acquisition_id,
    campaignId: row.campaign_id,
    usesLeft: row.uses_left,
    expiresAt: row.expires_at,
    revoked: row.revoked === 1,
  }
}
