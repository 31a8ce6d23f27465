import { useState } from 'react'
import { REPEATABLE_STEPS } from '../../core/counter/firstRun.ts'
import type { ShellView } from '../../core/counter/shellView.ts'
import { useCounter, useSend } from '../client/counterContext.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { useWords } from '../words/useWords.ts'

/** For whoever may end the program here: how this machine shows the counter, and the only way out of a kiosk. */
export function ThisMachine() {
  const { t } = useWords()
  const { state } = useCounter()
  const [open, setOpen] = useState(false)
  const shell = state?.shell
  if (shell === undefined) return null
  const isSetUp = state?.enrolment.status === 'enrolled' && state.firstRun === null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('kiosk.machine')}</Button>
      {open && <MachineDialog shell={shell} isSetUp={isSetUp} onClose={() => setOpen(false)} />}
    </>
  )
}

function MachineDialog({ shell, isSetUp, onClose }: { shell: ShellView; isSetUp: boolean; onClose: () => void }) {
  const words = useWords()
  const { t } = words
  const send = useSend()
  const [problem, setProblem] = useState('')
  const again = async (step: (typeof REPEATABLE_STEPS)[number]) => {
    onClose()
    await send({ type: 'firstRun', action: { do: 'again', step } })
  }
  const end = async () => {
    const answer = await send({ type: 'leaveKiosk' })
    if (answer.ok) return
    const { text, todo } = words.reason(answer)
    setProblem(`${text}. ${todo}`)
  }
  return (
    <Dialog title={t('kiosk.machine')} onClose={onClose}>
      <dl className="machine">
        <dt>{t('kiosk.shownBy')}</dt>
        <dd>{t(`kiosk.shell.${shell.kind}`)}</dd>
        <dt>{t('kiosk.version')}</dt>
        <dd>
          <bdi>{shell.version}</bdi>
        </dd>
        <dt>{t('kiosk.keys')}</dt>
        <dd>{t(`kiosk.secrets.${shell.secrets}`)}</dd>
      </dl>
      {isSetUp && (
        <section className="stack" aria-labelledby="set-up-again">
          <h3 id="set-up-again">{t('firstRun.machine.title')}</h3>
          <div className="menuGrid">
            {REPEATABLE_STEPS.map((step) => (
              <Button key={step} onClick={() => void again(step)}>
                {t(`firstRun.machine.${step}`)}
              </Button>
            ))}
          </div>
        </section>
      )}
      {shell.kiosk && (
        <>
          <p className="soft">{t('kiosk.endWords')}</p>
          <p role="alert" className="inlineProblem">
            {problem}
          </p>
          <Button size="large" onClick={() => void end()}>
            {t('kiosk.end')}
          </Button>
        </>
      )}
    </Dialog>
  )
}
