import { CounterState, type PurchaseLine, type Visit } from '../../../core/counter/state.ts'

const id = (n: number) => `01a19467-e801-7004-8000-${String(n).padStart(12, '0')}`
export const COUPON = { drink: id(1), member: id(2), bento: id(3), alone: id(4) }

const usable = (acquisitionId: string, title: string, ja: string, total: number, more: object = {}) => ({
  acquisitionId,
  campaignId: id(100),
  campaignVersion: 1,
  title,
  titles: { ja },
  discount: { total, allocations: [{ lineId: '1', amount: total }] },
  usesLeft: 1,
  expiresAt: new Date(Date.now() + 40 * 86_400_000).toISOString(),
  exclusive: false,
  ...more,
})

const line = (lineId: string, label: string, category: string, pieces: number, unitPrice: number): PurchaseLine => ({
  lineId,
  label,
  category,
  quantity: { value: pieces, scale: 0 },
  unitPrice,
  lineTotal: pieces * unitPrice,
})

const combination = (lines: [string, number][]) => ({
  lines: lines.map(([acquisitionId, total]) => ({ acquisitionId, discount: { total, allocations: [] } })),
  totalDiscount: lines.reduce((sum, [, total]) => sum + total, 0),
  exact: true,
})

export const BEST = combination([
  [COUPON.member, 190],
  [COUPON.bento, 110],
  [COUPON.drink, 50],
])

export const OFFERS: Extract<Visit, { phase: 'offers' }> = {
  phase: 'offers',
  medium: { type: 'felica-idm', entry: 'tap' },
  source: 'server',
  usable: [
    usable(COUPON.member, 'Members: 10% off, up to ¥500', '会員様10%引き（上限500円）', 210, { usesLeft: 4 }),
    usable(
      COUPON.alone,
      'Welcome: ¥200 off ¥1,000 or more',
      'ようこそクーポン：1,000円以上のお買い上げで200円引き',
      200,
      {
        exclusive: true,
        expiresAt: new Date(Date.now() + 6 * 3_600_000).toISOString(),
      },
    ),
    usable(COUPON.bento, 'Bento & deli: 15% off', 'お弁当・お惣菜 15%引き', 110, { expiresAt: null, usesLeft: 3 }),
    usable(COUPON.drink, 'Tap a card or phone: ¥50 off', 'カード・スマホのタッチで50円引き', 50),
  ],
  unusable: [
    {
      acquisitionId: id(10),
      title: 'First 100 customers: ¥1,000 off ¥3,000 or more',
      titles: { ja: '先着100名様：3,000円以上で1,000円引き' },
      reason: 'min_spend_not_met',
      reasonGroup: 'customer',
      params: { missing: 904 },
    },
    {
      acquisitionId: id(11),
      title: 'Late night: deli 20% off from 22:00 to 5:00',
      titles: { ja: '深夜割：22時から5時までお惣菜20%引き' },
      reason: 'wrong_time',
      reasonGroup: 'customer',
      params: { from: '22:00', until: '05:00' },
    },
    {
      acquisitionId: id(12),
      title: 'A reason from next year',
      titles: { ja: '来年の理由' },
      reason: 'moon_phase_wrong',
      reasonGroup: 'campaign',
      params: {},
    },
  ],
  best: [BEST],
  selected: [],
  selection: null,
}

export const VISITS = {
  idle: { phase: 'idle' },
  reading: { phase: 'reading', readerId: 'r1' },
  searching: { phase: 'searching' },
  offers: OFFERS,
  approving: { ...OFFERS, phase: 'approving' },
  combined: {
    ...OFFERS,
    source: 'replica',
    selected: [COUPON.member, COUPON.alone],
    selection: {
      status: 'refused',
      reason: 'not_combinable',
      reasonGroup: 'customer',
      params: {},
      failingAcquisitionId: COUPON.alone,
      bestRemaining: combination([[COUPON.member, 210]]),
    },
  },
  nothing: { ...OFFERS, usable: [], best: [] },
  approved: {
    phase: 'approved',
    redemptionId: id(50),
    certainty: 'confirmed',
    lines: BEST.lines.map((given, index) => ({
      ...given,
      title: ['Members: 10% off, up to ¥500', 'Bento & deli: 15% off', 'Tap a card or phone: ¥50 off'][index] ?? '',
      titles: {
        ja: ['会員様10%引き（上限500円）', 'お弁当・お惣菜 15%引き', 'カード・スマホのタッチで50円引き'][index] ?? '',
      },
    })),
    totalDiscount: 350,
    undoUntil: Date.now() + 110_000,
  },
  refused: {
    phase: 'refused',
    reason: 'medium_blocked',
    reasonGroup: 'medium',
    params: {},
    title: null,
    bestRemaining: null,
  },
  refusedWithRest: {
    phase: 'refused',
    reason: 'offer_changed',
    reasonGroup: 'customer',
    params: {},
    title: 'Members: 10% off, up to ¥500',
    bestRemaining: combination([[COUPON.bento, 110]]),
  },
  undoing: { phase: 'undoing', redemptionId: id(50) },
  undone: { phase: 'undone', redemptionId: id(50), certainty: 'confirmed', totalDiscount: 350 },
} satisfies Record<string, Visit>

export const STORED: Visit = { ...VISITS.approved, redemptionId: id(51), certainty: 'stored' }

const LINES = [
  line('1', '幕の内弁当 Makunouchi bento', 'deli', 1, 598),
  line('2', '鮭おにぎり Salmon onigiri', 'deli', 2, 160),
  line('3', '緑茶 600ml Green tea', 'drinks', 1, 178),
  line('4', '', 'household', 1, 1_000),
]

const NAMES = ['Haruka Sato', 'Daiki Kobayashi', 'Aoi Nakamura', 'Ren Ito', 'Yui Yamamoto', 'Sora Kato', 'Mei Yoshida']
const NOTES = [
  'many coupons',
  'blocked',
  'two media, one holder',
  'nothing usable',
  'customer',
  'no coupons yet',
  'customer',
]
const TYPES = ['felica-idm', 'nfc-uid', 'hce', 'barcode', 'qr', 'card-token', 'barcode']

/** A counter in the middle of a morning: signed in, online, three readers, a purchase. Parsed, so that it is real. */
export const STATE: CounterState = CounterState.parse({
  revision: 1,
  enrolment: { status: 'enrolled', stationId: 's1', storeName: 'Kanda Station', currency: 'JPY' },
  connection: { mode: 'online', since: Date.now() - 3_600_000, replicaAsOf: Date.now() - 40_000 },
  waiting: { count: 0, value: 0, forced: 0, quarantined: 0 },
  readers: [
    { readerId: 'r1', transport: 'pcsc', name: 'Sony PaSoRi RC-S380', state: 'ready' },
    { readerId: 'r2', transport: 'hid', name: 'Honeywell Voyager 1470', state: 'ready' },
    { readerId: 'r3', transport: 'simulated', name: 'Simulated reader', state: 'ready' },
  ],
  cashier: { operatorId: 'o1', name: 'Rin Takeda', role: 'cashier' },
  operators: ['Rin Takeda', 'Sota Aoki', 'Kaori Mizuno', 'Emi Kuroda'].map((name, index) => ({
    operatorId: `o${index + 1}`,
    name,
  })),
  signIn: { problem: null, retryAt: null },
  categories: [
    ['deli', 'Bento & deli', 'お弁当・お惣菜'],
    ['drinks', 'Drinks', '飲み物'],
    ['dairy', 'Dairy', '乳製品'],
    ['bakery', 'Bakery', 'パン'],
    ['sweets', 'Sweets', 'お菓子'],
    ['fresh', 'Fresh food', '生鮮食品'],
    ['liquor', 'Liquor', 'お酒'],
    ['household', 'Household', '日用品'],
    ['tobacco', 'Tobacco', 'たばこ'],
    ['gift_card', 'Gift cards', 'ギフトカード'],
  ].map(([category, label, ja]) => ({ category, label, labels: { ja } })),
  purchase: { currency: 'JPY', lines: LINES, total: 2_096 },
  visit: { phase: 'idle' },
  settings: { oneTap: false, undoWindowSeconds: 120 },
  notices: [],
  simulator: {
    media: Array.from({ length: 21 }, (_, index) => ({
      sampleId: `sample-${index}`,
      type: TYPES[index % 7],
      holder: NAMES[index % 7],
      note: NOTES[index % 7],
    })),
    baskets: [
      {
        basketId: 'lunch',
        name: 'Lunch',
        names: { ja: 'お昼ごはん' },
        purchase: { currency: 'JPY', lines: LINES, total: 2_096 },
      },
    ],
  },
})

export const OFFLINE: Partial<CounterState> = {
  connection: {
    mode: 'offline',
    since: Date.now() - 1_200_000,
    cause: 'no_connection',
    replicaAsOf: Date.now() - 1_300_000,
  },
  waiting: { count: 3, value: 1_050, forced: 1, quarantined: 0 },
  readers: [
    {
      readerId: 'r1',
      transport: 'pcsc',
      name: 'PC/SC',
      state: 'error',
      code: 'pcscd_not_running',
      fix: 'Start it: sudo systemctl start pcscd',
    },
    { readerId: 'r2', transport: 'hid', name: 'Honeywell Voyager 1470', state: 'ready' },
  ],
}
