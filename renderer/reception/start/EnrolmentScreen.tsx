import { type FormEvent, useState } from 'react'
import type { CounterState } from '../../../core/counter/state.ts'
import { isKnownReason, reasonGroup } from '../../../core/reasonCodes.ts'
import { useSend } from '../../client/counterContext.tsx'
import { Button } from '../../ui/Button.tsx'
import { useWords, type Words } from '../../words/useWords.ts'
import { StartFrame } from './StartFrame.tsx'

/** A counter that belongs to no store yet: the one-time code connects it. */
export function EnrolmentScreen({
  enrolment,
}: {
  enrolment: Exclude<CounterState['enrolment'], { status: 'enrolled' }>
}) {
  const words = useWords()
  const { t } = words
  const send = useSend()
  const [code, setCode] = useState('')
  const enrolling = enrolment.status === 'enrolling'
  const problem = enrolment.status === 'needed' && enrolment.reason ? problemWords(words, enrolment.reason) : null
  const unavailable = enrolling || code.trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!unavailable) void send({ type: 'enrol', code: code.trim() })
  }
  return (
    <StartFrame>
      <form className="startCard stack" onSubmit={submit}>
        <h1>{t('enrolment.title')}</h1>
        <p className="soft">{t('enrolment.intro')}</p>
        <label className="field">
          <span>{t('enrolment.code')}</span>
          <input
            className="field__input figure"
            data-secret=""
            value={code}
            maxLength={128}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: the one field of the screen
            autoFocus
            aria-describedby="enrolment-problem"
            aria-invalid={problem !== null}
            onChange={(event) => setCode(event.target.value)}
          />
        </label>
        <p id="enrolment-problem" className="inlineProblem" role="alert">
          {problem}
        </p>
        <Button submit look="primary" size="large" unavailable={unavailable} aria-busy={enrolling || undefined}>
          {enrolling ? t('enrolment.enrolling') : t('enrolment.submit')}
        </Button>
      </form>
    </StartFrame>
  )
}

function problemWords(words: Words, reason: string): string {
  const group = isKnownReason(reason) ? reasonGroup(reason) : 'staff'
  const { text, todo } = words.reason({ reason, reasonGroup: group, params: {} })
  return `${text}. ${todo}`
}
