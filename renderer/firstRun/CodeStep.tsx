import { useState } from 'react'
import type { FirstRun } from '../../core/counter/firstRun.ts'
import { typedEnrolmentCode } from '../../core/enrolment/code.ts'
import { CheckIcon } from '../ui/icons.tsx'
import { useWords } from '../words/useWords.ts'
import { TypedStep } from './TypedStep.tsx'
import { useFirstRun } from './useFirstRun.ts'

/** What a code that is complete now is not any more. */
const IN_THE_CODE: readonly string[] = ['incomplete', 'mistyped', 'other_qr']

/** The one-time code from head office: scanned with any scanner of this machine, whatever has the focus, or typed. */
export function CodeStep({ firstRun }: { firstRun: FirstRun }) {
  const { t } = useWords()
  const act = useFirstRun()
  const { asking, problem, server } = firstRun
  const [text, setText] = useState('')
  const typed = typedEnrolmentCode(text)
  return (
    <TypedStep
      firstRun={firstRun}
      title={t('firstRun.code.title')}
      scan={t('firstRun.code.scan')}
      words={t('firstRun.code.words')}
      label={t('firstRun.code.label')}
      field={{ className: 'figure firstRun__code', maxLength: 512, autoCapitalize: 'characters' }}
      text={text}
      onText={setText}
      hint={
        typed.ok ? (
          <>
            <CheckIcon /> {t('firstRun.code.whole')}
          </>
        ) : typed.problem === 'mistyped' && !text.startsWith('{') ? (
          t('firstRun.problems.mistyped.text')
        ) : (
          t('firstRun.code.hint')
        )
      }
      settled={typed.ok && problem !== null && IN_THE_CODE.includes(problem.code)}
      submit={t(asking ? 'firstRun.code.asking' : 'firstRun.code.submit')}
      onSubmit={() => void act({ do: 'typeCode', text })}
    >
      {server.address !== null && (
        <p className="soft">
          {t('firstRun.code.server')} <bdi dir="ltr">{server.address}</bdi>
        </p>
      )}
    </TypedStep>
  )
}
