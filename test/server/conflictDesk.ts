import { uuidv7 } from 'uuidv7'
import { expect } from 'vitest'
import { ConflictPage, ConflictStory } from '../../core/contract/conflicts.ts'
import type { offlineStation } from './offlineStation.ts'

/** What a manager does about the conflicts of the server that `station` belongs to. */
export function conflictDesk(station: ReturnType<typeof offlineStation>) {
  const manager = () => station.server.operators.manager
  const ask = (method: 'GET' | 'POST', path: string, body?: unknown, token = manager().token) =>
    station.server.ask(method, `/v1/conflicts${path}`, body, token)
  const list = async (query = '', token?: string) =>
    ConflictPage.parse((await ask('GET', query, undefined, token)).body)
  const story = async (conflictId: string) => ConflictStory.parse((await ask('GET', `/${conflictId}`)).body)
  const resolve = (conflictId: string, resolution: string, more: object = {}, token?: string) =>
    ask('POST', `/${conflictId}/resolve`, { resolutionId: uuidv7(), resolution, reason: 'I was there', ...more }, token)

  /** A coupon that was used online at the north store's other station, and offline here: the line that was forced. */
  const forcedLine = async () => {
    const { medium, campaignId, coupon } = await station.held()
    const online = await station.server.redeem(medium)
    expect(online.body.status).toBe('approved')
    const redemptionId = uuidv7()
    const cashier = station.server.operators.cashier.operatorId
    await station.send(
      station.offline(redemptionId, [coupon], { entry: 'tap', operatorId: cashier, totalDiscount: 100 }),
    )
    const { conflicts } = await list(`?state=open&campaignId=${campaignId}`)
    expect(conflicts).toHaveLength(1)
    return { medium, campaignId, coupon, redemptionId, onlineId: online.body.redemptionId, conflict: conflicts[0]! }
  }

  /** What the feed tells a station of how its conflicts ended. */
  const told = async (token: string): Promise<{ conflictId: string; outcome: string; remaining: number }[]> => {
    const found: { kind: string; conflictId: string; outcome: string; remaining: number }[] = []
    let cursor = ''
    for (let pages = 0; pages < 50; pages++) {
      const { body } = await station.server.ask('GET', `/v1/sync/changes?cursor=${cursor}`, undefined, token)
      found.push(...body.changes.filter(({ kind }: { kind: string }) => kind === 'resolution'))
      cursor = body.cursor
      if (!body.more) break
    }
    return found
  }
  return { manager, ask, list, story, resolve, forcedLine, told }
}
