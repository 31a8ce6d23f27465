import type { ImportProgress } from '../../../core/contract/acquisitionImports.ts'
import { useOfficeWords } from '../words.ts'

const TONES = { open: 'accent', finished: 'good', cancelled: 'neutral' } as const

/** How far a list is, and whether it only says what would become of it. */
export function ListState({ list: { state, dryRun } }: { list: ImportProgress }) {
  const { t } = useOfficeWords()
  return (
    <>
      <span className={`tag tag--${TONES[state]}`}>{t(`office.lists.states.${state}`)}</span>{' '}
      {dryRun && <span className="tag">{t('office.lists.dryRun')}</span>}
    </>
  )
}
