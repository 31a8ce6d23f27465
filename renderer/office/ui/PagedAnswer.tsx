import type { ReactNode } from 'react'
import { Button } from '../../ui/Button.tsx'
import type { Pages } from '../client/usePages.ts'
import { useOfficeWords } from '../words.ts'
import { Answer } from './Page.tsx'

interface Props<Item> {
  readonly of: Pages<Item>
  /** What stands there instead of a list with nothing in it. */
  readonly empty: ReactNode
  readonly children: (items: readonly Item[]) => ReactNode
}

/** A list as far as it has been asked for, and the way to its next page. */
export function PagedAnswer<Item>({ of, empty, children }: Props<Item>) {
  const { t } = useOfficeWords()
  return (
    <Answer of={of}>
      {(items) => (
        <>
          {/* A page that nothing fits may have one after it. */}
          {items.length === 0 && !of.more ? empty : children(items)}
          {of.more && (
            <Button unavailable={of.busy} onClick={of.loadMore}>
              {t('office.more')}
            </Button>
          )}
        </>
      )}
    </Answer>
  )
}
