import { useState } from 'react'
import { MediaActionResponse } from '../../../core/contract/media.ts'
import { newId } from '../client/newId.ts'
import { ask } from '../client/request.ts'
import { TextField } from '../ui/Field.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { useOfficeWords } from '../words.ts'

interface Props {
  readonly onDone: (holderId: string) => void
  readonly onClose: () => void
}

/** Two media that both lie there belong to one customer from now on: each is shown, and says so with a code of its own. */
export function LinkDialog({ onDone, onClose }: Props) {
  const { t } = useOfficeWords()
  const [actionId] = useState(newId)
  const [codes, setCodes] = useState<readonly [string, string]>(['', ''])
  const [first, second] = codes
  const field = (label: string, value: string, onChange: (value: string) => void, isFirst = false) => (
    <TextField
      label={label}
      value={value}
      required
      maxLength={64}
      autoComplete="off"
      spellCheck={false}
      data-autofocus={isFirst || undefined}
      onChange={onChange}
    />
  )
  return (
    <ReasonDialog
      title={t('office.customers.link')}
      words={t('office.customers.linkWords')}
      submit={t('office.customers.link')}
      reason="none"
      unready={first.trim() === '' || second.trim() === ''}
      act={() =>
        ask('POST', '/v1/media/link', MediaActionResponse, {
          actionId,
          presentations: [first.trim(), second.trim()],
        })
      }
      onDone={({ holderId }) => onDone(holderId)}
      onClose={onClose}
    >
      {field(t('office.customers.firstCode'), first, (value) => setCodes([value, second]), true)}
      {field(t('office.customers.secondCode'), second, (value) => setCodes([first, value]))}
    </ReasonDialog>
  )
}
