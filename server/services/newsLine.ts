import { PassThrough } from 'node:stream'
import { RECALL_NEWS, RESET_NEWS } from '../../core/contract/changeNews.ts'
import { isInScope } from '../notices/access.ts'
import { noticeId, wireNotice } from '../notices/wire.ts'
import type { CouponStore } from '../store/couponStore.ts'
import type { NoticeRecord, NoticeScope } from '../store/noticeCommands.ts'
import type { ChangeNews, NewsListener } from './changeNews.ts'

/** What one listener may be behind with: whoever reads more slowly is cut off, and comes back with the last id. */
const MOST_BUFFERED_BYTES = 256 * 1024
/** Notices that are read at once for one who comes back. */
const PAGE = 200

export interface NewsLineOptions {
  readonly store: Pick<CouponStore, 'notices' | 'knowsNotice'>
  readonly news: ChangeNews
  /** Whose recalled leases are told of; null: nobody's. */
  readonly stationId: string | null
  readonly scope: NoticeScope
  /** The last notice that the listener had; null: from now on. */
  readonly after: Pick<NoticeRecord, 'position' | 'epoch'> | null
}

/** One listener's stream of server-sent events, bounded, until it is closed. */
export function newsLine({ store, news, stationId, scope, after }: NewsLineOptions): PassThrough {
  const stream = new PassThrough()
  let place = after?.position ?? 0
  let newest = 0
  let isLive = after === null

  const isBehind = (): boolean => stream.writableLength + stream.readableLength > MOST_BUFFERED_BYTES
  const say = (text: string): void => {
    if (stream.writableEnded || stream.destroyed) return
    stream.write(text)
    if (isBehind()) stream.destroy()
  }
  const event = (name: string, data: object, id?: string): string =>
    `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`

  const tell = (notices: readonly NoticeRecord[]): void => {
    for (const notice of notices) {
      if (notice.position <= place || !isInScope(notice, scope)) continue
      say(event(notice.content.type, wireNotice(notice), noticeId(notice)))
    }
  }

  /** Until the listener has read what it was sent: somebody who comes back after days is not cut off for that. */
  const drained = (): Promise<void> =>
    stream.writableNeedDrain
      ? new Promise((resolve) => {
          stream.once('drain', resolve)
          stream.once('close', resolve)
        })
      : Promise.resolve()

  const catchUp = async (): Promise<void> => {
    if (after && !(await store.knowsNotice(after.position, after.epoch))) {
      say(event(RESET_NEWS, {}))
      isLive = true
      return
    }
    while (!stream.destroyed) {
      const { notices, through } = await store.notices({ after: place, limit: PAGE, scope })
      tell(notices)
      place = Math.max(place, through)
      await drained()
      // What came meanwhile is read too, before the listener goes along with the others.
      if (notices.length < PAGE && place >= newest) break
    }
    isLive = true
  }

  const told: NewsListener['told'] = (notices, through) => {
    newest = through
    if (!isLive) return
    tell(notices)
    place = Math.max(place, through)
  }
  const listener: NewsListener = {
    moved(changeSeq, recalled) {
      if (stationId !== null && recalled.has(stationId)) say(event(RECALL_NEWS, { changeSeq }))
      // Whoever does not read misses positions, not the latest one: the next event says it.
      if (!stream.writableNeedDrain) say(event('change', { changeSeq }))
    },
    ...(scope.types?.length === 0 ? {} : { told }),
  }
  const leave = news.listen(listener)
  stream.once('close', leave)
  if (!isLive) catchUp().catch(() => stream.destroy())
  return stream
}
