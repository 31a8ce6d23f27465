import { useState } from 'react'
import { CodeList } from '../../../core/contract/codeLists.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { newId } from '../client/newId.ts'
import { ask } from '../client/request.ts'
import { useTask } from '../client/useLoaded.ts'
import { TextField } from '../ui/Field.tsx'
import { NameField, TaskForm } from '../ui/TaskForm.tsx'
import { useOfficeWords } from '../words.ts'

interface Props {
  readonly campaignId: string
  readonly onMade: (list: CodeList) => void
  readonly onClose: () => void
}

/** An empty list: what it is called, and what holds for each of its codes. */
export function NewCodeList({ campaignId, onMade, onClose }: Props) {
  const { t } = useOfficeWords()
  const task = useTask()
  const [listId] = useState(newId)
  const [name, setName] = useState('')
  const [uses, setUses] = useState('1')
  const [until, setUntil] = useState('')
  const usesWrong = !/^[1-9]\d{0,6}$/.test(uses) || Number(uses) > 1_000_000
  const incomplete = name.trim() === '' || usesWrong
  const make = () => {
    const request = {
      listId,
      name: name.trim(),
      usesPerCode: Number(uses),
      ...(until === '' ? {} : { until: new Date(until).toISOString() }),
    }
    return ask('POST', `/v1/campaigns/${campaignId}/code-lists`, CodeList, request)
  }
  return (
    <Dialog title={t('office.codes.add')} onClose={onClose}>
      <TaskForm
        submit={t('office.codes.add')}
        ready={!incomplete}
        task={task}
        act={make}
        onDone={onMade}
        onCancel={onClose}
      >
        <NameField label={t('office.codes.name')} hint={t('office.codes.nameHint')} value={name} onChange={setName} />
        <TextField
          label={t('office.codes.usesPerCode')}
          hint={t('office.codes.usesHint')}
          problem={usesWrong && uses !== '' ? t('office.editor.invalid') : undefined}
          value={uses}
          inputMode="numeric"
          required
          maxLength={7}
          autoComplete="off"
          onChange={setUses}
        />
        <TextField
          label={t('office.codes.until')}
          hint={t('office.codes.untilHint')}
          type="datetime-local"
          value={until}
          onChange={setUntil}
        />
      </TaskForm>
    </Dialog>
  )
}
