import { useCallback, useState } from 'react'
import type { DayDesk } from '../../core/counter/dayDesk.ts'
import { ManagerHeader } from '../managerScreen/ManagerHeader.tsx'
import { useEscape } from '../managerScreen/useEscape.ts'
import { RefusalNotice } from '../notice/RefusalNotice.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { useWords } from '../words/useWords.ts'
import { BooksPanel } from './BooksPanel.tsx'
import { JournalPanel } from './JournalPanel.tsx'
import { PosPanel } from './PosPanel.tsx'
import { SettingsPanel } from './SettingsPanel.tsx'
import { SupportPanel } from './SupportPanel.tsx'
import { useDay } from './useDay.ts'

const TABS = ['books', 'journal', 'pos', 'settings', 'support'] as const

/** The manager's end of day: the three books, the journal, POS software, and what support needs. */
export function DayScreen({ desk }: { desk: DayDesk }) {
  const { t } = useWords()
  const [tab, setTab] = useState<(typeof TABS)[number]>('books')
  const ask = useDay()
  const leave = useCallback(() => void ask({ do: 'close' }), [ask])
  useEscape(leave)
  return (
    <div className="setup desk day">
      <ManagerHeader
        title={t('day.title')}
        paused={t('day.paused')}
        managerName={desk.operator.name}
        endsAt={desk.endsAt}
        onLeave={leave}
      />
      <div className="setup__problem" aria-live="polite">
        <RefusalNotice />
      </div>
      <main className="setup__main day__main">
        <div className="setup__detail desk__detail">
          <div className="desk__tabs">
            <Segmented
              label={t('day.title')}
              labelHidden
              value={tab}
              choices={TABS.map((value) => ({ value, face: t(`day.tabs.${value}`) }))}
              onChange={setTab}
            />
          </div>
          {tab === 'books' && <BooksPanel desk={desk} />}
          {tab === 'journal' && <JournalPanel desk={desk} />}
          {tab === 'pos' && <PosPanel pos={desk.pos} />}
          {tab === 'settings' && <SettingsPanel settings={desk.settings} />}
          {tab === 'support' && <SupportPanel saved={desk.saved} operator={desk.operator} />}
        </div>
      </main>
    </div>
  )
}
