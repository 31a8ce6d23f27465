import { useState } from 'react'
import type { Holder } from '../../../core/contract/holders.ts'
import { MediaActionResponse } from '../../../core/contract/media.ts'
import { newId } from '../client/newId.ts'
import { ask } from '../client/request.ts'
import { Checks, TextField } from '../ui/Field.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { useOfficeWords } from '../words.ts'

interface Props {
  /** The one that is lost. */
  readonly medium: Holder['media'][number]
  readonly onDone: (holderId: string) => void
  readonly onClose: () => void
}

/** A lost medium is blocked and the one that lies at the terminal takes its place, on the word of whoever looked at it. */
export function TransferDialog({ medium, onDone, onClose }: Props) {
  const { t } = useOfficeWords()
  const [actionId] = useState(newId)
  const [code, setCode] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  return (
    <ReasonDialog
      title={t('office.customers.transferTitle', { type: t(`simulator.types.${medium.type}`) })}
      words={t('office.customers.transferWords')}
      submit={t('office.customers.transfer')}
      danger
      reason="required"
      reasonLabel={t('office.customers.proof')}
      unready={code.trim() === ''}
      act={(reason) =>
        ask('POST', '/v1/media/transfer', MediaActionResponse, {
          actionId,
          from: { mediumId: medium.mediumId },
          to: { presentation: code.trim() },
          proof: { reason },
          merge: chosen.includes('merge'),
        })
      }
      onDone={({ holderId }) => onDone(holderId)}
      onClose={onClose}
    >
      <TextField
        label={t('office.customers.newCode')}
        hint={t('office.customers.codeWords')}
        value={code}
        required
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        onChange={setCode}
      />
      <Checks
        label={t('office.customers.merge')}
        chosen={chosen}
        choices={[{ value: 'merge', face: t('office.customers.mergeBoth') }]}
        onChange={setChosen}
      />
    </ReasonDialog>
  )
}
