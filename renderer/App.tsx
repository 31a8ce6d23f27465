import type { CounterState } from '../core/counter/state.ts'
import { useCounter } from './client/counterContext.tsx'
import { Reception } from './reception/Reception.tsx'
import { EnrolmentScreen } from './reception/start/EnrolmentScreen.tsx'
import { LinkLostBanner, LinkScreen } from './reception/start/LinkScreen.tsx'
import { SignInScreen } from './reception/start/SignInScreen.tsx'
import { type Look, useLook } from './reception/status/look.ts'
import { CurrencyContext } from './words/useWords.ts'

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

function Screen({ state, look }: { state: CounterState; look: Look }) {
  if (state.enrolment.status !== 'enrolled') return <EnrolmentScreen enrolment={state.enrolment} />
  if (state.cashier === null) return <SignInScreen state={state} />
  return <Reception state={state} look={look} />
}
