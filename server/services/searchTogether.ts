import type { SearchResponse } from '../../core/contract/search.ts'
import { StoreUnavailable } from '../store/commands.ts'
import type { CouponStore, SearchQuery } from '../store/couponStore.ts'
import { gather } from './gather.ts'

/** Searches over one view of the database; answered in one burst, they cost less than one by one. */
const MOST_AT_ONCE = 32

/** Searches that arrive together are answered together; one that breaks spoils no other. */
export function searchTogether(
  store: Pick<CouponStore, 'search' | 'searchesAtOnce'>,
): (query: SearchQuery) => Promise<SearchResponse> {
  const alone = async (query: SearchQuery): Promise<() => SearchResponse> => {
    try {
      const [answer] = await store.search([query])
      if (!answer) throw new Error('a search without an answer')
      return () => answer
    } catch (error) {
      return () => {
        throw error
      }
    }
  }
  const together = gather(
    async (queries: readonly SearchQuery[]) => {
      try {
        return (await store.search(queries)).map((answer) => () => answer)
      } catch (error) {
        if (error instanceof StoreUnavailable) throw error
        return Promise.all(queries.map(alone))
      }
    },
    MOST_AT_ONCE,
    store.searchesAtOnce,
  )
  return async (query) => (await together(query))()
}
