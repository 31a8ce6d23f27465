import { type FormEvent, useEffect, useRef, useState } from 'react'
import { CampaignRules } from '../../../core/campaigns/rules.ts'
import { CampaignResponse } from '../../../core/contract/campaigns.ts'
import { type StoreEntry, StoreList } from '../../../core/contract/stationList.ts'
import { Button } from '../../ui/Button.tsx'
import { newId } from '../client/newId.ts'
import { ask } from '../client/request.ts'
import { go } from '../client/route.ts'
import { useLoaded, useTask } from '../client/useLoaded.ts'
import { Answer, Empty, Page, Panel, ProblemLine } from '../ui/Page.tsx'
import { useOfficeWords } from '../words.ts'
import { AcquireFields } from './AcquireFields.tsx'
import { BenefitFields, TitleFields, ValidityFields } from './BasicFields.tsx'
import { ConditionFields } from './ConditionFields.tsx'
import { type CampaignForm, formOf, rulesOf } from './form.ts'
import { LimitFields, TermFields } from './LimitFields.tsx'
import { Preview } from './Preview.tsx'

/** Writes a draft: of a new campaign, or of a new version of one; what is in force stays until it is approved. */
export function CampaignEditor({ campaignId }: { campaignId: string | null }) {
  const { t } = useOfficeWords()
  const stores = useLoaded('stores', () => ask('GET', '/v1/stores', StoreList))
  const campaign = useLoaded(campaignId ?? '', () =>
    campaignId === null
      ? Promise.resolve({ ok: true as const, value: null })
      : ask('GET', `/v1/campaigns/${campaignId}`, CampaignResponse.nullable()),
  )
  const waits = stores.value === null || (campaignId !== null && campaign.value === null)
  if (waits) {
    return (
      <Page title={t('office.editor.title')}>
        <Answer of={campaign}>{() => null}</Answer>
        <Answer of={stores}>{() => null}</Answer>
      </Page>
    )
  }
  const newest = campaign.value?.proposal ?? campaign.value
  const known = newest ? CampaignRules.safeParse(newest.rules) : null
  if (known && !known.success) {
    return (
      <Page title={t('office.editor.title')}>
        <Empty title={t('office.editor.unknownRules')} />
      </Page>
    )
  }
  return (
    <Editor
      campaignId={campaignId}
      rules={known?.data ?? null}
      basedOn={newest?.contentHash}
      inForce={campaign.value?.inForce != null}
      stores={stores.value?.stores ?? []}
    />
  )
}

function Editor({
  campaignId,
  rules: initial,
  basedOn,
  inForce,
  stores,
}: {
  campaignId: string | null
  rules: CampaignRules | null
  basedOn: string | undefined
  inForce: boolean
  stores: readonly StoreEntry[]
}) {
  const { t } = useOfficeWords()
  const [id] = useState(() => campaignId ?? newId())
  const [form, setForm] = useState<CampaignForm>(() => formOf(initial, stores[0]?.currency ?? 'JPY', Date.now()))
  const [written, setWritten] = useState(form)
  const [tried, setTried] = useState(false)
  const task = useTask()
  const element = useRef<HTMLFormElement>(null)
  const isDirty = form !== written
  useEffect(() => {
    if (!isDirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isDirty])

  const result = rulesOf(form)
  // What it gives does not depend on what it is called.
  const tryable = result.ok ? result : rulesOf({ ...form, title: form.title.trim() || '–' })
  const wrong: ReadonlySet<string> = tried && !result.ok ? result.wrong : new Set()
  const fields = {
    campaignId: id,
    form,
    wrong,
    change: (changed: Partial<CampaignForm>) => setForm((before) => ({ ...before, ...changed })),
  }

  const save = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!result.ok) {
      // The first field that is not right is where one goes on.
      requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
      return
    }
    const draft = { campaignId: id, rules: result.rules, ...(basedOn === undefined ? {} : { basedOn }) }
    const saved = await task.run(() => ask('POST', '/v1/campaigns', CampaignResponse, draft))
    if (!saved) return
    setWritten(form)
    go(`campaigns/${id}`)
  }

  const title =
    campaignId === null ? t('office.editor.new') : t('office.editor.change', { title: initial?.title ?? '' })
  return (
    <Page
      title={title}
      back={
        campaignId === null
          ? { href: '#/campaigns', text: t('office.campaigns.title') }
          : { href: `#/campaigns/${campaignId}`, text: initial?.title ?? '' }
      }
    >
      {inForce && (
        <div className="notice">
          <p>{t('office.editor.staysInForce')}</p>
        </div>
      )}
      <div className="columns columns--editor">
        <form ref={element} className="stack" onSubmit={save} noValidate>
          <TitleFields {...fields} />
          <BenefitFields {...fields} />
          <ConditionFields {...fields} stores={stores} />
          <AcquireFields {...fields} />
          <LimitFields {...fields} />
          <ValidityFields {...fields} />
          <TermFields {...fields} />
          <div className="saveBar">
            {tried && !result.ok && (
              <p className="inlineProblem" role="alert">
                {t('office.editor.fix', { count: result.wrong.size })}
              </p>
            )}
            <ProblemLine problem={task.problem} />
            <Button submit look="primary" unavailable={task.busy}>
              {t('office.editor.save')}
            </Button>
          </div>
        </form>
        <div className="columns__aside">
          <Panel title={t('office.preview.title')}>
            {tryable.ok ? <Preview rules={tryable.rules} /> : <p className="soft">{t('office.preview.incomplete')}</p>}
          </Panel>
        </div>
      </div>
    </Page>
  )
}
