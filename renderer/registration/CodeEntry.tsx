import { useState } from 'react'
import { BackspaceIcon } from '../ui/icons.tsx'
import { useWords } from '../words/useWords.ts'

const KEYS = [...'1234567890QWERTYUIOPASDFGHJKLZXCVBNM']
const LONGEST = 64

/** A unique code, typed on the screen or on a keyboard. */
export function CodeEntry({ onSubmit, onBack }: { onSubmit: (code: string) => void; onBack: () => void }) {
  const { t } = useWords()
  const [code, setCode] = useState('')
  const submit = () => {
    if (code !== '') onSubmit(code)
  }
  return (
    <form
      className="codeEntry"
      aria-labelledby="code-title"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <h2 id="code-title">{t('customer.codeTitle')}</h2>
      <p>{t('customer.codeHow')}</p>
      <input
        className="codeEntry__field"
        data-secret
        aria-label={t('customer.codeField')}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={LONGEST}
        value={code}
        onChange={(event) => setCode(event.target.value.toUpperCase())}
      />
      <div className="codeEntry__keys">
        {KEYS.map((key) => (
          <button
            key={key}
            type="button"
            className="kioskKey"
            onClick={() => setCode((before) => (before + key).slice(0, LONGEST))}
          >
            {key}
          </button>
        ))}
        <button
          type="button"
          className="kioskKey"
          aria-label={t('customer.codeDelete')}
          onClick={() => setCode((before) => before.slice(0, -1))}
        >
          <BackspaceIcon />
        </button>
      </div>
      <div className="kioskActions">
        <button type="button" className="kioskButton" onClick={onBack}>
          {t('customer.back')}
        </button>
        <button type="submit" className="kioskButton kioskButton--primary" aria-disabled={code === '' || undefined}>
          {t('customer.codeSubmit')}
        </button>
      </div>
    </form>
  )
}
