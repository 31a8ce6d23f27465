import type { CounterCommand } from '../core/counter/commands.ts'
import type { Entry, RawMedium } from '../core/media/medium.ts'
import { unreachable } from '../core/outcome.ts'
import type { Ids } from '../core/ports/ids.ts'
import type { CashierDesk } from './cashier/cashierDesk.ts'
import type { Cashiers } from './cashiers.ts'
import type { Sample } from './counter.ts'
import type { DayDesk } from './day/dayDesk.ts'
import type { DevicesLink } from './devicesLink.ts'
import type { FirstRunDesk } from './firstRun/firstRunDesk.ts'
import type { OfflineDesk } from './offline/offlineDesk.ts'
import type { PosSide } from './pos/posSide.ts'
import type { ReaderSetup } from './readerSetup/readerSetup.ts'
import type { RegistrationDesk } from './registration/registrationDesk.ts'
import type { Service } from './service.ts'
import { BASKET_OF_POS, type Refusal, refusal } from './session/model.ts'
import type { Notices } from './session/notices.ts'
import { purchaseOf } from './session/purchase.ts'
import { isBusy } from './session/reducer.ts'
import type { SettingsInForce } from './settingsInForce.ts'
import type { Till } from './till.ts'

export interface CommandParts {
  readonly till: Till
  readonly cashiers: Cashiers
  readonly cashierDesk: CashierDesk
  readonly pos: PosSide
  readonly dayDesk: DayDesk
  readonly devices: DevicesLink
  readonly notices: Notices
  readonly readerSetup: ReaderSetup
  readonly offlineDesk: OfflineDesk
  readonly service: Service
  readonly registration: RegistrationDesk
  readonly firstRun: FirstRunDesk
  readonly settings: SettingsInForce
  readonly ids: Ids
  readonly sample: Sample | null
  readonly isEnrolled: () => boolean
  /** One is signed in, or at work on a manager's screen. */
  readonly managerIsHere: () => boolean
  readonly present: (medium: RawMedium, entry: Entry) => void
  readonly changed: () => void
}

/** Does what a person at the screen asks; null: done or begun. What is refused changed nothing. */
export async function carryOut(parts: CommandParts, command: CounterCommand): Promise<Refusal | null> {
  const { till, cashiers, cashierDesk, devices, ids, sample, pos } = parts
  if (cashierDesk.forbids(command)) return refusal('operator_not_allowed')
  switch (command.type) {
    case 'firstRun':
      return parts.firstRun.carryOut(command.action, parts.managerIsHere())
    case 'signIn':
      // Nobody sells at a registration terminal.
      if (!parts.isEnrolled() || parts.registration.isTerminal) return refusal('operator_not_allowed')
      return cashiers.signIn(command.operatorId, command.pin)
    case 'signOut':
      cashiers.signOut()
      return null
    case 'leavePos':
      return pos.leave()
    case 'setPurchase': {
      if (pos.hasScreen) return BASKET_OF_POS
      const purchase = purchaseOf(till.session.purchase.currency, command.lines)
      return purchase ? till.dispatch({ type: 'purchaseSet', purchase }) : refusal('invalid_request')
    }
    case 'useSampleBasket': {
      if (pos.hasScreen) return BASKET_OF_POS
      const basket = sample?.baskets.find(({ basketId }) => basketId === command.basketId)
      if (basket?.purchase.currency !== till.session.purchase.currency) return refusal('invalid_request')
      return till.dispatch({ type: 'purchaseSet', purchase: basket.purchase })
    }
    case 'presentKeyed':
      if (!till.session.open) return refusal('operator_not_allowed')
      if (isBusy(till.session.visit) || parts.readerSetup.isOpen || parts.offlineDesk.isOpen || parts.dayDesk.isOpen) {
        return refusal('in_progress')
      }
      parts.present(command.medium, 'keyed')
      return null
    case 'select':
      return till.dispatch({ type: 'select', acquisitionIds: command.acquisitionIds })
    case 'approve': {
      const { select, expectedTotalDiscount = null } = command
      return till.dispatch({ type: 'approve', redemptionId: ids.uuid7(), select, expectedTotalDiscount })
    }
    case 'undo':
      return till.undo(command.redemptionId, command.reason || 'undone at the counter')
    case 'lookAgain':
      return till.dispatch({ type: 'lookAgain' })
    case 'serveAside':
      return till.dispatch({ type: 'serveAside' })
    case 'shift':
    case 'training':
    case 'recent':
    case 'staffCard':
    case 'customerCode':
    case 'printSlip':
      if (command.type === 'printSlip' && !parts.settings.values.slips) return refusal('operator_not_allowed')
      return cashierDesk.carryOut(command)
    case 'nextCustomer':
      return till.dispatch({ type: 'next' })
    case 'setOneTap':
      if (parts.settings.isFixed('oneTap')) return refusal('operator_not_allowed')
      return till.dispatch({ type: 'oneTapSet', oneTap: command.oneTap })
    case 'dismissNotice':
      if (!parts.notices.dismiss(command.noticeId)) return refusal('invalid_request')
      parts.changed()
      return null
    case 'wedgeKeys':
      parts.firstRun.scanner.typing(command.keys)
      devices.send({ type: 'wedgeKeys', keys: command.keys })
      return null
    case 'simulateTap': {
      const found = sample?.media.find(({ sampleId }) => sampleId === command.sampleId)
      if (!found) return refusal('invalid_request')
      const fault = command.fault === undefined ? {} : { fault: command.fault }
      return devices.send({ type: 'simulate', medium: found.medium, ...fault }) ? null : refusal('in_progress')
    }
    case 'exportQueue':
      return parts.managerIsHere() ? parts.service.exportQueue() : refusal('operator_not_allowed')
    case 'unenrol':
      return parts.service.unenrol(command.operatorId, command.pin)
    case 'leaveKiosk':
      // The side towards the shell answers it before it comes here (besideShell.ts); without a shell nobody can leave.
      return refusal('operator_not_allowed')
    case 'readerSetup':
      if (!parts.isEnrolled()) return refusal('operator_not_allowed')
      return parts.readerSetup.carryOut(command.action)
    case 'offlineDesk':
      if (!parts.isEnrolled()) return refusal('operator_not_allowed')
      return parts.offlineDesk.carryOut(command.action)
    case 'dayDesk':
      if (!parts.isEnrolled() || parts.registration.isTerminal) return refusal('operator_not_allowed')
      return parts.dayDesk.carryOut(command.action)
    case 'registration':
      return parts.registration.carryOut(command.action)
    default:
      return unreachable(command)
  }
}
