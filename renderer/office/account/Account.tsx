import { useState } from 'react'
import { Done, OfficeMe, OfficeSessions } from '../../../core/contract/office.ts'
import { Button } from '../../ui/Button.tsx'
import { ask } from '../client/request.ts'
import { useMe, useSessions } from '../client/session.tsx'
import { useLoaded } from '../client/useLoaded.ts'
import { Answer, Page, Panel } from '../ui/Page.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { useOfficeWords } from '../words.ts'
import { browserName } from './browserName.ts'
import { PasswordForm } from './PasswordForm.tsx'
import { SecondFactor } from './SecondFactor.tsx'

/** One's own password, second factor and sessions. */
export function Account() {
  const { t, when } = useOfficeWords()
  const { secondFactor } = useMe()
  const { signedIn } = useSessions()
  const renew = async () => {
    const answer = await ask('GET', '/v1/office/me', OfficeMe)
    if (answer.ok) signedIn(answer.value)
  }
  const sessions = useLoaded('sessions', () => ask('GET', '/v1/office/sessions', OfficeSessions))
  const [ending, setEnding] = useState(false)
  return (
    <Page title={t('office.account.title')}>
      {secondFactor === 'required' && (
        <div className="notice notice--warn" role="status">
          <p>{t('office.account.required')}</p>
        </div>
      )}
      <SecondFactor onChanged={() => void renew()} />
      <PasswordForm />
      <Panel
        title={t('office.account.sessions')}
        actions={<Button onClick={() => setEnding(true)}>{t('office.account.endAll')}</Button>}
      >
        <Answer of={sessions}>
          {({ sessions: all }) => (
            <ul className="rows">
              {all.map((one) => (
                <li key={one.sessionId} className="rows__row">
                  <span>
                    <bdi>{one.agent === null ? t('office.account.program') : browserName(one.agent)}</bdi>
                    {one.current && <span className="tag">{t('office.account.thisOne')}</span>}
                  </span>
                  <span className="soft">{t('office.account.seen', { at: when(one.seenAt) })}</span>
                </li>
              ))}
            </ul>
          )}
        </Answer>
      </Panel>
      {ending && (
        <ReasonDialog
          title={t('office.account.endAll')}
          words={t('office.account.endAllWords')}
          submit={t('office.account.endAll')}
          danger
          reason="none"
          act={() => ask('POST', '/v1/office/sign-out-everywhere', Done, {})}
          onDone={() => window.location.reload()}
          onClose={() => setEnding(false)}
        />
      )}
    </Page>
  )
}
