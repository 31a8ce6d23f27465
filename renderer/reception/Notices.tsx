import type { CounterState } from '../../core/counter/state.ts'
import { useSend } from '../client/counterContext.tsx'
import { RefusalNotice } from '../notice/RefusalNotice.tsx'
import { Button } from '../ui/Button.tsx'
import { ClockIcon, WarnIcon } from '../ui/icons.tsx'
import { useWords } from '../words/useWords.ts'

/** What the cashier must know besides this visit: the newest in full, how many more there are. */
export function Notices({ notices, clock, connection }: Pick<CounterState, 'notices' | 'clock' | 'connection'>) {
  const words = useWords()
  const { t } = words
  const send = useSend()
  const newest = notices.toSorted((a, b) => severity(b) - severity(a) || b.at - a.at)[0]
  return (
    <section aria-label={t('notices.label')} aria-live="polite">
      <RefusalNotice />
      {clock.doubt && connection.mode === 'offline' && connection.cause && (
        <div className="notice">
          <ClockIcon />
          <p className="notice__words">{t(clock.wrong ? 'status.clockWrongWords' : 'status.clockDoubtWords')}</p>
        </div>
      )}
      {newest && (
        <div className={`notice${newest.code === 'storage_failed' ? ' notice--problem' : ''}`}>
          <WarnIcon />
          <p className="notice__words">
            {t(`notices.${newest.code}`)}{' '}
            <span className="soft">
              {words.moment(newest.at)}
              {notices.length > 1 && ` · ${t('notices.more', { count: notices.length - 1 })}`}
            </span>
          </p>
          <Button look="quiet" onClick={() => void send({ type: 'dismissNotice', noticeId: newest.noticeId })}>
            {t('dismiss')}
          </Button>
        </div>
      )}
    </section>
  )
}

function severity({ code }: CounterState['notices'][number]): number {
  return code === 'storage_failed' ? 1 : 0
}
