import { useState } from 'react'
import { Done } from '../../../core/contract/office.ts'
import { PASSWORD_MIN, passwordProblem } from '../../../core/contract/passwords.ts'
import { ask } from '../client/request.ts'
import { useMe } from '../client/session.tsx'
import { useTask } from '../client/useLoaded.ts'
import { TextField } from '../ui/Field.tsx'
import { Panel } from '../ui/Page.tsx'
import { useOfficeWords } from '../words.ts'
import { AccountForm } from './AccountForm.tsx'
import { CurrentPassword } from './CurrentPassword.tsx'

/** Another password; every other session ends with it. */
export function PasswordForm() {
  const { t } = useOfficeWords()
  const { operator } = useMe()
  const task = useTask()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [done, setDone] = useState(false)
  const weak = password === '' ? null : passwordProblem(password, [operator.name])
  const changed = () => {
    setDone(true)
    setCurrent('')
    setPassword('')
  }
  return (
    <Panel title={t('office.account.password')}>
      <AccountForm
        task={task}
        submit={t('office.account.setPassword')}
        ready={current !== '' && password !== '' && weak === null}
        wrong="office.account.wrongPassword"
        status={<p role="status">{done ? t('office.account.passwordDone') : ''}</p>}
        act={() => ask('POST', '/v1/office/password', Done, { current, password })}
        onDone={changed}
      >
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
      </AccountForm>
    </Panel>
  )
}
