import { useCallback, useState } from 'react'
import type { Asked } from './request.ts'
import { type Loaded, useLoaded, useTask } from './useLoaded.ts'

interface Page<Item> {
  readonly items: readonly Item[]
  readonly cursor: string | null
}

export interface Pages<Item> extends Loaded<readonly Item[]> {
  readonly more: boolean
  loadMore(): void
}

/** A list that comes in pages: the first at once, each next when it is asked for. Another `key` begins anew. */
export function usePages<Item>(key: string, load: (cursor: string | undefined) => Asked<Page<Item>>): Pages<Item> {
  const first = useLoaded(key, () => load(undefined))
  const task = useTask()
  const [rest, setRest] = useState<{ of: Page<Item> | null; page: Page<Item> }>({
    of: null,
    page: { items: [], cursor: null },
  })
  const mine = first.value !== null && rest.of === first.value ? rest.page : null
  const cursor = mine ? mine.cursor : (first.value?.cursor ?? null)
  const loadMore = useCallback(() => {
    if (cursor === null || first.value === null) return
    const of = first.value
    void task
      .run(() => load(cursor))
      .then((page) => {
        if (!page) return
        setRest((before) => ({
          of,
          page: { items: [...(before.of === of ? before.page.items : []), ...page.items], cursor: page.cursor },
        }))
      })
  }, [cursor, first.value, task, load])
  const value = first.value === null ? null : mine ? [...first.value.items, ...mine.items] : first.value.items
  return {
    value,
    problem: first.problem ?? task.problem,
    busy: first.busy || task.busy,
    reload: first.reload,
    put: (items) => first.put({ items, cursor: null }),
    more: cursor !== null,
    loadMore,
  }
}
