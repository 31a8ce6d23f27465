import { ConflictStory } from '../../../core/contract/conflicts.ts'
import { OfflineDesk } from '../../../core/counter/offlineDesk.ts'
import type { CounterState } from '../../../core/counter/state.ts'
import { STATE } from '../renderer/states.ts'
import { lease } from './leaseStates.ts'

const HOUR = 3_600_000
const at = (agoMs: number) => new Date(Date.now() - agoMs).toISOString()
const id = (n: number) => `01a19467-e801-7004-8000-${String(n).padStart(12, '0')}`
const conflictId = (n: number) => n.toString(16).padStart(32, '0')

/** Both sides of a coupon that two counters gave. */
export const STORY = ConflictStory.parse({
  conflictId: conflictId(1),
  kind: 'forced',
  state: 'open',
  storeId: 'kanda',
  storeName: 'Kanda Station',
  stationId: 's1',
  stationName: 'Left till',
  openedAt: at(30 * 60_000),
  happenedAt: at(2 * HOUR),
  reason: 'already_used',
  reasonGroup: 'customer',
  eventId: id(60),
  seq: 60,
  redemptionId: id(61),
  acquisitionId: id(62),
  campaignId: id(63),
  title: 'Welcome: ¥200 off ¥1,000 or more',
  titles: { ja: 'ようこそクーポン：1,000円以上のお買い上げで200円引き' },
  discount: 200,
  currency: 'JPY',
  operator: { operatorId: 'o1', name: 'Rin Takeda' },
  resolution: null,
  station: {
    type: 'redemption',
    stationAt: at(2 * HOUR),
    correctedAt: at(2 * HOUR),
    receivedAt: at(30 * 60_000),
    decided: 'offline',
    entry: 'tap',
    mediumType: 'felica-idm',
    lines: [
      { acquisitionId: id(62), discount: 200, leased: false, title: 'Welcome: ¥200 off ¥1,000 or more' },
      { acquisitionId: id(64), discount: 50, leased: true, title: 'Tap a card or phone: ¥50 off' },
    ],
    totalDiscount: 250,
  },
  server: {
    coupon: { usesLeft: 0, expiresAt: null, revoked: false },
    campaign: {
      state: 'approved',
      uses: 1_204,
      value: 240_800,
      forcedUses: 3,
      forcedValue: 600,
      limits: { campaignUses: 5_000, holderUses: 1, acquisitionUses: 1 },
    },
    uses: [
      {
        redemptionId: id(65),
        acquisitionId: id(62),
        sameCoupon: true,
        storeId: 'ueno',
        stationId: 's7',
        stationName: 'Ueno Park, till 2',
        at: at(3 * HOUR),
        origin: 'online',
        state: 'counted',
        discount: 200,
      },
    ],
  },
  history: [{ action: 'opened', at: at(30 * 60_000), by: null, reason: 'already_used' }],
})

const { station: _station, server: _server, history: _history, ...CONFLICT } = STORY

export const RESOLVED: ConflictStory = {
  ...STORY,
  state: 'resolved',
  resolution: {
    outcome: 'accepted',
    at: at(60_000),
    by: { operatorId: 'o3', name: 'Kaori Mizuno' },
    reason: 'Seen by Rin',
  },
  history: [
    ...STORY.history,
    {
      action: 'accepted',
      at: at(60_000),
      by: { operatorId: 'o3', name: 'Kaori Mizuno' },
      reason: 'Seen by Rin: the customer was at both stores',
    },
  ],
}

/** Of an event that could not be settled there is less to tell. */
export const QUARANTINED: ConflictStory = ConflictStory.parse({
  ...STORY,
  conflictId: conflictId(2),
  kind: 'quarantined',
  reason: 'journal_forked',
  reasonGroup: 'integration',
  redemptionId: null,
  acquisitionId: null,
  campaignId: null,
  title: '',
  titles: {},
  discount: null,
  currency: 'JPY',
  operator: null,
  happenedAt: null,
  station: {
    ...STORY.station,
    type: null,
    stationAt: null,
    correctedAt: null,
    decided: null,
    entry: null,
    mediumType: null,
    lines: [],
    totalDiscount: null,
  },
  server: { coupon: null, campaign: null, uses: [] },
})

export const LIST: NonNullable<OfflineDesk['list']> = {
  state: 'open',
  open: 2,
  cursor: 'more',
  conflicts: [
    CONFLICT,
    {
      ...CONFLICT,
      conflictId: conflictId(2),
      kind: 'quarantined',
      reason: 'journal_forked',
      title: '',
      titles: {},
      discount: null,
      operator: null,
    },
  ],
}

export const DESK: OfflineDesk = OfflineDesk.parse({
  leases: { of: 'counter', rows: [lease(1)] },
  operator: { operatorId: 'o3', name: 'Kaori Mizuno' },
  endsAt: Date.now() + 9 * 60_000,
  queue: {
    total: 14,
    rows: [
      {
        seq: 41,
        eventId: id(41),
        type: 'redemption',
        state: 'quarantined',
        at: Date.now() - 26 * HOUR,
        value: 120,
        attempts: 1,
        nextTryAt: null,
        reason: 'journal_forked',
      },
      ...['redemption', 'annul', 'session', 'policy', 'refusal', 'redemption'].map((type, index) => ({
        seq: 42 + index,
        eventId: id(42 + index),
        type,
        state: 'stored',
        at: Date.now() - (6 - index) * 600_000,
        value: type === 'redemption' ? 1_200 : null,
        attempts: index % 3,
        nextTryAt: index % 3 === 0 ? null : Date.now() + 20_000,
        reason: null,
      })),
    ],
  },
  own: [
    {
      eventId: id(60),
      seq: 60,
      kind: 'forced',
      at: Date.now() - 2 * HOUR,
      redemptionId: id(61),
      value: 200,
      reason: 'already_used',
      outcome: null,
      by: null,
      why: null,
    },
    {
      eventId: id(59),
      seq: 59,
      kind: 'forced',
      at: Date.now() - 5 * HOUR,
      redemptionId: id(58),
      value: 80,
      reason: 'holder_limit_reached',
      outcome: 'written_off',
      by: 'Kaori Mizuno',
      why: 'A test of the new till',
    },
  ],
  bounds: { maxMinutes: 240, forceOffline: true, raisePercent: 100 },
  server: 'pin_needed',
  list: null,
  story: null,
})

export const OFFLINE_VIEW: CounterState['offline'] = {
  allowed: true,
  storedCount: { used: 14, limit: 500 },
  storedValue: { used: 420_000, limit: 500_000 },
  maxReplicaAgeHours: 72,
  overrides: [],
}

export const FORCED_OFFLINE: CounterState['offline']['overrides'][number] = {
  kind: 'force_offline',
  operatorId: 'o3',
  name: 'Kaori Mizuno',
  reason: 'The server is slow since noon',
  since: Date.now() - 600_000,
  until: Date.now() + 50 * 60_000,
  raisePercent: null,
}

/** The desk as a manager has it before them. */
export const withDesk = (desk: Partial<OfflineDesk> = {}, more: Partial<CounterState> = {}): Partial<CounterState> => ({
  ...STATE,
  operators: STATE.operators.map((operator) => ({ ...operator, manages: operator.operatorId === 'o3' })),
  waiting: { count: 14, value: 420_000, forced: 1, quarantined: 1 },
  offline: OFFLINE_VIEW,
  leases: [
    {
      campaignId: id(63),
      title: 'First 100 customers: ¥1,000 off',
      titles: { ja: '先着100名様：1,000円引き' },
      usesLeft: 4,
      valueLeft: null,
    },
    { campaignId: id(66), title: 'Opening week', titles: { ja: 'オープン記念' }, usesLeft: 0, valueLeft: 0 },
  ],
  offlineDesk: { ...DESK, ...desk },
  ...more,
})

/** Every look of the desk that a manager can come to. */
export const MOMENTS: Readonly<Record<string, Partial<CounterState>>> = {
  'the PIN is needed': withDesk(),
  'the server cannot be reached': withDesk({ server: 'unreachable' }),
  'the list': withDesk({ server: 'connected', list: LIST }),
  'nothing is open': withDesk({ server: 'connected', list: { ...LIST, conflicts: [], open: 0, cursor: null } }),
  'a story': withDesk({ server: 'connected', list: LIST, story: STORY }),
  'a resolved story': withDesk({ server: 'connected', list: LIST, story: RESOLVED }),
  'a quarantined event': withDesk({ server: 'connected', list: LIST, story: QUARANTINED }),
  'set aside': withDesk(
    {},
    {
      connection: { ...STATE.connection, mode: 'offline', cause: 'forced' },
      offline: {
        ...OFFLINE_VIEW,
        storedCount: { used: 500, limit: 500 },
        overrides: [FORCED_OFFLINE, { ...FORCED_OFFLINE, kind: 'stored_value', raisePercent: 100 }],
      },
    },
  ),
}
