import { type FormEvent, useEffect, useState } from 'react'
import { type HeaderFault, readHeader } from '../../../core/acquisition/csv.ts'
import { Button } from '../../ui/Button.tsx'
import { useCampaignChoices } from '../campaigns/useCampaignChoices.ts'
import { go } from '../client/route.ts'
import { saveFile } from '../client/saveFile.ts'
import { useTask } from '../client/useLoaded.ts'
import { Choice, Field } from '../ui/Field.tsx'
import { Page, Panel, ProblemLine } from '../ui/Page.tsx'
import { StoreChoice } from '../ui/StoreChoice.tsx'
import { useOfficeWords } from '../words.ts'
import { announceList, headerOf } from './announceList.ts'
import { beginUpload } from './uploads.ts'

const EXAMPLE = 'type,identifier\r\nbarcode,2900000000001\r\nfelica-idm,0139286d02278e4c\r\n'

/** A file is chosen and checked first: nothing is given before somebody has seen what would become of it. */
export function NewList() {
  const { t } = useOfficeWords()
  const campaigns = useCampaignChoices()
  const task = useTask()
  const [file, setFile] = useState<File | null>(null)
  const [campaignId, setCampaignId] = useState('')
  const [storeId, setStoreId] = useState('')
  const fault = useHeaderFault(file, campaignId !== '')
  const isReady = file !== null && fault === null
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!isReady) return
    const terms = { campaignId: campaignId || null, storeId: storeId || null, dryRun: true }
    const started = await task.run(() => announceList(file, terms))
    if (!started) return
    beginUpload(file, started)
    go(`lists/${started.importId}`)
  }
  return (
    <Page title={t('office.lists.new')} back={{ href: '#/lists', text: t('office.lists.title') }}>
      <div className="columns">
        <Panel title={t('office.lists.what')}>
          <form className="stack" onSubmit={submit}>
            <Field
              label={t('office.lists.file')}
              hint={t('office.lists.fileHint')}
              problem={fault === null || file === null ? undefined : t(`office.lists.headers.${fault}`)}
            >
              {(own) => (
                <input
                  {...own}
                  className="input"
                  type="file"
                  accept=".csv,.tsv,.txt,text/csv"
                  required
                  onChange={({ target }) => setFile(target.files?.[0] ?? null)}
                />
              )}
            </Field>
            <Choice
              label={t('office.campaigns.one')}
              value={campaignId}
              choices={[{ value: '', face: t('office.lists.campaignsInFile') }, ...campaigns]}
              onChange={setCampaignId}
            />
            <StoreChoice
              label={t('office.lists.rulesOf')}
              hint={t('office.lists.rulesHint')}
              none={t('office.lists.noRules')}
              value={storeId}
              onChange={setStoreId}
            />
            <ProblemLine problem={task.problem} />
            <div className="page__actions">
              <Button submit look="primary" unavailable={!isReady || task.busy}>
                {t('office.lists.check')}
              </Button>
              <span className="soft">{t('office.lists.checkWords')}</span>
            </div>
          </form>
        </Panel>
        <Panel title={t('office.lists.form')}>
          <p>{t('office.lists.formWords')}</p>
          <dl className="facts">
            {(['type', 'identifier', 'holder_id', 'campaign_id'] as const).map((column) => (
              <div key={column}>
                <dt>
                  <code>{column}</code>
                </dt>
                <dd>{t(`office.lists.columns.${column}`)}</dd>
              </div>
            ))}
          </dl>
          <div className="page__actions">
            <Button onClick={() => saveFile('example.csv', EXAMPLE)}>{t('office.lists.example')}</Button>
          </div>
        </Panel>
      </div>
    </Page>
  )
}

/** What is wrong with a file's first line; null: nothing, or nobody has looked yet. */
function useHeaderFault(file: File | null, hasCampaign: boolean): HeaderFault | null {
  const [fault, setFault] = useState<HeaderFault | null>(null)
  useEffect(() => {
    if (file === null) return
    let isOld = false
    void headerOf(file).then((header) => {
      const columns = readHeader(header, hasCampaign)
      if (!isOld) setFault(columns.ok ? null : columns.fault)
    })
    return () => {
      isOld = true
    }
  }, [file, hasCampaign])
  return fault
}
