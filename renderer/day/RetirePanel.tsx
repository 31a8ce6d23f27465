import { useState } from 'react'
import type { DayDesk } from '../../core/counter/dayDesk.ts'
import { useSend } from '../client/counterContext.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { FormButtons } from '../ui/FormButtons.tsx'
import { WarnIcon } from '../ui/icons.tsx'
import { PinEntry } from '../ui/PinEntry.tsx'
import { usePinAsk } from '../ui/usePinAsk.ts'
import { useWords } from '../words/useWords.ts'

/** The end of this machine as a counter: what goes, what stays, and the manager's PIN once more. */
export function RetirePanel({ operator }: { operator: DayDesk['operator'] }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <section className="stack" aria-labelledby="retire-title">
      <h2 id="retire-title">{t('day.retire.title')}</h2>
      <p>{t('day.retire.words')}</p>
      <div className="setupRow">
        <Button look="danger" aria-haspopup="dialog" onClick={() => setOpen(true)}>
          {t('day.retire.open')}
        </Button>
      </div>
      {open && <RetireDialog operator={operator} onClose={() => setOpen(false)} />}
    </section>
  )
}

function RetireDialog({ operator, onClose }: { operator: DayDesk['operator']; onClose: () => void }) {
  const words = useWords()
  const { t } = words
  const send = useSend()
  const { operatorId, name } = operator
  const ask = usePinAsk({
    send: (pin) => send({ type: 'unenrol', operatorId, pin }),
    otherwise: (reason) => {
      const { text, todo } = words.reason({ reason, reasonGroup: 'staff', params: {} })
      return `${text}. ${todo}`
    },
  })
  return (
    <Dialog title={t('day.retire.title')} onClose={onClose}>
      <form className="stack" onSubmit={ask.submit}>
        <p className="retire__warning">
          <WarnIcon />
          <span>{t('day.retire.confirm')}</span>
        </p>
        <PinEntry name={name} label={t('readerSetup.door.pin')} {...ask.entry} />
        <p className="soft retire__sending" role="status">
          {ask.asking && t('day.retire.sending')}
        </p>
        <FormButtons
          submit={t('day.retire.submit')}
          look="danger"
          unavailable={ask.unavailable}
          asking={ask.asking}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  )
}
