import { FIRST_RUN_STEPS, type FirstRun, type FirstRunStep } from '../../core/counter/firstRun.ts'
import { CheckIcon } from '../ui/icons.tsx'
import { useWords } from '../words/useWords.ts'
import { useFirstRun } from './useFirstRun.ts'

/** The way: what is done, where this machine is, what is still to come. Steps that can be done once more are buttons. */
export function StepList({ firstRun }: { firstRun: FirstRun }) {
  const { t } = useWords()
  const act = useFirstRun()
  const { step, server, repeated } = firstRun
  const steps = FIRST_RUN_STEPS.filter((one) => one !== 'confirm' && !(one === 'server' && server.fixed))
  const shown = step === 'confirm' ? 'code' : step
  const at = steps.indexOf(shown)
  return (
    <nav className="firstRun__steps" aria-label={t('firstRun.steps')}>
      <ol>
        {steps.map((one, index) => (
          <li key={one} aria-current={one === shown ? 'step' : undefined}>
            <StepFace
              name={t(`firstRun.step.${one}`)}
              number={index + 1}
              done={repeated ? one !== shown : index < at}
              onGo={mayGo(firstRun, one) ? () => void act({ do: 'goTo', step: one }) : null}
            />
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** As `counter/firstRun/flow` allows it; the counter has the last word. */
function mayGo({ step, station, repeated, server, asking }: FirstRun, to: FirstRunStep): boolean {
  if (asking || to === step) return false
  const isEnrolled = station !== null || repeated
  if (to === 'language') return true
  if (to === 'server') return !server.fixed && (!isEnrolled || repeated) && server.address !== null
  if (to === 'code') return !isEnrolled && server.address !== null && step !== 'language'
  return isEnrolled && (to === 'readers' || repeated)
}

function StepFace({
  name,
  number,
  done,
  onGo,
}: {
  name: string
  number: number
  done: boolean
  onGo: (() => void) | null
}) {
  const { t } = useWords()
  const face = (
    <>
      <span className={`firstRun__number${done ? ' firstRun__number--done' : ''}`} aria-hidden="true">
        {done ? <CheckIcon /> : number}
      </span>
      <span className="firstRun__name">{name}</span>
      {done && <span className="visuallyHidden">{t('firstRun.done')}</span>}
    </>
  )
  return onGo === null ? (
    <span className="firstRun__step">{face}</span>
  ) : (
    <button type="button" className="firstRun__step" onClick={onGo}>
      {face}
    </button>
  )
}
