import { csvParts } from '../../../core/acquisition/csvParts.ts'
import { type ImportProgress, ImportProgress as Progress } from '../../../core/contract/acquisitionImports.ts'
import { accepted, type Outcome, refused } from '../../../core/outcome.ts'
import { ask, type OfficeProblem } from '../client/request.ts'

/** Of one request: so few that the progress moves, so many that the way there and back does not count. */
const ROWS_AT_ONCE = 2_000
const TRIES = 6
const FIRST_PAUSE_MS = 1_000

export interface SendingParts {
  /** The file, piece by piece. */
  readonly pieces: AsyncIterable<string>
  /** As far as the server has it: what comes before is not sent again. */
  readonly from: ImportProgress
  readonly moved: (progress: ImportProgress) => void
  readonly signal: AbortSignal
}

/**
 * Sends a list from where the server has it to its end. A part whose answer is lost is sent again, which gives nothing twice;
 * when nobody answers for half a minute it stops, to go on another time.
 */
export async function sendList(parts: SendingParts): Promise<Outcome<ImportProgress, { problem: OfficeProblem }>> {
  const { pieces, from, moved, signal } = parts
  let progress = from
  let next = 1
  for await (const part of csvParts(pieces, ROWS_AT_ONCE)) {
    if ('header' in part) continue
    next = part.firstRow + part.lines.length
    if (next <= progress.nextRow) continue
    const sent = await send(from.importId, { ...part, last: false }, signal)
    if (!sent.ok) return sent
    progress = sent.value
    moved(progress)
  }
  return send(from.importId, { firstRow: next, lines: [], last: true }, signal)
}

async function send(
  importId: string,
  rows: { firstRow: number; lines: readonly string[]; last: boolean },
  signal: AbortSignal,
): Promise<Outcome<ImportProgress, { problem: OfficeProblem }>> {
  let problem: OfficeProblem = { kind: 'unreachable' }
  for (let tried = 0; tried < TRIES && !signal.aborted; tried += 1) {
    const answer = await ask('POST', `/v1/acquisition-imports/${importId}/rows`, Progress, rows)
    if (answer.ok) return accepted(answer.value)
    problem = answer.problem
    const pauseMs = pauseAfter(problem, tried)
    if (pauseMs === null) break
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  return refused({ problem })
}

/** null: asking again would not help. */
function pauseAfter(problem: OfficeProblem, tried: number): number | null {
  if (problem.kind === 'unreachable') return FIRST_PAUSE_MS * 2 ** tried
  if (problem.kind === 'refused' && problem.retryAfter !== null) return problem.retryAfter * 1_000
  return null
}
