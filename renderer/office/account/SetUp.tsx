import { useState } from 'react'
import { SetUpResponse } from '../../../core/contract/office.ts'
import { PASSWORD_MIN, PASSWORD_PROBLEMS, passwordProblem } from '../../../core/contract/passwords.ts'
import { Button } from '../../ui/Button.tsx'
import { ask, type OfficeProblem } from '../client/request.ts'
import { useTask } from '../client/useLoaded.ts'
import { useSubmit } from '../client/useSubmit.ts'
import { TextField } from '../ui/Field.tsx'
import { problemWords } from '../ui/Page.tsx'
import { type OfficeWords, useOfficeWords } from '../words.ts'

/** With an administrator's one-time code: a first or a new password. */
export function SetUp() {
  const { t } = useOfficeWords()
  const task = useTask()
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const [name, setName] = useState<string | null>(null)
  const weak = password === '' ? null : passwordProblem(password)
  const submit = useSubmit({
    task,
    ready: code.trim() !== '' && password !== '' && weak === null,
    act: () => ask('POST', '/v1/office/set-up', SetUpResponse, { code: code.trim(), password }),
    onDone: (done) => setName(done.name),
  })
  return (
    <main className="signIn">
      <form className="signIn__form stack" onSubmit={submit} aria-labelledby="set-up-title">
        <h1 id="set-up-title">{t('office.setUp.title')}</h1>
        {name === null ? (
          <>
            <TextField
              label={t('office.setUp.code')}
              hint={t('office.setUp.codeWords')}
              value={code}
              required
              maxLength={64}
              autoComplete="off"
              onChange={setCode}
            />
            <TextField
              label={t('office.setUp.password')}
              hint={t('office.setUp.passwordWords', { count: PASSWORD_MIN })}
              problem={weak === null ? undefined : t(`office.password.${weak}`)}
              type="password"
              value={password}
              required
              maxLength={1024}
              autoComplete="new-password"
              onChange={setPassword}
            />
            <p className="inlineProblem" role="alert">
              {task.problem === null ? '' : passwordWords(task.problem, t, 'office.setUp.wrong')}
            </p>
            <Button submit look="primary" size="large" unavailable={task.busy || weak !== null}>
              {t('office.setUp.submit')}
            </Button>
          </>
        ) : (
          <p role="status">{t('office.setUp.done', { name })}</p>
        )}
        <a className="signIn__setUp" href="#/">
          {t('office.setUp.signIn')}
        </a>
      </form>
    </main>
  )
}

/** Why a password was not taken; `wrong`: what it means here that something does not fit. */
export function passwordWords(problem: OfficeProblem, t: OfficeWords['t'], wrong: string): string {
  if (problem.kind === 'refused') {
    const says = (message: string) => problem.problem.errors?.some((error) => error.message === message) === true
    if (problem.status === 401 || says('wrong')) return t(wrong)
    const named = PASSWORD_PROBLEMS.find(says)
    if (named) return t(`office.password.${named}`)
  }
  return problemWords(problem, t)
}
