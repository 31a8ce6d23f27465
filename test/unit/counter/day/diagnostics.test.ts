import { expect, it } from 'vitest'
import { CounterValues } from '../../../../core/contract/counterSettings.ts'
import { NO_OFFLINE_VIEW } from '../../../../core/counter/offlineView.ts'
import { type Diagnosed, diagnostics } from '../../../../counter/day/diagnostics.ts'
import { NOW, newParts, STATION } from '../counterParts.ts'

/** Everything that must not be in a file that leaves the store, planted wherever it could come from. */
const SECRETS = {
  token: 'tcpos_c2VjcmV0LXRva2VuLW9mLWEtcG9zLXNvZnR3YXJl',
  key: 'QnJlYWQgYnJlYWQgYnJlYWQgYnJlYWQgYnJlYWQgYnI',
  number: '4901234567894',
  person: 'Rin Takeda',
  operatorId: 'operator-7f3a',
  reader: 'ACME Reader SN-123456',
  typed: 'Mrs Sato asked twice',
  customer: 'Hanako Sato',
  sale: 'S-20261122-0007',
  origin: 'https://till.example.com',
  store: 'Sample Store Shibuya',
}

const state: Diagnosed = {
  enrolment: { status: 'enrolled', stationId: 'station-1', storeName: SECRETS.store, currency: 'JPY' },
  connection: { mode: 'online', since: NOW, cause: null, replicaAsOf: NOW },
  clock: { doubt: null, wrong: false },
  replica: { phase: 'ready', received: 0, total: null, problem: null },
  waiting: { count: 0, value: 0, forced: 0, quarantined: 0 },
  readers: [
    {
      readerId: `pcsc:${SECRETS.reader}`,
      transport: 'pcsc',
      name: SECRETS.reader,
      state: 'ready',
      capabilities: { buzzer: false, led: false },
    },
  ],
  settings: { oneTap: false, undoWindowSeconds: 120, version: '3', values: CounterValues.parse({}), fixed: [] },
  notices: [{ noticeId: 'n', code: 'event_forced', params: { reason: SECRETS.typed }, at: NOW }],
  offline: {
    ...NO_OFFLINE_VIEW,
    overrides: [
      {
        kind: 'force_offline',
        operatorId: SECRETS.operatorId,
        name: SECRETS.person,
        reason: SECRETS.typed,
        since: NOW,
        until: NOW + 1,
        raisePercent: null,
      },
    ],
  },
  pos: { name: SECRETS.customer, present: true, since: NOW, saleId: SECRETS.sale },
  leases: [{ campaignId: 'c', title: SECRETS.typed, titles: { ja: SECRETS.typed }, usesLeft: 3, valueLeft: null }],
}

it('diagnostics say how a counter is, and name nobody', () => {
  const { store, events } = newParts()
  const { journal } = store
  journal.recordStation({ ...STATION, store: { ...STATION.store, name: SECRETS.store } })
  const presented = { type: 'barcode', keys: [{ v: 1, key: SECRETS.key }], entry: 'keyed' } as const
  const refused = { reason: 'medium_unknown', reasonGroup: 'medium', params: { number: SECRETS.number } } as const
  journal.record(events.mediumRefused(presented, refused, SECRETS.operatorId))
  journal.record(
    events.annul({
      annulId: 'a',
      redemptionId: 'redemption-1',
      reason: `${SECRETS.typed} ${SECRETS.number}`,
      operatorId: SECRETS.operatorId,
    }),
  )
  journal.record(events.session('sign_in', SECRETS.operatorId, { customer: SECRETS.customer, token: SECRETS.token }))
  const access = { posId: 'p', name: SECRETS.person, origins: [SECRETS.origin], madeAt: 1, madeBy: SECRETS.operatorId }
  journal.keepPosAccess(
    { ...access, tokenHash: new Uint8Array(32).fill(9), revokedAt: null },
    events.policy({ action: 'pos_let_in', operatorId: SECRETS.operatorId, name: SECRETS.person }),
  )

  const text = diagnostics({ state, journal, shell: undefined, at: NOW })
  for (const [what, secret] of Object.entries(SECRETS)) expect(text, what).not.toContain(secret)
  expect(text).not.toContain(Buffer.alloc(32, 9).toString('base64'))

  const bundle = JSON.parse(text)
  expect(bundle).toMatchObject({
    format: 'tapcoupon-diagnostics',
    station: { stationId: 'station-1', settings: { undoWindowSeconds: 120 } },
    connection: { mode: 'online' },
    readers: [{ reader: 'reader 1', transport: 'pcsc', health: 'ready' }],
    pos: { present: true, letIn: [{ origins: 1 }] },
    journal: { byType: { refusal: 1, annul: 1, session: 1, policy: 1 }, last: 4 },
  })
  expect(bundle.journal.newest).toMatchObject([
    { type: 'policy', action: 'pos_let_in', by: 'person 1' },
    { type: 'session', action: 'sign_in', by: 'person 1' },
    { type: 'annul', reason: '(typed)' },
    { type: 'refusal', reason: 'medium_unknown', mediumType: 'barcode' },
  ])
})
