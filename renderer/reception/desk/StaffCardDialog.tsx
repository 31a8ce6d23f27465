import { useEffect } from 'react'
import type { CounterState } from '../../../core/counter/state.ts'
import { useSend } from '../../client/counterContext.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { CardIcon, CheckIcon } from '../../ui/icons.tsx'
import { useWords } from '../../words/useWords.ts'

/** Whoever is signed in makes a card their own, at this counter. */
export function StaffCardDialog({ staffCard, onClose }: { staffCard: CounterState['staffCard']; onClose: () => void }) {
  const { t } = useWords()
  const send = useSend()
  // The next customer's card is a customer's again, however this is left.
  useEffect(() => () => void send({ type: 'staffCard', do: 'stop' }), [send])
  return (
    <Dialog title={t('cashier.staffCard.title')} onClose={onClose} givesFocusBack={false}>
      <p className="soft">{t('cashier.staffCard.words')}</p>
      <p className={`cardWait cardWait--${staffCard ?? 'none'}`} role="status">
        {staffCard === 'linked' ? <CheckIcon /> : staffCard === 'waiting' ? <CardIcon /> : null}
        {staffCard && t(`cashier.staffCard.${staffCard}`)}
      </p>
      <div className="stack">
        {staffCard !== 'waiting' && (
          <Button
            size="large"
            look="primary"
            data-autofocus=""
            onClick={() => void send({ type: 'staffCard', do: 'link' })}
          >
            {t('cashier.staffCard.link')}
          </Button>
        )}
        <Button size="large" onClick={() => void send({ type: 'staffCard', do: 'forgetAll' })}>
          {t('cashier.staffCard.forget')}
        </Button>
        <Button look="quiet" size="large" onClick={onClose}>
          {t('cashier.staffCard.stop')}
        </Button>
      </div>
    </Dialog>
  )
}
