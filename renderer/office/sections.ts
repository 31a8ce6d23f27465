/** Parts of the office: their address, and what one has to be allowed to see them (names of the server's table of access). */
export const SECTIONS = [
  { path: 'campaigns', needs: 'campaigns.history', key: 'office.nav.campaigns' },
  { path: 'inbox', needs: 'campaigns.history', key: 'office.nav.inbox' },
  { path: 'lists', needs: 'imports.read', key: 'office.nav.lists' },
  { path: 'reports', needs: 'reports.read', key: 'office.nav.reports' },
  { path: 'redemptions', needs: 'redemptions.list', key: 'office.nav.redemptions' },
  { path: 'conflicts', needs: 'conflicts.read', key: 'office.nav.conflicts' },
  { path: 'stations', needs: 'stations.read', key: 'office.nav.stations' },
  { path: 'customers', needs: 'holders.read', key: 'office.nav.customers' },
  { path: 'operators', needs: 'operators.read', key: 'office.nav.operators' },
  { path: 'api-keys', needs: 'apiKeys.read', key: 'office.nav.apiKeys' },
  { path: 'webhooks', needs: 'webhooks.read', key: 'office.nav.webhooks' },
  { path: 'retention', needs: 'retention.read', key: 'office.nav.retention' },
  { path: 'audit', needs: 'audit.read', key: 'office.nav.audit' },
] as const
