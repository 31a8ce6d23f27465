import type { CounterState } from '../../../core/counter/state.ts'
import { CustomerCodeDialog } from './CustomerCodeDialog.tsx'
import { RecentDialog } from './RecentDialog.tsx'
import { ShiftDialog } from './ShiftDialog.tsx'
import { StaffCardDialog } from './StaffCardDialog.tsx'

/** What a cashier may open beside a visit. */
export type DeskWindow = 'shift' | 'recent' | 'staffCard' | 'customerCode'

/** The one that is open. It goes by itself when a customer's card arrives. */
export function DeskWindows({
  opened,
  state,
  onClose,
}: {
  opened: DeskWindow
  state: CounterState
  onClose: () => void
}) {
  switch (opened) {
    case 'shift':
      return state.shift && <ShiftDialog shift={state.shift} waiting={state.waiting} onClose={onClose} />
    case 'recent':
      return <RecentDialog state={state} onClose={onClose} />
    case 'customerCode':
      return <CustomerCodeDialog customerCode={state.customerCode} onClose={onClose} />
    case 'staffCard':
      return <StaffCardDialog staffCard={state.staffCard} onClose={onClose} />
  }
}
