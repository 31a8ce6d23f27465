import { describe, expect, it } from 'vitest'
import type { NewsListener } from '../../../server/services/changeNews.ts'
import { newsLine } from '../../../server/services/newsLine.ts'
import type { NoticeRecord } from '../../../server/store/noticeCommands.ts'

const notice = (position: number, storeId = 'north'): NoticeRecord => ({
  position,
  epoch: 'e1'.repeat(8),
  at: 0,
  content: { type: 'station.revoked', data: { stationId: `till-${position}`, storeId } },
})

/** A line over an outbox that a test fills and tells of. */
function rig(after: number | null, outbox: NoticeRecord[] = []) {
  let listener: NewsListener | null = null
  const store = {
    knowsNotice: async (position: number) => outbox.some((one) => one.position === position),
    notices: async (query: { readonly after: number; readonly limit: number }) => {
      const notices = outbox.filter(({ position }) => position > query.after).slice(0, query.limit)
      const through = notices.length < query.limit ? (outbox.at(-1)?.position ?? 0) : notices.at(-1)!.position
      return { notices, through }
    },
  }
  const news = {
    listen: (one: NewsListener) => {
      listener = one
      return () => {}
    },
  }
  const scope = { storeId: 'north', types: null }
  const stream = newsLine({
    store,
    news,
    stationId: null,
    scope,
    after: after === null ? null : { position: after, epoch: 'e1'.repeat(8) },
  })
  return {
    stream,
    happens: (...notices: NoticeRecord[]) => {
      outbox.push(...notices)
      listener?.told?.(notices, notices.at(-1)!.position)
    },
  }
}

/** Ids of what has been read so far. */
function reading(stream: ReturnType<typeof rig>['stream']) {
  let text = ''
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  return {
    positions: () => [...text.matchAll(/^id: n(\d+)-/gm)].map(([, position]) => Number(position)),
    events: () => [...text.matchAll(/^event: (.+)$/gm)].map(([, name]) => name),
  }
}

describe('one listener’s line', () => {
  it('carries what happens in its store, in order', async () => {
    const { stream, happens } = rig(null)
    const read = reading(stream)
    happens(notice(1), notice(2, 'south'), notice(3))
    happens(notice(4))
    await expect.poll(read.positions).toEqual([1, 3, 4])
  })

  it('goes on after the last id, page by page, and misses and repeats nothing that happens meanwhile', async () => {
    const before = Array.from({ length: 1_000 }, (_, index) => notice(index + 1))
    const { stream, happens } = rig(10, before)
    const read = reading(stream)
    const all = Array.from({ length: 1_040 }, (_, index) => index + 1).slice(10)
    for (let position = 1_001; position <= 1_040; position += 1) {
      happens(notice(position))
      await new Promise(setImmediate)
    }
    await expect.poll(() => read.positions().length).toBeGreaterThanOrEqual(all.length)
    expect(read.positions()).toEqual(all)
  })

  it('says that an id is not known any more, and goes on from now', async () => {
    const { stream, happens } = rig(7, [notice(20)])
    const read = reading(stream)
    await expect.poll(read.events).toEqual(['reset'])
    happens(notice(21))
    await expect.poll(read.positions).toEqual([21])
  })

  it('of somebody who does not read is cut off, with a bounded buffer', async () => {
    const { stream, happens } = rig(null)
    let told = 0
    let most = 0
    while (!stream.destroyed && told < 100_000) {
      told += 1
      happens(notice(told))
      most = Math.max(most, stream.writableLength + stream.readableLength)
    }
    expect(stream.destroyed).toBe(true)
    expect(most).toBeLessThan(300 * 1024)
  })
})
