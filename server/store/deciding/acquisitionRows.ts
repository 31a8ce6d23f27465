import type { Acquisition } from '../../../core/qualification/model.ts'

export interface HeldAcquisition extends Acquisition {
  readonly holderId: string
}

export interface NewAcquisition {
  readonly holderId: string
  readonly acquisitionId: string
  readonly campaignId: string
  readonly usesLeft: number
  /** The coupon's own end, epoch milliseconds, exclusive; null: its campaign's. */
  readonly expiresAt: number | null
  /** Epoch milliseconds. */
  readonly acquiredAt: number
  readonly changeSeq: number
}

/** Which acquisition, and whose it is. */
export interface AcquisitionKey {
  readonly holderId: string
  readonly acquisitionId: string
}

/** The acquisitions table, inside one transaction. */
export interface AcquisitionRows {
  heldBy(holderId: string): readonly Acquisition[]
  /** `holderId` (null: not known) is whose it probably is: there it is found in one look. */
  find(acquisitionId: string, holderId: string | null): HeldAcquisition | null
  exists(acquisitionId: string): boolean
  /** How many a holder has of a campaign, without revoked ones. */
  count(holderId: string, campaignId: string): number
  insert(acquisition: NewAcquisition): void
  /** Takes one use; false when none is left. Of a revoked one only where `revokedToo`. */
  takeUse(key: AcquisitionKey, changeSeq: number, revokedToo: boolean): boolean
  giveUseBack(key: AcquisitionKey, changeSeq: number): void
}
