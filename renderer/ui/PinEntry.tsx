import { type Ref, useId } from 'react'
import { useWords } from '../words/useWords.ts'
import { BackspaceIcon } from './icons.tsx'
import { Keypad } from './Keypad.tsx'

const MAX_PIN = 128

/** Somebody's PIN, typed or touched, with what was wrong with the one before. The caller keeps it and sends it. */
export function PinEntry({
  name,
  label,
  pin,
  problem,
  field,
  onPin,
}: {
  /** Whose it is. */
  name: string
  label: string
  pin: string
  /** In words; empty while nothing is wrong. */
  problem: string
  field: Ref<HTMLInputElement>
  onPin: (change: (before: string) => string) => void
}) {
  const { t } = useWords()
  const problemId = useId()
  return (
    <>
      <label className="field">
        <span>{label}</span>
        <input
          ref={field}
          type="password"
          className="field__input field__input--pin"
          value={pin}
          maxLength={MAX_PIN}
          inputMode="none"
          autoComplete="off"
          aria-describedby={problemId}
          aria-invalid={problem !== ''}
          onChange={({ target }) => onPin(() => target.value)}
        />
      </label>
      <p id={problemId} className="inlineProblem" role="alert">
        {problem}
      </p>
      <Keypad
        label={t('signIn.pin', { name })}
        keys={[
          ...['7', '8', '9', '4', '5', '6', '1', '2', '3'].map((key) => ({ key, face: key })),
          { key: '0', face: '0', wide: true },
          { key: 'backspace', face: <BackspaceIcon />, label: t('purchase.backspace'), look: 'function' as const },
        ]}
        onKey={(key) =>
          onPin((before) => (key === 'backspace' ? before.slice(0, -1) : (before + key).slice(0, MAX_PIN)))
        }
      />
    </>
  )
}
