import type { ReactNode } from 'react'
import { useOfficeWords } from '../words.ts'

/** The head of a column: words; of numbers, which stand at its end; or words for those alone who hear them. */
export type Column = string | { readonly number: string } | { readonly heard: string }

interface Props {
  readonly columns: readonly Column[]
  /** Of the table, besides its own. */
  readonly className?: string
  /** Its rows. */
  readonly children: ReactNode
}

/** A table that may be wider than its place: then it is moved sideways, by the keyboard too. */
export function Table({ columns, className, children }: Props) {
  const { t } = useOfficeWords()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached without a mouse
    <div className="tableScroll" role="group" aria-label={t('office.table')} tabIndex={0}>
      <table className={className ? `table ${className}` : 'table'}>
        <thead>
          <tr>{columns.map(head)}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

function head(column: Column) {
  if (typeof column === 'string') {
    return (
      <th key={column} scope="col">
        {column}
      </th>
    )
  }
  if ('number' in column) {
    return (
      <th key={column.number} scope="col" className="table__number">
        {column.number}
      </th>
    )
  }
  return (
    <th key={column.heard} scope="col">
      <span className="visuallyHidden">{column.heard}</span>
    </th>
  )
}
