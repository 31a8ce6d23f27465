import type { HTMLAttributes } from 'react'
import { TextField } from '../ui/Field.tsx'
import { useOfficeWords } from '../words.ts'
import type { CampaignForm } from './form.ts'

/** What every group of fields works on. `wrong`: places in the rules that are not right, as `form.ts` names them. */
export interface FieldGroup {
  /** Of the campaign that is written. */
  readonly campaignId: string
  readonly form: CampaignForm
  readonly wrong: ReadonlySet<string>
  readonly change: (changed: Partial<CampaignForm>) => void
}

type TextName = {
  [Name in keyof CampaignForm]: CampaignForm[Name] extends string ? Name : never
}[keyof CampaignForm]

/** A field of the form that is typed, named as the rules name its place. */
export function FormText({
  name,
  place,
  label,
  hint,
  type,
  mode,
  maxLength = 12,
  group: { form, wrong, change },
}: {
  name: TextName
  /** In the rules; wrong there is wrong here. */
  place: string
  label: string
  hint?: string
  type?: 'datetime-local' | 'time' | 'text'
  mode?: HTMLAttributes<HTMLInputElement>['inputMode']
  maxLength?: number
  group: FieldGroup
}) {
  const { t } = useOfficeWords()
  return (
    <TextField
      label={label}
      hint={hint}
      problem={wrong.has(place) ? t('office.editor.invalid') : undefined}
      type={type ?? 'text'}
      inputMode={mode}
      maxLength={type === undefined || type === 'text' ? maxLength : undefined}
      value={form[name]}
      autoComplete="off"
      onChange={(value) => change({ [name]: value })}
    />
  )
}
