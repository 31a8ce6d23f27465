import { type FormEvent, useState } from 'react'
import type { FirstRun } from '../../core/counter/firstRun.ts'
import { typedEnrolmentCode } from '../../core/enrolment/code.ts'
import { Button } from '../ui/Button.tsx'
import { CheckIcon, CodeIcon } from '../ui/icons.tsx'
import { useWords } from '../words/useWords.ts'
import { Problem } from './Problem.tsx'
import { useFirstRun } from './useFirstRun.ts'

/** What a code that is complete now is not any more. */
const IN_THE_CODE: readonly string[] = ['incomplete', 'mistyped', 'other_qr']
const GONE = { problem: null }

/** The one-time code from head office: scanned with any scanner of this machine, whatever has the focus, or typed. */
export function CodeStep({ firstRun }: { firstRun: FirstRun }) {
  const { t } = useWords()
  const act = useFirstRun()
  const { asking, problem, server } = firstRun
  const [text, setText] = useState('')
  const typed = typedEnrolmentCode(text)
  const unavailable = asking || text.trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!unavailable) void act({ do: 'typeCode', text })
  }
  return (
    <form className="startCard startCard--wide stack" onSubmit={submit}>
      <h1>{t('firstRun.code.title')}</h1>
      <p className="firstRun__scan">
        <CodeIcon />
        <span>{t('firstRun.code.scan')}</span>
      </p>
      <p className="soft">{t('firstRun.code.words')}</p>
      <label className="field">
        <span>{t('firstRun.code.label')}</span>
        <input
          className="field__input figure firstRun__code"
          dir="ltr"
          value={text}
          maxLength={512}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          aria-describedby="code-hint code-problem"
          aria-invalid={problem !== null}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <p id="code-hint" className="soft firstRun__hint" role="status">
        {typed.ok ? (
          <>
            <CheckIcon /> {t('firstRun.code.whole')}
          </>
        ) : typed.problem === 'mistyped' && !text.startsWith('{') ? (
          t('firstRun.problems.mistyped.text')
        ) : (
          t('firstRun.code.hint')
        )}
      </p>
      <Problem
        id="code-problem"
        firstRun={typed.ok && problem && IN_THE_CODE.includes(problem.code) ? GONE : firstRun}
      />
      <Button submit look="primary" size="large" unavailable={unavailable} aria-busy={asking || undefined}>
        {t(asking ? 'firstRun.code.asking' : 'firstRun.code.submit')}
      </Button>
      {server.address !== null && (
        <p className="soft">
          {t('firstRun.code.server')} <bdi dir="ltr">{server.address}</bdi>
        </p>
      )}
    </form>
  )
}
