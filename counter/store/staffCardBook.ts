import type { MediumKey } from '../../core/media/medium.ts'
import type { EventDraft, Stored } from './counterStore.ts'

/** Staff cards in `journal.db`: whose card a medium is at this counter. Never the identifier. */
export interface StaffCardBook {
  /** The operator whose card it is; null: nobody's. */
  staffCardOf(keys: readonly MediumKey[]): string | null
  /** Whether anybody signs in with a card here. */
  hasStaffCards(): boolean
  /** With its event; a card that was somebody else's is this operator's from now on. */
  keepStaffCard(operatorId: string, keys: readonly MediumKey[], event: EventDraft): Stored
  /** Takes all cards of this operator away, with its event. */
  forgetStaffCards(operatorId: string, event: EventDraft): Stored
}
