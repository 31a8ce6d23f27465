import type { AcquisitionRequest, AcquisitionResponse } from '../contract/acquisitions.ts'
import type { Holdings, HoldingsRequest } from '../contract/holdings.ts'
import type { PhoneCode, PhoneCodeRequest } from '../contract/my.ts'
import type { GatewayResult } from './couponGateway.ts'

/** What a registration terminal asks of the coupon server. Every call ends within its deadline and never throws. */
export interface RegistrationGateway {
  holdings(request: HoldingsRequest): Promise<GatewayResult<Holdings>>
  acquire(request: AcquisitionRequest): Promise<GatewayResult<AcquisitionResponse>>
  phoneCode(request: PhoneCodeRequest): Promise<GatewayResult<PhoneCode>>
  /** Where a phone finds the customers' page. */
  readonly phoneAddress: string
}
