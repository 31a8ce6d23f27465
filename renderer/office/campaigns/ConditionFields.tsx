import type { StoreEntry } from '../../../core/contract/stationList.ts'
import { ENTRIES, type Entry, MEDIUM_TYPES, type MediumType } from '../../../core/media/medium.ts'
import { weekday } from '../../words/times.ts'
import { Checks } from '../ui/Field.tsx'
import { Panel } from '../ui/Page.tsx'
import { useOfficeWords } from '../words.ts'
import { type FieldGroup, FormText } from './fieldGroup.tsx'

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]

/** On which purchases, where, when and with what it can be used; what is left empty asks for nothing. */
export function ConditionFields({ stores, ...group }: FieldGroup & { stores: readonly StoreEntry[] }) {
  const { t, language } = useOfficeWords()
  const { form, change } = group
  return (
    <Panel title={t('office.fields.conditions')}>
      <div className="formGrid">
        <FormText
          name="minSpend"
          place="min_spend/amount"
          label={t('office.kinds.min_spend')}
          mode="decimal"
          group={group}
        />
        <FormText
          name="neededPieces"
          place="items/minPieces"
          label={t('office.fields.minPieces')}
          mode="numeric"
          group={group}
        />
        <FormText
          name="needed"
          place="items/items"
          label={t('office.kinds.items')}
          hint={t('office.editor.itemsHint')}
          maxLength={10_000}
          group={group}
        />
        <FormText
          name="excluded"
          place="excluded_items/items"
          label={t('office.kinds.excluded_items')}
          hint={t('office.editor.itemsHint')}
          maxLength={10_000}
          group={group}
        />
        <FormText name="hoursFrom" place="hours/from" label={t('office.editor.hoursFrom')} type="time" group={group} />
        <FormText
          name="hoursUntil"
          place="hours/until"
          label={t('office.editor.hoursUntil')}
          hint={t('office.editor.hoursHint')}
          type="time"
          group={group}
        />
        <div className="formGrid__wide stack">
          <Checks<number>
            label={t('office.kinds.weekdays')}
            chosen={form.weekdays}
            choices={WEEKDAYS.map((value) => ({ value, face: weekday(language, value) }))}
            onChange={(weekdays) => change({ weekdays })}
          />
          <Checks
            label={t('office.editor.stores')}
            chosen={form.storeIds}
            choices={stores.map(({ storeId, name }) => ({ value: storeId, face: name }))}
            onChange={(storeIds) => change({ storeIds })}
          />
          <Checks<MediumType>
            label={t('office.fields.types')}
            chosen={form.mediumTypes}
            choices={MEDIUM_TYPES.map((value) => ({ value, face: t(`simulator.types.${value}`) }))}
            onChange={(mediumTypes) => change({ mediumTypes })}
          />
          <Checks<Entry>
            label={t('office.fields.entries')}
            chosen={form.entries}
            choices={ENTRIES.map((value) => ({ value, face: t(`office.values.${value}`) }))}
            onChange={(entries) => change({ entries })}
          />
        </div>
      </div>
    </Panel>
  )
}
