import { useState } from 'react'
import { WebhookResponse, WebhookSecret, type WebhookView } from '../../../core/contract/webhooks.ts'
import { Button } from '../../ui/Button.tsx'
import { ask } from '../client/request.ts'
import { go } from '../client/route.ts'
import { useMay } from '../client/session.tsx'
import { useLoaded, useTask } from '../client/useLoaded.ts'
import { useStoreNames } from '../client/useStoreNames.ts'
import { TextField } from '../ui/Field.tsx'
import { Answer, Page, Panel, ProblemLine } from '../ui/Page.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { ShownSecret } from '../ui/ShownSecret.tsx'
import { useOfficeWords } from '../words.ts'
import { Deliveries } from './Deliveries.tsx'
import { WebhookDialog } from './WebhookDialog.tsx'
import { typesWords, WebhookState } from './webhookWords.tsx'

/** How far back messages are kept. */
const KEPT_MS = 14 * 86_400_000
/** For how long the secret before the last one signs as well. */
const OVERLAP_HOURS = 24

type Act = 'disable' | 'enable' | 'rotate' | 'replay' | 'remove'

/** One endpoint: what it is told, what became of that, and how it is tried, paused, sent again and removed. */
export function WebhookPage({ endpointId }: { endpointId: string }) {
  const { t } = useOfficeWords()
  const path = `/v1/webhooks/${endpointId}`
  const webhook = useLoaded(endpointId, () => ask('GET', path, WebhookResponse))
  const back = { href: '#/webhooks', text: t('office.webhooks.title') }
  const known = webhook.value?.webhook
  return known === undefined ? (
    <Page title={t('office.webhooks.one')} back={back}>
      <Answer of={webhook}>{() => null}</Answer>
    </Page>
  ) : (
    <Known webhook={known} back={back} onChanged={(changed) => webhook.put({ webhook: changed })} />
  )
}

function Known({
  webhook,
  back,
  onChanged,
}: {
  webhook: WebhookView
  back: { href: string; text: string }
  onChanged: (webhook: WebhookView) => void
}) {
  const words = useOfficeWords()
  const { t, when } = words
  const storeName = useStoreNames()
  const may = useMay()
  const [acting, setActing] = useState<Act | 'edit' | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const [asked, setAsked] = useState(0)
  const task = useTask()
  const path = `/v1/webhooks/${webhook.endpointId}`
  const changed = (next: WebhookView) => {
    onChanged(next)
    setAsked((before) => before + 1)
  }
  const test = async () => {
    const reason = t('office.webhooks.testReason')
    const done = await task.run(() => ask('POST', `${path}/test`, WebhookResponse, { reason }))
    if (done) changed(done.webhook)
  }
  const facts = [
    [t('office.webhooks.address'), webhook.url],
    [t('office.webhooks.of'), typesWords(webhook.types, words)],
    [t('office.store'), webhook.storeId === null ? t('office.everyStore') : storeName(webhook.storeId)],
    ...(webhook.failingSince === null ? [] : [[t('office.webhooks.failing'), when(webhook.failingSince)]]),
    ...(webhook.previousSecretUntil === null
      ? []
      : [[t('office.webhooks.previousUntil'), when(webhook.previousSecretUntil)]]),
  ]
  return (
    <Page
      title={webhook.description || webhook.url}
      back={back}
      actions={
        may('webhooks.administer') && (
          <>
            <Button look="primary" unavailable={task.busy} onClick={() => void test()}>
              {t('office.webhooks.test')}
            </Button>
            <Button onClick={() => setActing('edit')}>{t('office.webhooks.edit')}</Button>
            <Button onClick={() => setActing(webhook.state === 'enabled' ? 'disable' : 'enable')}>
              {t(`office.webhooks.act.${webhook.state === 'enabled' ? 'disable' : 'enable'}`)}
            </Button>
            <Button onClick={() => setActing('replay')}>{t('office.webhooks.act.replay')}</Button>
            <Button onClick={() => setActing('rotate')}>{t('office.webhooks.act.rotate')}</Button>
            <Button look="danger" onClick={() => setActing('remove')}>
              {t('office.webhooks.act.remove')}
            </Button>
          </>
        )
      }
    >
      <p className="page__state">
        <WebhookState webhook={webhook} />
      </p>
      <ProblemLine problem={task.problem} />
      {secret !== null && (
        <ShownSecret
          title={t('office.webhooks.secretTitle')}
          words={t('office.webhooks.secretWords')}
          secret={secret}
          onKept={() => setSecret(null)}
        />
      )}
      <Panel title={t('office.webhooks.facts')}>
        <dl className="facts">
          {facts.map(([name, text]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <bdi>{text}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      </Panel>
      <Deliveries endpointId={webhook.endpointId} asked={asked} />
      {acting === 'edit' && (
        <WebhookDialog
          webhook={webhook}
          onDone={(next) => {
            setActing(null)
            changed(next)
          }}
          onClose={() => setActing(null)}
        />
      )}
      {acting !== null && acting !== 'edit' && (
        <ActDialog path={path} act={acting} onChanged={changed} onSecret={setSecret} onClose={() => setActing(null)} />
      )}
    </Page>
  )
}

function ActDialog({
  path,
  act,
  onChanged,
  onSecret,
  onClose,
}: {
  path: string
  act: Act
  onChanged: (webhook: WebhookView) => void
  onSecret: (secret: string) => void
  onClose: () => void
}) {
  const { t } = useOfficeWords()
  const [from, setFrom] = useState('')
  const common = {
    title: t(`office.webhooks.act.${act}`),
    words: t(`office.webhooks.actWords.${act}`),
    submit: t(`office.webhooks.act.${act}`),
    reason: 'required',
    onClose,
  } as const
  if (act === 'rotate') {
    return (
      <ReasonDialog
        {...common}
        act={(reason) => ask('POST', `${path}/rotate`, WebhookSecret, { overlapHours: OVERLAP_HOURS, reason })}
        onDone={({ webhook, secret }) => {
          onChanged(webhook)
          onSecret(secret)
        }}
      />
    )
  }
  return (
    <ReasonDialog
      {...common}
      danger={act === 'remove'}
      act={(reason) =>
        ask('POST', `${path}/${act}`, WebhookResponse, { ...(act === 'replay' ? since(from) : {}), reason })
      }
      onDone={({ webhook }) => {
        if (act === 'remove') go('webhooks')
        else onChanged(webhook)
      }}
    >
      {act === 'replay' && (
        <TextField
          label={t('office.webhooks.replayFrom')}
          hint={t('office.webhooks.replayHint')}
          type="datetime-local"
          value={from}
          onChange={setFrom}
        />
      )}
    </ReasonDialog>
  )
}

/** Empty: as far back as anything is kept. */
const since = (local: string): { from: string } => ({
  from: new Date(local === '' ? Date.now() - KEPT_MS : local).toISOString(),
})
