import { AcquisitionResponse } from '../../core/contract/acquisitions.ts'
import { Holdings } from '../../core/contract/holdings.ts'
import { PresentationResponse } from '../../core/contract/media.ts'
import { PhoneCode } from '../../core/contract/my.ts'
import type { RegistrationGateway } from '../../core/ports/registrationGateway.ts'
import { addressOf, exchange, type HttpGatewayOptions } from './httpGateway.ts'
import { route } from './route.ts'

/** A customer waits in front of the terminal, and nothing can be done without the server. */
const TERMINAL_DEADLINE_MS = 8_000

/** The coupon server as a registration terminal sees it. */
export function httpRegistrationGateway(options: HttpGatewayOptions): RegistrationGateway {
  const deadlineMs = TERMINAL_DEADLINE_MS
  return {
    holdings: (body) => exchange(options, { ...route('POST', '/v1/holdings'), body, deadlineMs, answer: Holdings }),
    acquire: (body) =>
      exchange(options, { ...route('POST', '/v1/acquisitions'), body, deadlineMs, answer: AcquisitionResponse }),
    phoneCode: (body) =>
      exchange(options, { ...route('POST', '/v1/phone-codes'), body, deadlineMs, answer: PhoneCode }),
    present: (body) =>
      exchange(options, {
        ...route('POST', '/v1/media/presentations'),
        body,
        deadlineMs,
        answer: PresentationResponse,
      }),
    get phoneAddress() {
      return `${addressOf(options.baseUrl)}/my`
    },
  }
}
