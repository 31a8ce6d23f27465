import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RegistrationAction, TerminalVisit } from '../../core/counter/registration.ts'
import type { CounterState } from '../../core/counter/state.ts'
import { useSend } from '../client/counterContext.tsx'
import { Simulator } from '../reception/simulator/Simulator.tsx'
import type { Look } from '../reception/status/look.ts'
import { play } from '../sounds/player.ts'
import { BarcodeIcon, CardIcon, PhoneIcon, ReaderIcon } from '../ui/icons.tsx'
import { useNow } from '../ui/useNow.ts'
import { useScreenWedge } from '../wedge/useScreenWedge.ts'
import { useWords } from '../words/useWords.ts'
import './registration.css'
import { useSpeech } from '../sounds/speech.ts'
import { momentOf, soundFor, spoken } from './announce.ts'
import { useDisplay } from './display.ts'
import { KioskBar } from './KioskBar.tsx'
import { Menu } from './Menu.tsx'
import { Refused } from './Refused.tsx'

/** The last seconds before a terminal forgets a customer who does not touch it. */
const WARNING_MS = 15_000
/** The next customer begins in the terminal's own language and look. */
const FORGET_LOOK_MS = 8_000

/** The registration terminal: one customer after another, nobody signed in. */
export function Registration({ state, look, onStaff }: { state: CounterState; look: Look; onStaff: () => void }) {
  const words = useWords()
  const send = useSend()
  const { registration, enrolment, simulator } = state
  const visit: TerminalVisit = registration?.visit ?? { phase: 'idle' }
  const { display, setDisplay, reset } = useDisplay()
  const [drawer, setDrawer] = useState(true)
  useOwnLook(visit.phase, reset)
  useScreenWedge()
  const act = useCallback((action: RegistrationAction) => void send({ type: 'registration', action }), [send])
  const moment = momentOf(visit)
  useSpeech(
    visit.phase === 'idle' ? '' : spoken(words, visit),
    `${moment} ${words.language}`,
    words.language,
    look.sound === 'off',
  )
  useMomentSound(visit, moment, look.sound === 'off')

  return (
    <div
      className={`kiosk${simulator && drawer ? ' kiosk--simulator' : ''}`}
      onPointerDown={() => {
        if (staysWhenTouched(visit)) act({ do: 'stay' })
      }}
    >
      <KioskBar
        storeName={enrolment.status === 'enrolled' ? enrolment.storeName : ''}
        display={display}
        onDisplay={setDisplay}
        onStaff={onStaff}
        onSimulator={simulator && !drawer ? () => setDrawer(true) : null}
      />
      <main className="kiosk__main">
        <Screen visit={visit} onAct={act} />
        <Countdown visit={visit} onStay={() => act({ do: 'stay' })} />
      </main>
      {simulator && drawer && <Simulator simulator={simulator} onClose={() => setDrawer(false)} />}
      <p className="visuallyHidden" aria-live="assertive">
        {spoken(words, visit)}
      </p>
    </div>
  )
}

function Screen({ visit, onAct }: { visit: TerminalVisit; onAct: (action: RegistrationAction) => void }) {
  const { t } = useWords()
  switch (visit.phase) {
    case 'idle':
      return (
        <section className="kioskWelcome">
          <div className="kioskWelcome__pictures" aria-hidden="true">
            <CardIcon />
            <PhoneIcon />
            <BarcodeIcon />
          </div>
          <h1>{t('customer.welcome')}</h1>
          <p className="kioskWelcome__how">{t('customer.welcomeHow')}</p>
          <p>{t('customer.welcomeWhat')}</p>
        </section>
      )
    case 'reading':
    case 'looking':
      return (
        <section className="kioskWelcome kioskWelcome--busy">
          <div className="kioskWelcome__pictures" aria-hidden="true">
            <ReaderIcon />
          </div>
          <h1>{t(visit.phase === 'reading' ? 'customer.reading' : 'customer.looking')}</h1>
          <p className="kioskWelcome__how">{visit.phase === 'reading' && t('customer.readingTodo')}</p>
        </section>
      )
    case 'menu':
      return (
        <>
          <h1 className="visuallyHidden">{t('customer.my.title')}</h1>
          <Menu visit={visit} onAct={onAct} />
        </>
      )
    case 'refused':
      return <Refused visit={visit} onAct={onAct} />
  }
}

/** Somebody who touches the screen is still there, unless the answer to something is on its way. */
const staysWhenTouched = (visit: TerminalVisit): boolean =>
  visit.phase === 'menu' ? visit.taking === null : visit.phase === 'refused' && visit.help === 'possible'

function Countdown({ visit, onStay }: { visit: TerminalVisit; onStay: () => void }) {
  const { t } = useWords()
  const now = useNow(1_000)
  if ((visit.phase !== 'menu' && visit.phase !== 'refused') || visit.resetAt === null) return null
  if (visit.phase === 'refused' && visit.help === 'none') return null
  const left = visit.resetAt - now
  if (left > WARNING_MS) return null
  return (
    <div className="kioskCountdown" role="status">
      <p>{t('customer.stillThere', { seconds: Math.max(0, Math.ceil(left / 1_000)) })}</p>
      <button type="button" className="kioskButton kioskButton--primary" onClick={onStay}>
        {t('customer.stay')}
      </button>
    </div>
  )
}

/** Each moment is heard once, not again after a reload. */
function useMomentSound(visit: TerminalVisit, moment: string, isMuted: boolean): void {
  const sound = soundFor(visit)
  const heard = useRef(moment)
  useEffect(() => {
    if (heard.current === moment) return
    heard.current = moment
    if (sound !== null && !isMuted) play(sound)
  }, [moment, sound, isMuted])
}

/** A while after a customer has gone, language and look are the terminal's own again. */
function useOwnLook(phase: TerminalVisit['phase'], resetDisplay: () => void): void {
  const { i18n } = useTranslation()
  const own = useRef(i18n.language)
  const before = useRef(phase)
  useEffect(() => {
    const hasLeft = before.current !== 'idle' && phase === 'idle'
    before.current = phase
    if (!hasLeft) return
    const timer = setTimeout(() => {
      void i18n.changeLanguage(own.current)
      resetDisplay()
    }, FORGET_LOOK_MS)
    return () => clearTimeout(timer)
  }, [phase, i18n, resetDisplay])
}
