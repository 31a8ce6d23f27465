import { StoreUnavailable } from '../store/commands.ts'
import type { CouponStore, SearchQuery, WrittenSearch } from '../store/couponStore.ts'
import { writtenSearch } from '../store/writtenSearch.ts'
import { gather } from './gather.ts'

/** Searches over one view of the database; answered in one burst, they cost less than one by one. */
const MOST_AT_ONCE = 32

/** Searches that arrive together are answered together, as they go over the wire; one that breaks spoils no other. */
export function searchTogether(
  store: Pick<CouponStore, 'search' | 'searchWritten' | 'searchesAtOnce'>,
): (query: SearchQuery) => Promise<WrittenSearch> {
  const search = async (queries: readonly SearchQuery[]): Promise<readonly WrittenSearch[]> =>
    store.searchWritten ? store.searchWritten(queries) : (await store.search(queries)).map(writtenSearch)

  const alone = async (query: SearchQuery): Promise<() => WrittenSearch> => {
    try {
      const [answer] = await search([query])
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
        return (await search(queries)).map((answer) => () => answer)
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
