import { StoreList } from '../../../core/contract/stationList.ts'
import { ask } from './request.ts'
import { useLoaded } from './useLoaded.ts'

/** What people call a store, by its id; the id itself until that is known, and of one that is not there. */
export function useStoreNames(): (storeId: string) => string {
  const stores = useLoaded('stores', () => ask('GET', '/v1/stores', StoreList))
  const names = new Map((stores.value?.stores ?? []).map((store) => [store.storeId, store.name]))
  return (storeId) => names.get(storeId) ?? storeId
}
