import { useState } from 'react'
import { SignInResponse } from '../../../core/contract/office.ts'
import { Button } from '../../ui/Button.tsx'
import { ask } from '../client/request.ts'
import { useSessions } from '../client/session.tsx'
import { useTask } from '../client/useLoaded.ts'
import { useSubmit } from '../client/useSubmit.ts'
import { LookSettings } from '../Frame.tsx'
import { TextField } from '../ui/Field.tsx'
import { problemWords } from '../ui/Page.tsx'
import { useOfficeWords } from '../words.ts'

/** Name and password; the code of a second factor when the server asks for one. */
export function SignIn({ because }: { because: 'asked' | 'expired' | null }) {
  const { t } = useOfficeWords()
  const { signedIn } = useSessions()
  const task = useTask()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState<string | null>(null)
  const request = { name: name.trim(), password, ...(code === null ? {} : { code }) }
  const submit = useSubmit({
    task,
    ready: request.name !== '' && password !== '' && code !== '',
    act: () => ask('POST', '/v1/office/sign-in', SignInResponse, request),
    onDone: (answer) => {
      if (answer.status === 'signed_in') signedIn(answer.me)
      else setCode('')
    },
  })
  const wrong = task.problem?.kind === 'refused' && task.problem.status === 401
  return (
    <main className="signIn">
      <form className="signIn__form stack" onSubmit={submit} aria-labelledby="sign-in-title">
        <h1 id="sign-in-title">{t('office.signIn.title')}</h1>
        {because === 'expired' && <p role="status">{t('office.signIn.expired')}</p>}
        {code === null ? (
          <>
            <TextField
              label={t('office.signIn.name')}
              value={name}
              autoComplete="username"
              required
              maxLength={100}
              onChange={setName}
            />
            <TextField
              label={t('office.signIn.password')}
              type="password"
              value={password}
              autoComplete="current-password"
              required
              maxLength={1024}
              onChange={setPassword}
            />
          </>
        ) : (
          <TextField
            label={t('office.signIn.code')}
            hint={t('office.signIn.codeWords')}
            value={code}
            autoComplete="one-time-code"
            autoFocus
            required
            maxLength={64}
            onChange={setCode}
          />
        )}
        <p className="inlineProblem" role="alert">
          {task.problem === null
            ? ''
            : wrong
              ? t(code === null ? 'office.signIn.wrong' : 'office.signIn.wrongCode')
              : problemWords(task.problem, t)}
        </p>
        <Button submit look="primary" size="large" unavailable={task.busy}>
          {t('office.signIn.submit')}
        </Button>
        {code !== null && (
          <Button
            look="quiet"
            onClick={() => {
              setCode(null)
              setPassword('')
              task.forget()
            }}
          >
            {t('office.signIn.another')}
          </Button>
        )}
        <a className="signIn__setUp" href="#/set-up">
          {t('office.signIn.haveCode')}
        </a>
      </form>
      <div className="signIn__look">
        <LookSettings />
      </div>
    </main>
  )
}
