import { Choice, TextArea } from '../ui/Field.tsx'
import { Panel } from '../ui/Page.tsx'
import { useOfficeWords } from '../words.ts'
import { type FieldGroup, FormText } from './fieldGroup.tsx'
import { BENEFIT_KINDS, type BenefitKind } from './form.ts'

/** What customers and cashiers read. */
export function TitleFields(group: FieldGroup) {
  const { t } = useOfficeWords()
  const { form, change } = group
  return (
    <Panel title={t('office.editor.titles')}>
      <div className="formGrid">
        <FormText name="title" place="title" label={t('office.fields.title')} maxLength={200} group={group} />
        <FormText name="currency" place="currency" label={t('office.fields.currency')} maxLength={3} group={group} />
        <FormText name="titleEn" place="titles/en" label={t('office.editor.titleEn')} maxLength={200} group={group} />
        <FormText name="titleJa" place="titles/ja" label={t('office.editor.titleJa')} maxLength={200} group={group} />
        <div className="formGrid__wide">
          <TextArea
            label={t('office.fields.description')}
            value={form.description}
            rows={2}
            maxLength={2_000}
            onChange={(description) => change({ description })}
          />
        </div>
      </div>
    </Panel>
  )
}

/** What is given. */
export function BenefitFields(group: FieldGroup) {
  const { t } = useOfficeWords()
  const { form, change } = group
  const items = (
    <div className="formGrid__wide">
      <FormText
        name="items"
        place="benefit/items"
        label={t('office.editor.forItems')}
        hint={t('office.editor.itemsHint')}
        maxLength={10_000}
        group={group}
      />
    </div>
  )
  return (
    <Panel title={t('office.fields.benefit')}>
      <div className="formGrid">
        <div className="formGrid__wide">
          <Choice<BenefitKind>
            label={t('office.editor.benefitKind')}
            value={form.benefit}
            choices={BENEFIT_KINDS.map((value) => ({ value, face: t(`office.kinds.${value}`) }))}
            onChange={(benefit) => change({ benefit })}
          />
        </div>
        <OwnFields {...group} />
        {items}
      </div>
    </Panel>
  )
}

function OwnFields(group: FieldGroup) {
  const { t } = useOfficeWords()
  switch (group.form.benefit) {
    case 'amount_off':
      return (
        <FormText name="amount" place="benefit/amount" label={t('office.fields.amount')} mode="decimal" group={group} />
      )
    case 'percent_off':
      return (
        <>
          <FormText
            name="percent"
            place="benefit/basisPoints"
            label={t('office.editor.percent')}
            mode="decimal"
            group={group}
          />
          <FormText name="cap" place="benefit/cap" label={t('office.fields.cap')} mode="decimal" group={group} />
        </>
      )
    case 'fixed_price':
      return (
        <>
          <FormText name="price" place="benefit/price" label={t('office.fields.price')} mode="decimal" group={group} />
          <FormText
            name="pieces"
            place="benefit/maxPieces"
            label={t('office.fields.maxPieces')}
            mode="numeric"
            group={group}
          />
        </>
      )
    case 'free_item':
      return (
        <FormText name="pieces" place="benefit/pieces" label={t('office.fields.pieces')} mode="numeric" group={group} />
      )
    case 'buy_x_get_y':
      return (
        <>
          <FormText name="buy" place="benefit/buy" label={t('office.fields.buy')} mode="numeric" group={group} />
          <FormText name="get" place="benefit/get" label={t('office.fields.get')} mode="numeric" group={group} />
          <FormText
            name="percent"
            place="benefit/basisPoints"
            label={t('office.editor.reducedBy')}
            mode="decimal"
            group={group}
          />
          <FormText
            name="pieces"
            place="benefit/maxSets"
            label={t('office.fields.maxSets')}
            mode="numeric"
            group={group}
          />
        </>
      )
  }
}

/** From when until when it can be used. */
export function ValidityFields(group: FieldGroup) {
  const { t } = useOfficeWords()
  return (
    <Panel title={t('office.editor.validity')}>
      <div className="formGrid">
        <FormText
          name="validFrom"
          place="validFrom"
          label={t('office.fields.validFrom')}
          type="datetime-local"
          group={group}
        />
        <FormText
          name="validUntil"
          place="validUntil"
          label={t('office.fields.validUntil')}
          hint={t('office.editor.untilHint')}
          type="datetime-local"
          group={group}
        />
      </div>
    </Panel>
  )
}
