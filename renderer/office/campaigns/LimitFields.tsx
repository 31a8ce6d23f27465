import { Choice } from '../ui/Field.tsx'
import { Panel } from '../ui/Page.tsx'
import { useOfficeWords } from '../words.ts'
import { type FieldGroup, FormText } from './fieldGroup.tsx'
import type { CampaignForm } from './form.ts'

/** How much of it there is, for everybody and for each customer; empty: no limit. */
export function LimitFields(group: FieldGroup) {
  const { t } = useOfficeWords()
  const { form, change } = group
  const field = (name: 'campaignUses' | 'circulation' | 'holderUses' | 'acquisitionUses' | 'holderAcquisitions') => (
    <FormText name={name} place={`limits/${name}`} label={t(`office.fields.${name}`)} mode="numeric" group={group} />
  )
  return (
    <Panel title={t('office.fields.limits')}>
      <div className="formGrid">
        <FormText
          name="campaignValue"
          place="limits/campaignValue"
          label={t('office.fields.campaignValue')}
          mode="decimal"
          group={group}
        />
        {field('campaignUses')}
        {field('circulation')}
        {field('holderAcquisitions')}
        {field('acquisitionUses')}
        {field('holderUses')}
        <Choice<CampaignForm['period']>
          label={t('office.fields.holderPeriod')}
          value={form.period}
          choices={(['none', 'day', 'week', 'month'] as const).map((value) => ({
            value,
            face: t(`office.values.${value}`),
          }))}
          onChange={(period) => change({ period })}
        />
        {form.period !== 'none' && (
          <FormText
            name="periodUses"
            place="limits/holderPeriod"
            label={t('office.editor.periodUses')}
            mode="numeric"
            group={group}
          />
        )}
      </div>
    </Panel>
  )
}

/** How it goes with other coupons, and without the server. */
export function TermFields(group: FieldGroup) {
  const { t } = useOfficeWords()
  const { form, change } = group
  return (
    <Panel title={t('office.editor.terms')}>
      <div className="formGrid">
        <Choice<CampaignForm['stacking']>
          label={t('office.fields.stacking')}
          value={form.stacking}
          choices={(['stackable', 'exclusive'] as const).map((value) => ({ value, face: t(`office.values.${value}`) }))}
          onChange={(stacking) => change({ stacking })}
        />
        <FormText
          name="group"
          place="stacking/group"
          label={t('office.fields.group')}
          hint={t('office.editor.groupHint')}
          maxLength={64}
          group={group}
        />
        <Choice<CampaignForm['offline']>
          label={t('office.fields.offline')}
          value={form.offline}
          choices={(['prefer_online', 'require_online'] as const).map((value) => ({
            value,
            face: t(`office.values.${value}`),
          }))}
          onChange={(offline) => change({ offline })}
        />
        <FormText
          name="offlineMax"
          place="offline/maxValue"
          label={t('office.fields.maxValue')}
          mode="decimal"
          group={group}
        />
        <FormText name="priority" place="priority" label={t('office.fields.priority')} mode="numeric" group={group} />
      </div>
    </Panel>
  )
}
