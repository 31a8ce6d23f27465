import { useState } from 'react'
import { NoticeType } from '../../../core/contract/notices.ts'
import { WebhookMade, type WebhookView } from '../../../core/contract/webhooks.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { newId } from '../client/newId.ts'
import { ask } from '../client/request.ts'
import { useTask } from '../client/useLoaded.ts'
import { Checks, TextField } from '../ui/Field.tsx'
import { StoreChoice } from '../ui/StoreChoice.tsx'
import { TaskForm } from '../ui/TaskForm.tsx'
import { useOfficeWords } from '../words.ts'
import { typeWords } from './webhookWords.tsx'

interface Props {
  /** null: a new one. */
  readonly webhook: WebhookView | null
  /** `secret` is there for a new one alone. */
  readonly onDone: (webhook: WebhookView, secret: string | null) => void
  readonly onClose: () => void
}

/** Where messages go, and which. */
export function WebhookDialog({ webhook, onDone, onClose }: Props) {
  const words = useOfficeWords()
  const { t } = words
  const task = useTask()
  const [endpointId] = useState(() => webhook?.endpointId ?? newId())
  const [url, setUrl] = useState(webhook?.url ?? 'https://')
  const [description, setDescription] = useState(webhook?.description ?? '')
  const [types, setTypes] = useState<readonly string[]>(webhook?.types ?? [])
  const [storeId, setStoreId] = useState(webhook?.storeId ?? '')
  const isAddress = URL.canParse(url) && /^https?:\/\/[^/]/.test(url)
  const keep = () => {
    const request = { endpointId, url, description: description.trim(), types, storeId: storeId || null }
    return ask('POST', '/v1/webhooks', WebhookMade, request)
  }
  const title = t(webhook === null ? 'office.webhooks.add' : 'office.webhooks.edit')
  return (
    <Dialog title={title} onClose={onClose}>
      <TaskForm
        submit={title}
        ready={isAddress}
        task={task}
        act={keep}
        onDone={(made) => onDone(made.webhook, made.secret)}
        onCancel={onClose}
      >
        <TextField
          label={t('office.webhooks.address')}
          hint={t('office.webhooks.addressHint')}
          type="url"
          value={url}
          required
          maxLength={2_000}
          autoComplete="off"
          data-autofocus
          onChange={setUrl}
        />
        <TextField
          label={t('office.webhooks.description')}
          value={description}
          maxLength={200}
          autoComplete="off"
          onChange={setDescription}
        />
        <Checks<string>
          label={t('office.webhooks.ofHint')}
          chosen={types}
          choices={NoticeType.options.map((value) => ({ value, face: typeWords(value, words) }))}
          onChange={setTypes}
        />
        <StoreChoice label={t('office.store')} value={storeId} onChange={setStoreId} />
      </TaskForm>
    </Dialog>
  )
}
