import type { DayDesk } from '../../core/counter/dayDesk.ts'
import { Button } from '../ui/Button.tsx'
import { useWords } from '../words/useWords.ts'
import { RetirePanel } from './RetirePanel.tsx'
import { Saved } from './Saved.tsx'
import { useDay } from './useDay.ts'

/** The file that support asks for, and the end of this machine as a counter. */
export function SupportPanel({ saved, operator }: Pick<DayDesk, 'saved' | 'operator'>) {
  const { t } = useWords()
  const ask = useDay()
  return (
    <div className="setupDetail stack">
      <h2>{t('day.support.title')}</h2>
      <p>{t('day.support.words')}</p>
      <div className="setupRow">
        <Button look="primary" onClick={() => void ask({ do: 'saveDiagnostics' })}>
          {t('day.support.save')}
        </Button>
      </div>
      <Saved saved={saved} what="diagnostics" />
      <RetirePanel operator={operator} />
    </div>
  )
}
