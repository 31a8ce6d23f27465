import { useEffect } from 'react'
import type { CustomerCode } from '../../../core/counter/customerCode.ts'
import { useSend } from '../../client/counterContext.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { CardIcon, WarnIcon } from '../../ui/icons.tsx'
import { useWords } from '../../words/useWords.ts'

/** A customer's card is tapped, and a code says to the office whose it is: for a blocked, a lost or a new one. */
export function CustomerCodeDialog({
  customerCode,
  onClose,
}: {
  customerCode: CustomerCode | null
  onClose: () => void
}) {
  const { t } = useWords()
  const send = useSend()
  // As long as this is open, a card is for its code; then the next one is a customer's visit again.
  useEffect(() => {
    void send({ type: 'customerCode', do: 'ask' })
    return () => void send({ type: 'customerCode', do: 'stop' })
  }, [send])
  return (
    <Dialog title={t('cashier.customerCode.title')} onClose={onClose} givesFocusBack={false}>
      <p className="soft">{t('cashier.customerCode.words')}</p>
      <div className={`customerCode customerCode--${customerCode?.step ?? 'waiting'}`} role="status">
        <Step of={customerCode ?? { step: 'waiting' }} />
      </div>
      <Button look="quiet" size="large" data-autofocus="" onClick={onClose}>
        {t('cashier.customerCode.stop')}
      </Button>
    </Dialog>
  )
}

function Step({ of }: { of: CustomerCode }) {
  const words = useWords()
  const { t, moment } = words
  switch (of.step) {
    case 'waiting':
      return (
        <p className="customerCode__what">
          <CardIcon />
          {t('cashier.customerCode.waiting')}
        </p>
      )
    case 'asking':
      return <p className="customerCode__what">{t('cashier.customerCode.asking')}</p>
    case 'shown':
      return (
        <>
          <p className="customerCode__code">{of.code}</p>
          <p>{t('cashier.customerCode.until', { time: moment(of.expiresAt) })}</p>
          {!of.known && <p>{t('cashier.customerCode.isNew')}</p>}
        </>
      )
    case 'refused': {
      const { text, todo } = words.reason(of.refused)
      return (
        <>
          <p className="customerCode__what">
            <WarnIcon />
            {text}
          </p>
          <p>{todo}</p>
        </>
      )
    }
  }
}
