import type { DayDesk } from '../../core/counter/dayDesk.ts'
import { useWords } from '../words/useWords.ts'

/** Where the last file is, if it is one of these. */
export function Saved({ saved, what }: { saved: DayDesk['saved']; what: NonNullable<DayDesk['saved']>['what'] }) {
  const { t } = useWords()
  return (
    <p aria-live="polite" className="selectable queue__exported">
      {saved?.what === what &&
        (what === 'journal'
          ? t('day.saved', { count: saved.rows, path: saved.path })
          : t('day.savedBundle', { path: saved.path }))}
    </p>
  )
}
