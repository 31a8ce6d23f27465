import type { Database } from 'better-sqlite3'
import type { AuditTrail } from '../deciding/auditTrail.ts'
import type { Registering } from '../deciding/registering.ts'
import type { RegistrationStore } from '../registrationCommands.ts'
import { acquisitionImports } from './acquisitionImports.ts'
import { codeLists } from './codeLists.ts'
import type { Runs } from './runs.ts'

/** Acquisition registration: customers at terminals and on phones, code lists, and lists of acquisitions. */
export function registrationStore(db: Database, runs: Runs, rules: Registering, audit: AuditTrail): RegistrationStore {
  const { read, write } = runs
  return {
    holdings: (query) => read(() => rules.holdings(query)),
    putPhoneCode: async (command) => write(command.now, (unit) => rules.phones.putCode(unit, command)),
    openPhoneSession: async (command) => write(command.now, () => rules.phones.signIn(command)),
    phoneSession: (tokenHash, now) => read(() => rules.phones.session(tokenHash, now)),
    endPhoneSession: async (tokenHash) => write(0, () => rules.phones.signOut(tokenHash)),
    ...codeLists(db, runs, audit),
    ...acquisitionImports(db, runs, audit, rules.decideImportRow),
  }
}
