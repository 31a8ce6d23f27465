import { type FormEvent, useState } from 'react'
import { useSend } from '../../client/counterContext.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { BackspaceIcon } from '../../ui/icons.tsx'
import { Keypad } from '../../ui/Keypad.tsx'
import { useWords } from '../../words/useWords.ts'

const MAX_LENGTH = 128

/** A membership number typed because no reader works; it counts as a keyed barcode. */
export function KeyedDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const send = useSend()
  const [number, setNumber] = useState('')
  const identifier = number.trim()

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (identifier === '') return
    onClose()
    void send({ type: 'presentKeyed', medium: { type: 'barcode', identifier } })
  }
  const press = (key: string) =>
    setNumber((before) => (key === 'backspace' ? before.slice(0, -1) : (before + key).slice(0, MAX_LENGTH)))

  return (
    <Dialog title={t('keyed.title')} onClose={onClose} givesFocusBack={false}>
      <form className="stack" onSubmit={submit}>
        <label className="field">
          <span>{t('keyed.label')}</span>
          <input
            data-autofocus=""
            className="field__input figure"
            value={number}
            maxLength={MAX_LENGTH}
            inputMode="none"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setNumber(event.target.value)}
          />
        </label>
        <Keypad
          label={t('keyed.label')}
          keys={[
            ...['7', '8', '9', '4', '5', '6', '1', '2', '3', '0', '00'].map((key) => ({ key, face: key })),
            { key: 'backspace', face: <BackspaceIcon />, label: t('keyed.backspace'), look: 'function' as const },
          ]}
          onKey={press}
        />
        <p className="soft">{t('keyed.words')}</p>
        <Button submit look="primary" size="large" unavailable={identifier === ''}>
          {t('keyed.submit')}
        </Button>
      </form>
    </Dialog>
  )
}
