import type { FirstRun } from '../../core/counter/firstRun.ts'
import { WarnIcon } from '../ui/icons.tsx'
import { useWords } from '../words/useWords.ts'

/** What is in the way, and what to do about it. Its place is there before it is. */
export function Problem({ firstRun: { problem }, id }: { firstRun: Pick<FirstRun, 'problem'>; id: string }) {
  const { t } = useWords()
  const host = problem?.host ?? t('firstRun.thisAddress')
  return (
    <div id={id} className="firstRun__problemPlace" role="alert">
      {problem && (
        <div className="firstRun__problem">
          <WarnIcon />
          <p>
            <strong>{t(`firstRun.problems.${problem.code}.text`, { host })}</strong>
            <br />
            {t(`firstRun.problems.${problem.code}.todo`, { host })}
          </p>
        </div>
      )}
    </div>
  )
}

/** What should be seen to, and stops nothing. */
export function Cautions({ firstRun: { cautions } }: { firstRun: FirstRun }) {
  const { t } = useWords()
  const { unprotected, clockOffMinutes } = cautions
  const clock = clockOffMinutes !== null && (clockOffMinutes > 0 ? 'clockAhead' : 'clockBehind')
  if (!unprotected && !clock) return null
  return (
    <ul className="firstRun__cautions">
      {clock && (
        <li>
          <WarnIcon />
          <span>{t(`firstRun.cautions.${clock}`, { count: Math.abs(clockOffMinutes) })}</span>
        </li>
      )}
      {unprotected && (
        <li>
          <WarnIcon />
          <span>{t('firstRun.cautions.unprotected')}</span>
        </li>
      )}
    </ul>
  )
}
