import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { unreachable } from '../../core/outcome.ts'

/** Why somebody is asked for a code: a wrong one, too many, no connection, or they have signed out. */
export type SignInProblem = 'signed_out' | 'too_often' | 'away' | 'left'

export function SignIn({
  code,
  problem,
  isBusy,
  onSubmit,
}: {
  code: string
  problem: SignInProblem | null
  isBusy: boolean
  onSubmit: (code: string) => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(code)
  return (
    <form
      className="my__card"
      aria-labelledby="sign-in"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy && typed !== '') onSubmit(typed)
      }}
    >
      <h2 id="sign-in">{t('customer.my.signInTitle')}</h2>
      <p id="how">{t('customer.my.signInHow')}</p>
      <label className="my__label">
        {t('customer.codeField')}
        <input
          className="my__field"
          aria-describedby="how"
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={20}
          value={typed}
          onChange={(event) => setTyped(event.target.value.toUpperCase())}
        />
      </label>
      {problem !== null && (
        <p className={problem === 'left' ? '' : 'my__problem'} role="alert">
          {problemWords(problem, t)}
        </p>
      )}
      <button type="submit" className="my__button" aria-disabled={isBusy || typed === '' || undefined}>
        {t(isBusy ? 'customer.my.signingIn' : 'customer.my.signIn')}
      </button>
    </form>
  )
}

function problemWords(problem: SignInProblem, t: ReturnType<typeof useTranslation>['t']): string {
  switch (problem) {
    case 'signed_out':
      return t('customer.my.wrongCode')
    case 'too_often':
      return t('customer.my.tooOften')
    case 'away':
      return t('customer.my.offline')
    case 'left':
      return t('customer.my.signedOut')
    default:
      return unreachable(problem)
  }
}
