import type { AcquisitionRequest, AcquisitionResponse } from '../contract/acquisitions.ts'
import type { Holdings, HoldingsRequest } from '../contract/holdings.ts'
import type { PresentationRequest, PresentationResponse } from '../contract/media.ts'
import type { PhoneCode, PhoneCodeRequest } from '../contract/my.ts'
import type { GatewayResult } from './couponGateway.ts'

/** What a registration terminal asks of the coupon server. Every call ends within its deadline and never throws. */
export interface RegistrationGateway {
  holdings(request: HoldingsRequest): Promise<GatewayResult<Holdings>>
  acquire(request: AcquisitionRequest): Promise<GatewayResult<AcquisitionResponse>>
  phoneCode(request: PhoneCodeRequest): Promise<GatewayResult<PhoneCode>>
  /** A code by which staff find whoever presented this medium just now. */
  present(request: PresentationRequest): Promise<GatewayResult<PresentationResponse>>
  /** Where a phone finds the customers' page. */
  readonly phoneAddress: string
}
