import type { Socket } from 'node:net'
import { CONTRACT_HEADER, CONTRACT_VERSION } from '../core/contract/version.ts'
import { problemBody, RequestProblem } from './problems.ts'

/** Answers what is not even HTTP, or came too slowly, with a problem as well, and hangs up. */
export function malformedHttp(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error)
    return
  }
  const [status, words] = statusOf(error.code)
  const body = JSON.stringify(
    problemBody(new RequestProblem(status, 'invalid_request', 'the request could not be read')),
  )
  socket.end(
    [
      `HTTP/1.1 ${status} ${words}`,
      `${CONTRACT_HEADER}: ${CONTRACT_VERSION}`,
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}

function statusOf(code: string | undefined): readonly [number, string] {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return [408, 'Request Timeout']
    case 'HPE_HEADER_OVERFLOW':
      return [431, 'Request Header Fields Too Large']
    default:
      return [400, 'Bad Request']
  }
}
