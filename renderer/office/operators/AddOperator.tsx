import { useState } from 'react'
import { OperatorMade, type OperatorView, type SetUpCode } from '../../../core/contract/operators.ts'
import { OPERATOR_ROLES, type OperatorRole } from '../../../core/contract/sessions.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { newId } from '../client/newId.ts'
import { ask } from '../client/request.ts'
import { useTask } from '../client/useLoaded.ts'
import { Choice, TextField } from '../ui/Field.tsx'
import { StoreChoice } from '../ui/StoreChoice.tsx'
import { NameField, TaskForm } from '../ui/TaskForm.tsx'
import { useOfficeWords } from '../words.ts'

export function AddOperator({
  onAdded,
  onClose,
}: {
  onAdded: (operator: OperatorView, setUp: SetUpCode | null) => void
  onClose: () => void
}) {
  const { t } = useOfficeWords()
  const task = useTask()
  const [operatorId] = useState(newId)
  const [name, setName] = useState('')
  const [role, setRole] = useState<OperatorRole>('cashier')
  const [storeId, setStoreId] = useState('')
  const [pin, setPin] = useState('')
  const hasPin = role === 'cashier' || role === 'manager'
  const add = () => {
    const request = {
      operatorId,
      name: name.trim(),
      role,
      storeId: storeId === '' ? null : storeId,
      ...(hasPin && pin !== '' ? { pin } : {}),
    }
    return ask('POST', '/v1/operators', OperatorMade, request)
  }
  return (
    <Dialog title={t('office.operators.add')} onClose={onClose}>
      <TaskForm
        submit={t('office.operators.add')}
        ready={name.trim() !== ''}
        task={task}
        act={add}
        onDone={(made) => onAdded(made.operator, made.setUp)}
        onCancel={onClose}
      >
        <NameField label={t('office.operators.name')} value={name} onChange={setName} />
        <Choice<OperatorRole>
          label={t('office.operators.role')}
          value={role}
          choices={OPERATOR_ROLES.map((value) => ({ value, face: t(`office.roles.${value}`) }))}
          onChange={setRole}
        />
        <StoreChoice label={t('office.operators.store')} value={storeId} onChange={setStoreId} />
        {hasPin && (
          <TextField
            label={t('office.operators.pin')}
            hint={t('office.operators.pinHint')}
            type="password"
            value={pin}
            maxLength={128}
            autoComplete="new-password"
            onChange={setPin}
          />
        )}
      </TaskForm>
    </Dialog>
  )
}
