import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import type { CounterState } from '../core/counter/state.ts'
import { useCounter, useSend } from './client/counterContext.tsx'
import { guardPage } from './kiosk/guardPage.ts'
import { IdleScreen } from './kiosk/IdleScreen.tsx'
import { ThisMachine } from './kiosk/ThisMachine.tsx'
import { useIdle } from './kiosk/useIdle.ts'
import type { ManagerPart } from './managerScreen/managerPart.ts'
import { TrainingStrip } from './reception/desk/TrainingStrip.tsx'
import { Reception } from './reception/Reception.tsx'
import { ClosedScreen } from './reception/start/ClosedScreen.tsx'
import { EnrolmentScreen } from './reception/start/EnrolmentScreen.tsx'
import { LinkLostBanner, LinkScreen } from './reception/start/LinkScreen.tsx'
import { SignInScreen } from './reception/start/SignInScreen.tsx'
import { Unloadable } from './reception/start/Unloadable.tsx'
import { type Look, useLook } from './reception/status/look.ts'
import { useFollowedSettings } from './settings/useFollowedSettings.ts'
import { CurrencyContext } from './words/useWords.ts'

/** The manager's part is loaded when it is first asked for. */
const ReaderSetup = lazy(() => import('./readerSetup/ReaderSetup.tsx').catch(() => ({ default: Unloadable })))

const Registration = lazy(() =>
  import('./registration/Registration.tsx')
    .then(({ Registration: default_ }) => ({ default: default_ }))
    .catch(() => ({ default: Unloadable })),
)

/** A machine is set up once. */
const FirstRun = lazy(() => import('./firstRun/FirstRun.tsx').catch(() => ({ default: Unloadable })))

const DayDesk = lazy(() => import('./day/DayDesk.tsx').catch(() => ({ default: Unloadable })))

const OfflineDesk = lazy(() => import('./offline/OfflineDesk.tsx').catch(() => ({ default: Unloadable })))

/** Which screen: the first thing that stands between this counter and its next customer. */
export function App() {
  const { state, link } = useCounter()
  const look = useLook()
  useFollowedSettings(state, look)
  const kiosk = state?.shell?.kiosk === true
  useEffect(() => (kiosk ? guardPage(window) : undefined), [kiosk])
  // A till that somebody signed in to shows what it waits for, whoever looks at it.
  const { idle, wake } = useIdle(
    (state?.settings.values.idleSeconds ?? 0) * 1_000,
    state !== null && waitsForSignIn(state),
  )
  if (state === null) return <LinkScreen lost={link === 'lost'} />
  return (
    <>
      {idle && state.enrolment.status === 'enrolled' && (
        <IdleScreen storeName={state.enrolment.storeName} onWake={wake} />
      )}
      {link === 'lost' && <LinkLostBanner />}
      <div className={`live${state.training ? ' live--training' : ''}`} inert={link === 'lost' || idle}>
        {state.training && <TrainingStrip />}
        <CurrencyContext value={state.purchase.currency}>
          <Screen state={state} look={look} />
          {kiosk && isNobodys(state) && (
            <div className="machineCorner">
              <ThisMachine />
            </div>
          )}
        </CurrencyContext>
      </div>
    </>
  )
}

/** No manager is known who could be asked: the way out is open to whoever installs the machine. */
function isNobodys(state: CounterState): boolean {
  return state.closed !== null || state.enrolment.status !== 'enrolled'
}

function waitsForSignIn(state: CounterState): boolean {
  const managed =
    state.firstRun !== null || state.readerSetup !== null || state.offlineDesk !== null || state.dayDesk !== null
  return !isNobodys(state) && state.cashier === null && state.registration === null && !managed
}

const MANAGER_SCREENS = { readers: ReaderSetup, offline: OfflineDesk, day: DayDesk } as const

/** The manager's screen that is open; null: none. */
function openPart({ readerSetup, offlineDesk, dayDesk }: CounterState): ManagerPart | null {
  if (readerSetup !== null) return 'readers'
  if (offlineDesk !== null) return 'offline'
  return dayDesk === null ? null : 'day'
}

function Screen({ state, look }: { state: CounterState; look: Look }) {
  const send = useSend()
  const [door, setDoor] = useState<ManagerPart | null>(null)
  const leaveDoor = useCallback(() => setDoor(null), [])
  const { cashier, enrolment, operators } = state
  const open = openPart(state)
  const managing = open ?? door
  const isOpen = open !== null
  useEffect(() => {
    if (isOpen) setDoor(null)
  }, [isOpen])

  if (state.closed !== null) return <ClosedScreen because={state.closed} queueExport={state.queueExport} />
  if (state.firstRun !== null) {
    return (
      <Suspense fallback={null}>
        <FirstRun state={state} firstRun={state.firstRun} />
      </Suspense>
    )
  }
  if (enrolment.status !== 'enrolled') return <EnrolmentScreen enrolment={enrolment} />
  if (state.registration !== null && managing === null) {
    return (
      <Suspense fallback={null}>
        <Registration state={state} look={look} onStaff={() => setDoor('readers')} />
      </Suspense>
    )
  }
  if (cashier === null && state.registration === null) return <SignInScreen state={state} />
  if (managing !== null) {
    const ManagerScreen = MANAGER_SCREENS[managing]
    return (
      <Suspense fallback={null}>
        <ManagerScreen state={state} onLeave={leaveDoor} />
      </Suspense>
    )
  }
  if (cashier === null) return null
  const { operatorId } = cashier
  const manages = !cashier.byCard && operators.some((one) => one.manages && one.operatorId === operatorId)
  /** A manager who is signed in has shown a PIN already; anybody else fetches one who has. */
  const manage = (screen: ManagerPart) => {
    const action = { do: 'open', operatorId } as const
    if (!manages) setDoor(screen)
    else if (screen === 'readers') void send({ type: 'readerSetup', action })
    else if (screen === 'offline') void send({ type: 'offlineDesk', action })
    else void send({ type: 'dayDesk', action })
  }
  return <Reception state={state} look={look} onManage={manage} />
}
