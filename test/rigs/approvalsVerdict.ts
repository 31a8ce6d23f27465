import type { ApprovalsReport } from './approvalsUnderFaults.ts'

/**
 * What the server holds must be exactly what was shown plus what was rolled back; each use is taken once. Returns what is
 * wrong, in words; empty when the promise was kept.
 */
export function broken({ seed, shown, holdings, usesAtStart }: ApprovalsReport): string[] {
  const wrong: string[] = []
  for (const [id, { lines, undoAsked, undone }] of shown) {
    const held = holdings.redemptions.get(id)
    if (!held) wrong.push(`${id} was shown as approved and is lost`)
    else if (undone && held.state !== 'rolled_back') wrong.push(`${id} was undone and is ${held.state}`)
    else if (!undoAsked && held.state !== 'active') wrong.push(`${id} was shown as approved and is ${held.state}`)
    else if (held.state === 'active' && !sameLines(lines, held.lines))
      wrong.push(`${id} is held with other lines than were shown`)
  }
  const taken = new Map<string, number>()
  for (const { redemptionId, state, lines } of holdings.redemptions.values()) {
    if (state === 'active' && !shown.has(redemptionId)) wrong.push(`${redemptionId} is held and was never shown`)
    for (const acquisitionId of lines.keys()) taken.set(acquisitionId, (taken.get(acquisitionId) ?? 0) + 1)
  }
  for (const [acquisitionId, uses] of taken) {
    const left = holdings.usesLeft.get(acquisitionId) ?? 0
    const before = usesAtStart.get(acquisitionId) ?? 0
    if (left + uses !== before) wrong.push(`${acquisitionId}: ${uses} uses taken, ${left} of ${before} left`)
  }
  if (holdings.overuse > 0) wrong.push(`${holdings.overuse} lines were forced, though nobody overspent`)
  return wrong.map((sentence) => `seed ${seed}: ${sentence}`)
}

function sameLines(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([id, discount]) => b.get(id) === discount)
}
