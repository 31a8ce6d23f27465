import type { IncomingMessage } from 'node:http'
import { uuidv7 } from 'uuidv7'

export const REQUEST_ID_HEADER = 'x-request-id'

/** A caller's own id: short, printable, and not a bare number, which might be somebody's card. */
const WELL_FORMED = /^(?=.*[A-Za-z])[A-Za-z0-9._-]{8,64}$/

/**
 * Names requests, in logs, answers and problems: by what the caller says, or by the process and a number.
 */
export function requestIds(): (request: Pick<IncomingMessage, 'headers'>) => string {
  const process = uuidv7().slice(-12)
  let count = 0
  return ({ headers }) => {
    const said = headers[REQUEST_ID_HEADER]
    if (typeof said === 'string' && WELL_FORMED.test(said)) return said
    count += 1
    return `r-${process}-${count.toString(36)}`
  }
}
