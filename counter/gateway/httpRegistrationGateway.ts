import { AcquisitionResponse } from '../../core/contract/acquisitions.ts'
import { Holdings } from '../../core/contract/holdings.ts'
import { PhoneCode } from '../../core/contract/my.ts'
import type { RegistrationGateway } from '../../core/ports/registrationGateway.ts'
import { exchange, type HttpGatewayOptions } from './httpGateway.ts'

/** A customer waits in front of the terminal, and nothing can be done without the server. */
const TERMINAL_DEADLINE_MS = 8_000

/** The coupon server as a registration terminal sees it. */
export function httpRegistrationGateway(options: HttpGatewayOptions): RegistrationGateway {
  const deadlineMs = TERMINAL_DEADLINE_MS
  const post = { method: 'POST', deadlineMs } as const
  return {
    holdings: (body) => exchange(options, { ...post, path: '/v1/holdings', body, answer: Holdings }),
    acquire: (body) => exchange(options, { ...post, path: '/v1/acquisitions', body, answer: AcquisitionResponse }),
    phoneCode: (body) => exchange(options, { ...post, path: '/v1/phone-codes', body, answer: PhoneCode }),
    phoneAddress: `${options.baseUrl.replace(/\/+$/, '')}/my`,
  }
}
