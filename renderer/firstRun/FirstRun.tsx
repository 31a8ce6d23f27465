import '../readerSetup/readerSetup.css'
import '../readerSetup/readerDetail.css'
import './firstRun.css'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FirstRun as FirstRunState } from '../../core/counter/firstRun.ts'
import type { CounterState } from '../../core/counter/state.ts'
import { unreachable } from '../../core/outcome.ts'
import { RefusalNotice } from '../notice/RefusalNotice.tsx'
import { Simulator } from '../reception/simulator/Simulator.tsx'
import { SimulatorButton } from '../reception/simulator/SimulatorButton.tsx'
import { BrandMark } from '../ui/icons.tsx'
import { useScreenWedge } from '../wedge/useScreenWedge.ts'
import { CodeStep } from './CodeStep.tsx'
import { ConfirmStep } from './ConfirmStep.tsx'
import { LanguageStep } from './LanguageStep.tsx'
import { ReadersStep } from './ReadersStep.tsx'
import { ServerStep } from './ServerStep.tsx'
import { StepList } from './StepList.tsx'
import { TestStep } from './TestStep.tsx'
import { useFirstRun } from './useFirstRun.ts'

/** A machine that is being set up: from its box to its first customer, one question a screen. */
export default function FirstRun({ state, firstRun }: { state: CounterState; firstRun: FirstRunState }) {
  const { t, i18n } = useTranslation()
  const act = useFirstRun()
  const [simulating, setSimulating] = useState(false)
  const { simulator } = state
  const { language, repeated } = firstRun
  useScreenWedge()
  // A machine that lost power goes on in the language that was chosen.
  useEffect(() => {
    if (language !== null && !repeated && i18n.language !== language) void i18n.changeLanguage(language)
  }, [language, repeated, i18n])
  return (
    <div className={`start firstRun${simulating && simulator ? ' firstRun--simulator' : ''}`}>
      <header className="start__header">
        <p className="brand">
          <BrandMark />
          <span className="brand__words">
            <span className="brand__name">{t('app')}</span>
            <span className="brand__store">{t(repeated ? 'firstRun.again' : 'firstRun.title')}</span>
          </span>
        </p>
        {simulator && <SimulatorButton open={simulating} onToggle={() => setSimulating(!simulating)} />}
        {repeated && (
          <button type="button" className="barButton" onClick={() => void act({ do: 'finish' })}>
            {t('readerSetup.back')}
          </button>
        )}
      </header>
      <StepList firstRun={firstRun} />
      <div className="setup__problem" aria-live="polite">
        <RefusalNotice />
      </div>
      <main className="start__main">
        <Step key={firstRun.step} state={state} firstRun={firstRun} />
      </main>
      {simulating && simulator && <Simulator simulator={simulator} onClose={() => setSimulating(false)} />}
    </div>
  )
}

function Step({ state, firstRun }: { state: CounterState; firstRun: FirstRunState }) {
  switch (firstRun.step) {
    case 'language':
      return <LanguageStep firstRun={firstRun} />
    case 'server':
      return <ServerStep firstRun={firstRun} />
    case 'code':
      return <CodeStep firstRun={firstRun} />
    case 'confirm':
      return <ConfirmStep firstRun={firstRun} />
    case 'readers':
      return <ReadersStep firstRun={firstRun} setup={state.readerSetup} />
    case 'test':
      return <TestStep firstRun={firstRun} readers={state.readerSetup?.readers ?? []} />
    default:
      return unreachable(firstRun.step)
  }
}
