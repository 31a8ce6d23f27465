import { useState } from 'react'
import { Done, RecoveryCodes, TotpEnrolment } from '../../../core/contract/office.ts'
import { Button } from '../../ui/Button.tsx'
import { ask } from '../client/request.ts'
import { useMe } from '../client/session.tsx'
import { useTask } from '../client/useLoaded.ts'
import { TextField } from '../ui/Field.tsx'
import { Panel } from '../ui/Page.tsx'
import { QrCode } from '../ui/QrCode.tsx'
import { useOfficeWords } from '../words.ts'
import { AccountForm } from './AccountForm.tsx'
import { CurrentPassword } from './CurrentPassword.tsx'
import { passwordWords } from './SetUp.tsx'

/** An authenticator beside the password: set up by QR code, confirmed by its first code, with codes for when it is lost. */
export function SecondFactor({ onChanged }: { onChanged: () => void }) {
  const { t } = useOfficeWords()
  const { secondFactor, recoveryCodesLeft } = useMe()
  const [enrolment, setEnrolment] = useState<TotpEnrolment | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  return (
    <Panel title={t('office.totp.title')}>
      {codes !== null ? (
        <ShownCodes codes={codes} onDone={() => setCodes(null)} />
      ) : secondFactor === 'on' ? (
        <IsOn codesLeft={recoveryCodesLeft} onCodes={setCodes} onChanged={onChanged} />
      ) : enrolment ? (
        <Confirm
          enrolment={enrolment}
          onConfirmed={(shown) => {
            setCodes(shown)
            setEnrolment(null)
            onChanged()
          }}
        />
      ) : (
        <Begin onBegun={setEnrolment} />
      )}
    </Panel>
  )
}

function Begin({ onBegun }: { onBegun: (enrolment: TotpEnrolment) => void }) {
  const { t } = useOfficeWords()
  const task = useTask()
  const [current, setCurrent] = useState('')
  return (
    <AccountForm
      task={task}
      submit={t('office.totp.begin')}
      ready={current !== ''}
      wrong="office.account.wrongPassword"
      act={() => ask('POST', '/v1/office/totp/enrol', TotpEnrolment, { current })}
      onDone={onBegun}
    >
      <p className="formGrid__wide">{t('office.totp.off')}</p>
      <CurrentPassword value={current} onChange={setCurrent} />
    </AccountForm>
  )
}

function Confirm({
  enrolment,
  onConfirmed,
}: {
  enrolment: TotpEnrolment
  onConfirmed: (codes: readonly string[]) => void
}) {
  const { t } = useOfficeWords()
  const task = useTask()
  const [code, setCode] = useState('')
  return (
    <AccountForm
      task={task}
      primary
      submit={t('office.totp.confirm')}
      ready={code.length >= 6}
      wrong="office.signIn.wrongCode"
      act={() => ask('POST', '/v1/office/totp/confirm', RecoveryCodes, { code })}
      onDone={({ recoveryCodes }) => onConfirmed(recoveryCodes)}
    >
      <div className="qrRow formGrid__wide">
        <QrCode text={enrolment.uri} label={t('office.totp.qr')} />
        <div className="stack">
          <p>{t('office.totp.scan')}</p>
          <p>
            {t('office.totp.secret')} <code className="secret">{enrolment.secret}</code>
          </p>
        </div>
      </div>
      <TextField
        label={t('office.totp.code')}
        value={code}
        autoComplete="one-time-code"
        autoFocus
        maxLength={64}
        onChange={setCode}
      />
    </AccountForm>
  )
}

function IsOn({
  codesLeft,
  onCodes,
  onChanged,
}: {
  codesLeft: number
  onCodes: (codes: readonly string[]) => void
  onChanged: () => void
}) {
  const { t } = useOfficeWords()
  const task = useTask()
  const [current, setCurrent] = useState('')
  const [code, setCode] = useState('')
  const renew = async () => {
    const made = await task.run(() => ask('POST', '/v1/office/recovery-codes', RecoveryCodes, { code }))
    if (!made) return
    setCode('')
    onCodes(made.recoveryCodes)
    onChanged()
  }
  const remove = async () => {
    const done = await task.run(() => ask('POST', '/v1/office/totp/remove', Done, { current, code }))
    if (done) onChanged()
  }
  return (
    <div className="formGrid">
      <p className="formGrid__wide">{t('office.totp.on', { count: codesLeft })}</p>
      <TextField
        label={t('office.totp.code')}
        value={code}
        autoComplete="one-time-code"
        maxLength={64}
        onChange={setCode}
      />
      <CurrentPassword value={current} hint={t('office.totp.toRemove')} onChange={setCurrent} />
      <div className="formGrid__end">
        <p className="inlineProblem" role="alert">
          {task.problem === null ? '' : passwordWords(task.problem, t, 'office.totp.wrong')}
        </p>
        <Button unavailable={task.busy || code.length < 6} onClick={() => void renew()}>
          {t('office.totp.newCodes')}
        </Button>
        <Button
          look="danger"
          unavailable={task.busy || code.length < 6 || current === ''}
          onClick={() => void remove()}
        >
          {t('office.totp.remove')}
        </Button>
      </div>
    </div>
  )
}

function ShownCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useOfficeWords()
  return (
    <div className="stack">
      <p role="status">{t('office.totp.codes')}</p>
      <ul className="secrets">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div>
        <Button look="primary" onClick={onDone}>
          {t('office.totp.kept')}
        </Button>
      </div>
    </div>
  )
}
