import { useCallback, useState } from 'react'
import type { OfflineDesk } from '../../core/counter/offlineDesk.ts'
import type { CounterState } from '../../core/counter/state.ts'
import { ManagerHeader } from '../managerScreen/ManagerHeader.tsx'
import { useEscape } from '../managerScreen/useEscape.ts'
import { RefusalNotice } from '../notice/RefusalNotice.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { useWords } from '../words/useWords.ts'
import { CapsList } from './CapsPanel.tsx'
import { Conflicts } from './Conflicts.tsx'
import { LeasesPanel } from './LeasesPanel.tsx'
import { OverridesPanel } from './OverridesPanel.tsx'
import { QueuePanel } from './QueuePanel.tsx'
import { useDesk } from './useDesk.ts'

/** The manager's desk: what is left and what is set aside on one side, what waits and what went wrong on the other. */
export function DeskScreen({ desk, state }: { desk: OfflineDesk; state: CounterState }) {
  const { t } = useWords()
  const { waiting } = state
  const open = desk.list?.state === 'open' ? desk.list.open : waiting.forced + waiting.quarantined
  const [tab, setTab] = useState<'queue' | 'conflicts' | 'leases'>(open > 0 ? 'conflicts' : 'queue')
  const ask = useDesk()
  const inStory = desk.story !== null
  // One step back: from a story, from the desk.
  useEscape(useCallback(() => void ask(inStory ? { do: 'look', conflictId: null } : { do: 'close' }), [ask, inStory]))
  return (
    <div className="setup desk">
      <ManagerHeader
        title={t('offline.title')}
        paused={t('offline.paused')}
        managerName={desk.operator.name}
        endsAt={desk.endsAt}
        onLeave={() => void ask({ do: 'close' })}
      />
      <div className="setup__problem" aria-live="polite">
        <RefusalNotice />
      </div>
      <main className="setup__main desk__main">
        <div className="desk__side">
          <section className="setupPanel" aria-labelledby="caps-title">
            <h2 id="caps-title">{t('offline.caps.title')}</h2>
            <CapsList {...state} />
          </section>
          <OverridesPanel overrides={state.offline.overrides} bounds={desk.bounds} />
        </div>
        <div className="setup__detail desk__detail">
          <div className="desk__tabs">
            <Segmented
              label={t('offline.title')}
              labelHidden
              value={tab}
              choices={[
                { value: 'conflicts', face: t('offline.conflicts.tab', { count: open }) },
                { value: 'queue', face: t('offline.queue.tab', { count: desk.queue.total }) },
                { value: 'leases', face: t('offline.leases.tab', { count: desk.leases.rows.length }) },
              ]}
              onChange={setTab}
            />
          </div>
          {tab === 'queue' && <QueuePanel desk={desk} queueExport={state.queueExport} />}
          {tab === 'leases' && <LeasesPanel {...desk} />}
          {tab === 'conflicts' && <Conflicts desk={desk} mode={state.connection.mode} />}
        </div>
      </main>
    </div>
  )
}
