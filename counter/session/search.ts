import { unreachable } from '../../core/outcome.ts'
import { qualify } from '../../core/qualification/qualify.ts'
import { decideRedemption } from '../../core/redemption/decide.ts'
import { offlineVerdict } from '../../core/redemption/offlinePolicy.ts'
import { askFirst } from '../../core/redemption/oneTap.ts'
import { toSearchResponse } from '../../core/redemption/wire.ts'
import { SEARCH_DEADLINE_MS } from '../deadlines.ts'
import { offlineStanding } from '../offline/standing.ts'
import { askServer } from './askWithin.ts'
import { type Effect, type Found, refusal, refusalFromProblem } from './model.ts'
import { toObjective } from './objective.ts'
import { offlineInput } from './offlineDecision.ts'
import type { SessionParts } from './parts.ts'

type Search = Extract<Effect, { type: 'search' }>

/** What this customer can use for this purchase: asked of the server, or of the station's own copy. Consumes nothing. */
export async function search(parts: SessionParts, ask: Search): Promise<Found> {
  const { gateway, connectivity, clock } = parts
  if (connectivity.mode === 'revoked') return { kind: 'refused', refused: refusal('station_revoked') }
  if (!connectivity.worthAsking) return searchReplica(parts, ask, 0)
  const { type, keys, entry } = ask.presented
  const request = {
    medium: { type, keys: [...keys] },
    objective: toObjective(ask.purchase),
    entry,
    ...(ask.select ? { select: ask.select } : {}),
  }
  const began = clock.monotonic()
  let sentAt = began
  const result = await askServer(parts, SEARCH_DEADLINE_MS, () => {
    sentAt = clock.monotonic()
    return gateway.search(request)
  })
  const waitedMs = clock.monotonic() - began
  switch (result.kind) {
    case 'answered':
      clock.observe(result.answer.asOf, sentAt)
      return {
        kind: 'offers',
        source: 'server',
        response: result.answer,
        waitedMs,
        askFirst: askFirst(result.answer, { entry, overridden: false, doubtful: false }),
      }
    case 'rejected':
      return { kind: 'refused', refused: refusalFromProblem(result.problem) }
    case 'revoked':
      return { kind: 'refused', refused: refusal('station_revoked') }
    case 'throttled':
    case 'unreachable':
      return searchReplica(parts, ask, waitedMs)
    default:
      return unreachable(result)
  }
}

function searchReplica(parts: SessionParts, { presented, purchase, select }: Search, waitedMs: number): Found {
  const { store, clock, station, connectivity } = parts
  // Told by another exchange while this one waited.
  if (connectivity.mode === 'revoked') return { kind: 'refused', refused: refusal('station_revoked') }
  const reading = clock.reading()
  const { now } = reading
  const { store: place, settings } = station()
  const standing = offlineStanding(store, settings.offline, parts.overrides(), now)
  // What no purchase would change is said before anything is offered.
  const verdict = offlineVerdict(standing, 0)
  if (!verdict.ok) return { kind: 'refused', refused: refusal(verdict.reason, verdict.params) }
  const { type, keys, entry } = presented
  const objective = { ...toObjective(purchase), store: place, medium: { type, entry } }
  const input = offlineInput(store, keys, objective, standing, reading)
  if (!input.ok) return { kind: 'refused', refused: refusal(input.reason) }
  const selection = select ? decideRedemption(input.value, select) : undefined
  const response = toSearchResponse(qualify(input.value), now, selection)
  const overridden = parts.overrides().some(({ kind }) => kind !== 'force_offline')
  return {
    kind: 'offers',
    source: 'replica',
    response,
    waitedMs,
    askFirst: askFirst(response, { entry, overridden, doubtful: reading.doubt !== null }),
  }
}
