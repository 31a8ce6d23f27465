import type { ReactNode } from 'react'
import { useOfficeWords } from '../words.ts'

/** A table that may be wider than its place: then it is moved sideways, by the keyboard too. */
export function TableScroll({ children }: { children: ReactNode }) {
  const { t } = useOfficeWords()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached without a mouse
    <div className="tableScroll" role="group" aria-label={t('office.table')} tabIndex={0}>
      {children}
    </div>
  )
}
