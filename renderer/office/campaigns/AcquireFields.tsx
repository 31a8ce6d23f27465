import type { IssueRule } from '../../../core/campaigns/rules.ts'
import { Checks, Choice } from '../ui/Field.tsx'
import { Panel } from '../ui/Page.tsx'
import { useOfficeWords } from '../words.ts'
import { type FieldGroup, FormText } from './fieldGroup.tsx'
import type { CampaignForm } from './form.ts'
import { SEVERAL } from './issueForm.ts'
import { useCampaignChoices } from './useCampaignChoices.ts'

const OCCASIONS: readonly IssueRule['on'][] = ['first_visit', 'redemption']

/** How customers come by a coupon, when, for how long, and when it comes to them by itself. */
export function AcquireFields(group: FieldGroup) {
  const { t } = useOfficeWords()
  const { form, change } = group
  return (
    <Panel title={t('office.fields.acquire')}>
      <div className="formGrid">
        <Choice<CampaignForm['acquireBy']>
          label={t('office.editor.acquireBy')}
          value={form.acquireBy}
          choices={(['anyone', 'code', 'given'] as const).map((value) => ({
            value,
            face: t(`office.values.${value}`),
          }))}
          onChange={(acquireBy) => change({ acquireBy })}
        />
        <FormText
          name="lastsDays"
          place="acquire/lastsDays"
          label={t('office.fields.lastsDays')}
          hint={t('office.editor.lastsHint')}
          mode="numeric"
          group={group}
        />
        <FormText
          name="acquireFrom"
          place="acquire/from"
          label={t('office.editor.acquireFrom')}
          hint={t('office.editor.windowHint')}
          type="datetime-local"
          group={group}
        />
        <FormText
          name="acquireUntil"
          place="acquire/until"
          label={t('office.editor.acquireUntil')}
          hint={t('office.editor.windowHint')}
          type="datetime-local"
          group={group}
        />
        <div className="formGrid__wide">
          <Checks<IssueRule['on']>
            label={t('office.editor.byItself')}
            chosen={form.occasions}
            choices={OCCASIONS.map((value) => ({ value, face: t(`office.kinds.${value}`) }))}
            onChange={(occasions) => change({ occasions })}
          />
        </div>
        {form.occasions.includes('redemption') && <AfterRedemption {...group} />}
      </div>
    </Panel>
  )
}

function AfterRedemption(group: FieldGroup) {
  const { t } = useOfficeWords()
  const { form, change, campaignId } = group
  const campaigns = useCampaignChoices().filter(({ value }) => value !== campaignId)
  return (
    <>
      <Choice
        label={t('office.editor.issueAfter')}
        value={form.issueAfter}
        choices={[
          { value: '', face: t('office.any') },
          ...(form.issueAfter === SEVERAL ? [{ value: SEVERAL, face: t('office.editor.several') }] : []),
          ...campaigns,
        ]}
        onChange={(issueAfter) => change({ issueAfter })}
      />
      <FormText
        name="issueMinSpend"
        place="issue/minSpend"
        label={t('office.fields.minSpend')}
        mode="decimal"
        group={group}
      />
    </>
  )
}
