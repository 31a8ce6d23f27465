import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import type { CounterState } from '../core/counter/state.ts'
import { useCounter, useSend } from './client/counterContext.tsx'
import type { ManagerPart } from './managerScreen/managerPart.ts'
import { Reception } from './reception/Reception.tsx'
import { ClosedScreen } from './reception/start/ClosedScreen.tsx'
import { EnrolmentScreen } from './reception/start/EnrolmentScreen.tsx'
import { LinkLostBanner, LinkScreen } from './reception/start/LinkScreen.tsx'
import { SignInScreen } from './reception/start/SignInScreen.tsx'
import { Unloadable } from './reception/start/Unloadable.tsx'
import { type Look, useLook } from './reception/status/look.ts'
import { CurrencyContext } from './words/useWords.ts'

/** The manager's part is loaded when it is first asked for. */
const ReaderSetup = lazy(() => import('./readerSetup/ReaderSetup.tsx').catch(() => ({ default: Unloadable })))

const Registration = lazy(() =>
  import('./registration/Registration.tsx')
    .then(({ Registration: default_ }) => ({ default: default_ }))
    .catch(() => ({ default: Unloadable })),
)

const DayDesk = lazy(() => import('./day/DayDesk.tsx').catch(() => ({ default: Unloadable })))

const OfflineDesk = lazy(() => import('./offline/OfflineDesk.tsx').catch(() => ({ default: Unloadable })))

/** Which screen: the first thing that stands between this counter and its next customer. */
export function App() {
  const { state, link } = useCounter()
  const look = useLook()
  if (state === null) return <LinkScreen lost={link === 'lost'} />
  return (
    <>
      {link === 'lost' && <LinkLostBanner />}
      <div className="live" inert={link === 'lost'}>
        <CurrencyContext value={state.purchase.currency}>
          <Screen state={state} look={look} />
        </CurrencyContext>
      </div>
    </>
  )
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
  const manages = operators.some((operator) => operator.manages && operator.operatorId === operatorId)
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
