import { StoreList } from '../../../core/contract/stationList.ts'
import { ask } from '../client/request.ts'
import { useLoaded } from '../client/useLoaded.ts'
import { Choice } from '../ui/Field.tsx'
import { useOfficeWords } from '../words.ts'

/** The one store that somebody looks after; empty: every store. */
export function StoreChoice({ value, onChange }: { value: string; onChange: (storeId: string) => void }) {
  const { t } = useOfficeWords()
  const stores = useLoaded('stores', () => ask('GET', '/v1/stores', StoreList))
  return (
    <Choice
      label={t('office.operators.store')}
      value={value}
      choices={[
        { value: '', face: t('office.operators.everyStore') },
        ...(stores.value?.stores ?? []).map((one) => ({ value: one.storeId, face: one.name })),
      ]}
      onChange={onChange}
    />
  )
}
