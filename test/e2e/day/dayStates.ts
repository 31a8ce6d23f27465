import { CounterValues } from '../../../core/contract/counterSettings.ts'
import { DayDesk } from '../../../core/counter/dayDesk.ts'
import { DIFFERENCE_KINDS } from '../../../core/counter/reconciliation.ts'
import type { CounterState } from '../../../core/counter/state.ts'
import { STATE } from '../renderer/states.ts'

const HOUR = 3_600_000
const now = Date.now()
const today = new Date(now).toISOString().slice(0, 10)
const redemptionId = (n: number) => `01a19467-e801-7004-8000-${String(n).padStart(12, '0')}`

export const PLAIN = DayDesk.parse({
  operator: { operatorId: 'o3', name: 'Kaori Mori' },
  endsAt: now + 9 * 60_000,
  server: 'connected',
  today,
  shifts: [
    { shiftId: 'shift-2', from: now - 3 * HOUR, until: null },
    { shiftId: 'shift-1', from: now - 12 * HOUR, until: now - 4 * HOUR },
  ],
  reconciled: {
    counter: { count: 214, discount: 61_350 },
    server: { count: 214, discount: 61_350 },
    pos: { count: 214, discount: 61_350 },
    differences: [],
    span: { day: today, shift: null },
    at: now,
  },
  journal: null,
  pos: {
    accesses: [
      { posId: 'p1', name: 'Till 1', origins: ['http://127.0.0.1:4752'], madeAt: now - 90 * HOUR, present: true },
      { posId: 'p2', name: '二番レジ', origins: [], madeAt: now - 9 * HOUR, present: false },
    ],
    made: null,
    address: 'http://127.0.0.1:4751',
    problem: null,
  },
  settings: {
    version: '3.1',
    office: CounterValues.parse({ oneTap: true }),
    chosen: { volume: 60 },
    fixed: ['oneTap', 'readers'],
    waits: false,
    categories: [{ category: 'drinks', label: 'Drinks', labels: { ja: '飲み物' } }],
  },
  saved: null,
})

/** Every kind of difference at once. */
export const APART: DayDesk = {
  ...PLAIN,
  reconciled: {
    counter: { count: 9, discount: 2_700 },
    server: { count: 7, discount: 2_050 },
    pos: { count: 6, discount: 1_800 },
    differences: DIFFERENCE_KINDS.map((kind, index) => ({
      kind,
      at: now - index * 600_000,
      redemptionId: redemptionId(index),
      saleId: index % 2 === 0 ? `S-20261122-${index}` : null,
      posName: index % 2 === 0 ? 'Till 1' : null,
      counter: 300,
      server: index % 3 === 0 ? null : 250,
      pos: index % 2 === 0 ? 0 : null,
    })),
    span: { day: today, shift: { shiftId: 'shift-1', from: now - 12 * HOUR, until: now - 4 * HOUR } },
    at: now,
  },
}

export const UNKNOWN_TO_SERVER: DayDesk = {
  ...PLAIN,
  server: 'pin_needed',
  reconciled: { ...PLAIN.reconciled!, server: null, pos: null },
}

export const MADE: DayDesk = {
  ...PLAIN,
  pos: {
    ...PLAIN.pos,
    made: { posId: 'p3', name: 'Till 3', token: `tcpos_${'aB3-'.repeat(10)}xyz` },
    problem: 'port_taken',
    address: null,
  },
}

export const SEARCHED: DayDesk = {
  ...PLAIN,
  journal: {
    query: { types: [], text: '' },
    rows: ['redemption', 'annul', 'refusal', 'override', 'policy', 'session'].map((type, index) => ({
      seq: 900 - index,
      at: now - index * 60_000,
      type,
      action: type === 'session' ? 'sale_completed' : null,
      operatorId: 'o1',
      operatorName: 'Rin Takeda',
      redemptionId: redemptionId(index),
      saleId: index === 0 ? 'S-20261122-1' : null,
      mediumType: 'felica-idm',
      discount: index === 0 ? 350 : null,
      reason: type === 'refusal' ? 'medium_unknown' : type === 'annul' ? 'rang up twice' : null,
      fate: (['confirmed', 'waiting', 'confirmed', 'forced', 'quarantined', null] as const)[index] ?? null,
    })),
    before: 800,
  },
  saved: { what: 'journal', path: '/home/till/tapcoupon/counter/saved/journal-20261122T080000Z.csv', rows: 6, at: now },
}

export const withDay = (dayDesk: DayDesk): CounterState => ({ ...STATE, dayDesk })

/** A POS's basket on the cashier's screen. */
export function withPos(present: boolean): CounterState {
  const { currency } = STATE.purchase
  const line = (lineId: string, label: string, total: number) => ({
    lineId,
    label,
    quantity: { value: 1, scale: 0 },
    unitPrice: total,
    lineTotal: total,
  })
  return {
    ...STATE,
    visit: { phase: 'idle' },
    purchase: {
      currency,
      lines: [line('1', 'Bread', 320), line('2', 'コーヒー豆', 980)],
      total: 1_300,
      sale: { posId: 'p1', saleId: 'S-1', revision: 1, posName: 'Till 1' },
    },
    pos: { name: 'Till 1', present, since: now - 60_000, saleId: 'S-1' },
  }
}
