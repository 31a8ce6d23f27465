import { type FormEvent, useState } from 'react'
import { OperatorResponse, type OperatorView, SetUpCode } from '../../../core/contract/operators.ts'
import { OPERATOR_ROLES, type OperatorRole } from '../../../core/contract/sessions.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ask } from '../client/request.ts'
import { useMe } from '../client/session.tsx'
import { useTask } from '../client/useLoaded.ts'
import { Checks, Choice, TextArea, TextField } from '../ui/Field.tsx'
import { ProblemLine } from '../ui/Page.tsx'
import { StoreChoice } from '../ui/StoreChoice.tsx'
import { useOfficeWords } from '../words.ts'

/** Another role, another store, leaving; a new password, another PIN: each with a reason that is kept. */
export function EditOperator({
  operator,
  onChanged,
  onClose,
}: {
  operator: OperatorView
  onChanged: (operator: OperatorView, setUp: SetUpCode | null) => void
  onClose: () => void
}) {
  const { t } = useOfficeWords()
  const me = useMe().operator.operatorId === operator.operatorId
  const task = useTask()
  const [role, setRole] = useState<OperatorRole>(operator.role)
  const [storeId, setStoreId] = useState(operator.storeId ?? '')
  const [flags, setFlags] = useState<readonly string[]>(operator.active ? ['active'] : [])
  const [pin, setPin] = useState('')
  const [reason, setReason] = useState('')
  const why = reason.trim()
  const path = `/v1/operators/${operator.operatorId}`
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (why === '') return
    const update = { role, storeId: storeId === '' ? null : storeId, active: flags.includes('active'), reason: why }
    const done = await task.run(() => ask('POST', `${path}/update`, OperatorResponse, update))
    if (!done) return
    if (pin !== '') {
      const set = await task.run(() => ask('POST', `${path}/pin`, OperatorResponse, { pin, reason: why }))
      if (!set) return
    }
    onChanged(done.operator, null)
  }
  const reset = async () => {
    if (why === '') return
    const request = { secondFactor: flags.includes('factor'), reason: why }
    const code = await task.run(() => ask('POST', `${path}/reset`, SetUpCode, request))
    if (code) onChanged(operator, code)
  }
  return (
    <Dialog title={t('office.operators.editOf', { name: operator.name })} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <Choice<OperatorRole>
          label={t('office.operators.role')}
          value={role}
          choices={OPERATOR_ROLES.map((value) => ({ value, face: t(`office.roles.${value}`) }))}
          onChange={setRole}
        />
        <StoreChoice label={t('office.operators.store')} value={storeId} onChange={setStoreId} />
        {(role === 'cashier' || role === 'manager') && (
          <TextField
            label={t('office.operators.newPin')}
            hint={t('office.operators.pinHint')}
            type="password"
            value={pin}
            maxLength={128}
            autoComplete="new-password"
            onChange={setPin}
          />
        )}
        <Checks
          label={t('office.operators.more')}
          chosen={flags}
          choices={[
            { value: 'active', face: t('office.operators.worksHere') },
            { value: 'factor', face: t('office.operators.resetFactor') },
          ]}
          onChange={setFlags}
        />
        <TextArea
          label={t('office.reason')}
          value={reason}
          rows={2}
          maxLength={500}
          required
          autoFocus
          onChange={setReason}
        />
        <ProblemLine problem={task.problem} />
        <div className="row row--wrap">
          {!me && (
            <Button unavailable={task.busy || why === ''} onClick={() => void reset()}>
              {t('office.operators.reset')}
            </Button>
          )}
          <Button submit look="primary" unavailable={task.busy || why === ''}>
            {t('office.operators.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
