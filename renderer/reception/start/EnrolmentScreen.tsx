import type { CounterState } from '../../../core/counter/state.ts'
import { isKnownReason, reasonGroup } from '../../../core/reasonCodes.ts'
import { useWords, type Words } from '../../words/useWords.ts'
import { StartFrame } from './StartFrame.tsx'

/** A machine that becomes a station by itself, with the code that its program was started with. */
export function EnrolmentScreen({
  enrolment,
}: {
  enrolment: Exclude<CounterState['enrolment'], { status: 'enrolled' }>
}) {
  const words = useWords()
  const { t } = words
  const reason = enrolment.status === 'needed' ? enrolment.reason : null
  return (
    <StartFrame>
      <section className="startCard stack" aria-labelledby="enrolment-title">
        <h1 id="enrolment-title">{t('enrolment.title')}</h1>
        <p role="status">{reason === null ? t('enrolment.enrolling') : problemWords(words, reason)}</p>
      </section>
    </StartFrame>
  )
}

function problemWords(words: Words, reason: string): string {
  const group = isKnownReason(reason) ? reasonGroup(reason) : 'staff'
  const { text, todo } = words.reason({ reason, reasonGroup: group, params: {} })
  return `${text}. ${todo}`
}
