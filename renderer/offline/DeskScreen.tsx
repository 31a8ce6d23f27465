import { useEffect, useState } from 'react'
import type { OfflineDesk } from '../../core/counter/offlineDesk.ts'
import type { CounterState } from '../../core/counter/state.ts'
import { useRefusal } from '../client/counterContext.tsx'
import { Button } from '../ui/Button.tsx'
import { WarnIcon } from '../ui/icons.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { useNow } from '../ui/useNow.ts'
import { useWords } from '../words/useWords.ts'
import { CapsList } from './CapsPanel.tsx'
import { Conflicts } from './Conflicts.tsx'
import { OverridesPanel } from './OverridesPanel.tsx'
import { QueuePanel } from './QueuePanel.tsx'
import { useDesk } from './useDesk.ts'

/** The manager's desk: what is left and what is set aside on one side, what waits and what went wrong on the other. */
export function DeskScreen({ desk, state }: { desk: OfflineDesk; state: CounterState }) {
  const { t } = useWords()
  const { waiting } = state
  const open = desk.list?.state === 'open' ? desk.list.open : waiting.forced + waiting.quarantined
  const [tab, setTab] = useState<'queue' | 'conflicts'>(open > 0 ? 'conflicts' : 'queue')
  useEscape(desk)
  return (
    <div className="setup desk">
      <Header desk={desk} />
      <Problem />
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
              ]}
              onChange={setTab}
            />
          </div>
          {tab === 'queue' ? (
            <QueuePanel desk={desk} queueExport={state.queueExport} />
          ) : (
            <Conflicts desk={desk} mode={state.connection.mode} />
          )}
        </div>
      </main>
    </div>
  )
}

function Header({ desk }: { desk: OfflineDesk }) {
  const { t } = useWords()
  const ask = useDesk()
  const now = useNow(10_000)
  const minutes = Math.max(1, Math.ceil((desk.endsAt - now) / 60_000))
  return (
    <header className="setup__header">
      <div className="setup__title">
        <h1>{t('offline.title')}</h1>
        <p className="soft">
          <bdi>{desk.operator.name}</bdi> · {t('offline.paused')} {t('readerSetup.endsIn', { minutes })}
        </p>
      </div>
      <Button look="primary" keys="Escape" onClick={() => void ask({ do: 'close' })}>
        {t('readerSetup.back')}
      </Button>
    </header>
  )
}

function Problem() {
  const words = useWords()
  const { refusal, dismissRefusal } = useRefusal()
  return (
    <div className="setup__problem" aria-live="polite">
      {refusal && (
        <div className="notice notice--problem">
          <WarnIcon />
          <p className="notice__words">
            <strong>{words.reason(refusal).text}.</strong> {words.reason(refusal).todo}
          </p>
          <Button look="quiet" onClick={dismissRefusal}>
            {words.t('dismiss')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** Escape goes one step back: from a dialog (the browser's own), from a story, from the desk. */
function useEscape({ story }: OfflineDesk): void {
  const ask = useDesk()
  const inStory = story !== null
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || event.repeat) return
      if (document.querySelector('dialog[open]')) return
      void ask(inStory ? { do: 'look', conflictId: null } : { do: 'close' })
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [ask, inStory])
}
