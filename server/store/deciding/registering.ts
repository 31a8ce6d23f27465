import type { Holdings } from '../../../core/contract/holdings.ts'
import type { Outcome } from '../../../core/outcome.ts'
import type { Refusal } from '../commands.ts'
import type { HoldingsQuery } from '../registrationCommands.ts'
import type { Acquisitions } from './acquire.ts'
import type { AcquisitionRows } from './acquisitionRows.ts'
import type { Activity } from './activity.ts'
import type { AuditTrail } from './auditTrail.ts'
import type { Definitions } from './definitions.ts'
import { type Erasing, erasing } from './erasing.ts'
import type { HolderRows } from './holderRows.ts'
import { holdingsView } from './holdingsView.ts'
import { type DecideRow, type ImportRows, importing } from './importing.ts'
import type { Issuing } from './issuing.ts'
import type { Media } from './media.ts'
import { type ActOnMedia, mediaActions } from './mediaActions.ts'
import { type PhoneRows, type Phones, phones } from './phones.ts'

/** What registration, and people who look after customers, read and write besides: what an engine has to offer. */
export interface RegisteringRows {
  readonly phones: PhoneRows
  readonly imports: ImportRows
  readonly holders: HolderRows
}

/** Decisions about customers and their media. Each function runs inside the open transaction. */
export interface Registering {
  readonly media: Media
  /** Changes nothing. */
  holdings(query: HoldingsQuery): Outcome<Holdings, Refusal>
  readonly phones: Phones
  readonly decideImportRow: DecideRow
  readonly actOnMedia: ActOnMedia
  readonly erasing: Erasing
}

export interface RegisteringParts {
  readonly acquisitions: AcquisitionRows
  readonly definitions: Definitions
  readonly media: Media
  readonly activity: Activity
  readonly issuing: Issuing
  readonly obtain: Acquisitions['obtain']
}

export function registering(parts: RegisteringParts, rows: RegisteringRows, audit: AuditTrail): Registering {
  const { acquisitions, definitions, media, activity, issuing, obtain } = parts
  return {
    media,
    holdings: holdingsView(acquisitions, rows.imports.issued, media, definitions),
    phones: phones(rows.phones, media, activity, issuing),
    decideImportRow: importing(rows.imports, acquisitions, media, definitions, obtain, issuing.firstSeen),
    actOnMedia: mediaActions(rows.holders, media, audit),
    erasing: erasing(rows.holders, audit),
  }
}
