import type { Notice } from '../../core/contract/notices.ts'
import type { NoticeRecord } from '../store/noticeCommands.ts'

/** What a notice is called: the same wherever and however often it is told. Opaque to receivers. */
export const noticeId = ({ position, epoch }: Pick<NoticeRecord, 'position' | 'epoch'>): string =>
  `n${position}-${epoch}`

/** null: not one of ours. */
export function noticePlace(id: string): Pick<NoticeRecord, 'position' | 'epoch'> | null {
  const [, position, epoch] = /^n(\d{1,15})-([0-9a-f]{0,16})$/.exec(id) ?? []
  return position === undefined || epoch === undefined ? null : { position: Number(position), epoch }
}

/** A notice as it travels. */
export function wireNotice(notice: NoticeRecord): Notice {
  const { type, data } = notice.content
  return { id: noticeId(notice), type, timestamp: new Date(notice.at).toISOString(), data }
}
