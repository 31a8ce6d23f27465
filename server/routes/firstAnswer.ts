import { differs } from '../problems.ts'
import type { Differs } from '../store/commands.ts'

/** The response that the first request under an id got. 409 when that one asked for something else. */
export function firstAnswer<Response>(
  answer: { readonly kind: 'decided'; readonly response: Response } | Differs,
): Response {
  if (answer.kind === 'differs') throw differs()
  return answer.response
}
