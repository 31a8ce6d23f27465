import { type FormEvent, useState } from 'react'
import { Done } from '../../../core/contract/office.ts'
import { PASSWORD_MIN, passwordProblem } from '../../../core/contract/passwords.ts'
import { Button } from '../../ui/Button.tsx'
import { ask } from '../client/request.ts'
import { useMe } from '../client/session.tsx'
import { useTask } from '../client/useLoaded.ts'
import { TextField } from '../ui/Field.tsx'
import { Panel } from '../ui/Page.tsx'
import { useOfficeWords } from '../words.ts'
import { CurrentPassword } from './CurrentPassword.tsx'
import { passwordWords } from './SetUp.tsx'

/** Another password; every other session ends with it. */
export function PasswordForm() {
  const { t } = useOfficeWords()
  const { operator } = useMe()
  const task = useTask()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [done, setDone] = useState(false)
  const weak = password === '' ? null : passwordProblem(password, [operator.name])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (current === '' || password === '' || weak !== null) return
    const answer = await task.run(() => ask('POST', '/v1/office/password', Done, { current, password }))
    if (!answer) return
    setDone(true)
    setCurrent('')
    setPassword('')
  }
  return (
    <Panel title={t('office.account.password')}>
      <form className="formGrid" onSubmit={submit}>
        <CurrentPassword value={current} onChange={setCurrent} />
        <TextField
          label={t('office.setUp.password')}
          hint={t('office.setUp.passwordWords', { count: PASSWORD_MIN })}
          problem={weak === null ? undefined : t(`office.password.${weak}`)}
          type="password"
          value={password}
          autoComplete="new-password"
          maxLength={1024}
          onChange={setPassword}
        />
        <div className="formGrid__end">
          <p className="inlineProblem" role="alert">
            {task.problem === null ? '' : passwordWords(task.problem, t, 'office.account.wrongPassword')}
          </p>
          <p role="status">{done ? t('office.account.passwordDone') : ''}</p>
          <Button submit unavailable={task.busy || current === '' || password === '' || weak !== null}>
            {t('office.account.setPassword')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}
