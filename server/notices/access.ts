import { NOTICE_TYPES, type NoticeType } from '../../core/contract/notices.ts'
import { type Access, mayDo, storeOf } from '../auth/access.ts'
import type { Principal } from '../auth/principal.ts'
import type { NoticeRecord, NoticeScope } from '../store/noticeCommands.ts'

/** Whoever may read something is told when it changes. */
const TOLD_TO: Readonly<Record<NoticeType, Access | null>> = {
  'redemption.approved': 'redemptions.read',
  'redemption.rolled_back': 'redemptions.read',
  'redemption.forced': 'redemptions.read',
  'acquisition.issued': 'redemptions.read',
  'campaign.changed': 'campaigns.read',
  'conflict.opened': 'conflicts.read',
  'conflict.resolved': 'conflicts.read',
  'station.revoked': 'conflicts.read',
  'webhook.test': null,
}

/** What somebody may be told of. A key that may hear of events may hear of all of them, in its store if it has one. */
export function noticesFor(principal: Principal, asked: readonly NoticeType[] | undefined): NoticeScope {
  const isKey = principal.kind === 'api_key' || (principal.kind === 'station' && principal.apiKey !== undefined)
  const may = (type: NoticeType): boolean => {
    const access = TOLD_TO[type]
    return access !== null && (isKey || mayDo(principal, access))
  }
  // A till wants to know that something has changed, and asks for more where it does.
  const wanted = asked ?? (principal.kind === 'station' && !isKey ? [] : NOTICE_TYPES)
  return { storeId: storeOfPrincipal(principal), types: wanted.filter(may) }
}

function storeOfPrincipal(principal: Principal): string | null {
  switch (principal.kind) {
    case 'operator':
      return storeOf(principal.operator)
    case 'station':
      return principal.station.store.storeId
    case 'api_key':
      return principal.apiKey.storeId
  }
}

/** Whether a notice is in a scope. */
export function isInScope({ content }: NoticeRecord, { storeId, types }: NoticeScope): boolean {
  if (types !== null && !types.includes(content.type)) return false
  const its = 'storeId' in content.data ? content.data.storeId : null
  return storeId === null || its === null || its === storeId
}
