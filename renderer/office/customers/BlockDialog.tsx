import type { Holder } from '../../../core/contract/holders.ts'
import { MediaActionResponse } from '../../../core/contract/media.ts'
import { newId } from '../client/newId.ts'
import { ask } from '../client/request.ts'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { useOfficeWords } from '../words.ts'

interface Props {
  readonly medium: Holder['media'][number]
  readonly onDone: () => void
  readonly onClose: () => void
}

/** A medium that nobody may use any more, or may use again: each undoes the other. */
export function BlockDialog({ medium: { mediumId, blocked }, onDone, onClose }: Props) {
  const { t } = useOfficeWords()
  return (
    <ReasonDialog
      title={t(blocked ? 'office.customers.unblock' : 'office.customers.block')}
      words={t(blocked ? 'office.customers.unblockWords' : 'office.customers.blockWords')}
      submit={t(blocked ? 'office.customers.unblock' : 'office.customers.block')}
      danger={!blocked}
      reason="required"
      act={(reason) =>
        ask('POST', '/v1/media/block', MediaActionResponse, {
          actionId: newId(),
          medium: { mediumId },
          blocked: !blocked,
          reason,
        })
      }
      onDone={onDone}
      onClose={onClose}
    />
  )
}
