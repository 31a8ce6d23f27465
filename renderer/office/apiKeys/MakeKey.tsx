import { useState } from 'react'
import {
  API_KEY_MOST_DAYS,
  API_SCOPES,
  ApiKeyMade,
  type ApiScope,
  STORE_SCOPES,
} from '../../../core/contract/apiKeys.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { newId } from '../client/newId.ts'
import { ask } from '../client/request.ts'
import { useTask } from '../client/useLoaded.ts'
import { Checks, TextField } from '../ui/Field.tsx'
import { StoreChoice } from '../ui/StoreChoice.tsx'
import { NameField, TaskForm } from '../ui/TaskForm.tsx'
import { useOfficeWords } from '../words.ts'
import { scopeWords } from './scopeWords.ts'

const USUAL_DAYS = 365

/** A key for one program, with no more than it needs. Its id stays while the dialog is open: asking twice makes one key. */
export function MakeKey({ onMade, onClose }: { onMade: (made: ApiKeyMade) => void; onClose: () => void }) {
  const words = useOfficeWords()
  const { t } = words
  const task = useTask()
  const [keyId] = useState(newId)
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly ApiScope[]>([])
  const [storeId, setStoreId] = useState('')
  const [days, setDays] = useState(String(USUAL_DAYS))
  const needsStore = scopes.some((scope) => STORE_SCOPES.includes(scope))
  const daysWrong = !/^\d{1,3}$/.test(days) || Number(days) < 1 || Number(days) > API_KEY_MOST_DAYS
  const incomplete = name.trim() === '' || scopes.length === 0 || (needsStore && storeId === '') || daysWrong
  const make = () => {
    const request = { keyId, name: name.trim(), scopes, storeId: storeId || null, days: Number(days) }
    return ask('POST', '/v1/api-keys', ApiKeyMade, request)
  }
  return (
    <Dialog title={t('office.apiKeys.make')} onClose={onClose}>
      <TaskForm
        submit={t('office.apiKeys.make')}
        ready={!incomplete}
        task={task}
        act={make}
        onDone={onMade}
        onCancel={onClose}
      >
        <NameField
          label={t('office.apiKeys.name')}
          hint={t('office.apiKeys.nameHint')}
          value={name}
          onChange={setName}
        />
        <Checks<ApiScope>
          label={t('office.apiKeys.may')}
          chosen={scopes}
          choices={API_SCOPES.map((value) => ({ value, face: scopeWords(value, words) }))}
          onChange={setScopes}
        />
        <StoreChoice
          label={t('office.store')}
          hint={needsStore && storeId === '' ? t('office.apiKeys.needsStore') : undefined}
          value={storeId}
          onChange={setStoreId}
        />
        <TextField
          label={t('office.apiKeys.days')}
          hint={t('office.apiKeys.daysHint', { most: API_KEY_MOST_DAYS })}
          problem={daysWrong && days !== '' ? t('office.editor.invalid') : undefined}
          value={days}
          inputMode="numeric"
          required
          maxLength={3}
          autoComplete="off"
          onChange={setDays}
        />
      </TaskForm>
    </Dialog>
  )
}
