/** Files of test/server that are run over PostgreSQL too, always: what asks most of the store, and is quick. */
const ALWAYS = `acquisition acquisitionImports audit auditedRoutes campaigns campaignVersions concurrency conflicts hostile journal keeping
  leases leaseConcurrency leaseOverspend leaseRecall media offlineAndCustomers operation operators people phones redemptions
  reports rescue rollback snapshot webhooks`
/** And those that take long, or are about what does not differ; the others have a database of their own kind. */
const LONG = 'access changeNews office officeAccount retirement'

/** What vitest's project `postgres` runs. */
export const filesOnPostgres = (all: boolean): string[] =>
  `${ALWAYS} ${all ? LONG : ''}`
    .trim()
    .split(/\s+/)
    .map((name) => `test/server/${name}.test.ts`)
