import { StoreList } from '../../../core/contract/stationList.ts'
import { ask } from '../client/request.ts'
import { useLoaded } from '../client/useLoaded.ts'
import { useOfficeWords } from '../words.ts'
import { Choice } from './Field.tsx'

interface Props {
  readonly label: string
  readonly hint?: string | undefined
  /** What no store stands for; every store unless something else is said. */
  readonly none?: string
  /** Empty: none is chosen. */
  readonly value: string
  readonly onChange: (storeId: string) => void
}

/** One store, or none. */
export function StoreChoice({ label, hint, none, value, onChange }: Props) {
  const { t } = useOfficeWords()
  const stores = useLoaded('stores', () => ask('GET', '/v1/stores', StoreList))
  return (
    <Choice
      label={label}
      hint={hint}
      value={value}
      choices={[
        { value: '', face: none ?? t('office.everyStore') },
        ...(stores.value?.stores ?? []).map((one) => ({ value: one.storeId, face: one.name })),
      ]}
      onChange={onChange}
    />
  )
}
