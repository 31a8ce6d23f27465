import '../readerSetup/readerSetup.css'
import '../readerSetup/readerDetail.css'
import '../offline/offlineDesk.css'
import './day.css'
import type { CounterState } from '../../core/counter/state.ts'
import { Door } from '../readerSetup/Door.tsx'
import { DayScreen } from './DayScreen.tsx'
import { useDay } from './useDay.ts'

/** The manager's end of day, loaded when it is asked for: the PIN, then the desk. */
export default function DayDesk({ state, onLeave }: { state: CounterState; onLeave: () => void }) {
  const ask = useDay()
  const { dayDesk } = state
  return dayDesk === null ? (
    <Door state={state} onOpen={(operatorId, pin) => ask({ do: 'open', operatorId, pin })} onLeave={onLeave} />
  ) : (
    <DayScreen desk={dayDesk} />
  )
}
