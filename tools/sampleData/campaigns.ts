import { CampaignRules } from '../../core/campaigns/rules.ts'
import { APPROVER, PLANNER } from './chain.ts'
import { sampleId } from './ids.ts'
import { gtin } from './products.ts'

/** Midnight in Tokyo on 2020-01-01 and on 2100-01-01: the demo works whenever it is run between. */
const always = { validFrom: '2019-12-31T15:00:00Z', validUntil: '2099-12-31T15:00:00Z' }
const common = { currency: 'JPY', ...always }
/** Tobacco may not be sold below its price in Japan, and a gift card is money. */
const notTobaccoNorGiftCards = { kind: 'excluded_items', items: { categories: ['tobacco', 'gift_card'] } } as const
const items = (...names: string[]) => ({ categories: names })

/** Names by which holders.ts hands out coupons; the order gives the ids. */
const documents = {
  welcome: {
    ...common,
    title: 'Welcome: ¥200 off ¥1,000 or more',
    titles: { ja: 'ようこそクーポン：1,000円以上のお買い上げで200円引き' },
    description: 'For new members, once.',
    benefit: { kind: 'amount_off', amount: 200 },
    conditions: [notTobaccoNorGiftCards, { kind: 'min_spend', amount: 1_000 }],
    limits: { holderUses: 1 },
    stacking: { group: 'whole-purchase' },
  },
  tenPercent: {
    ...common,
    title: 'Members: 10% off, up to ¥500',
    titles: { ja: '会員様10%引き（上限500円）' },
    description: 'Tobacco and gift cards are excluded.',
    benefit: { kind: 'percent_off', basisPoints: 1_000, cap: 500 },
    conditions: [notTobaccoNorGiftCards],
    limits: { acquisitionUses: 5, holderPeriod: { period: 'day', uses: 1 } },
    stacking: { group: 'whole-purchase' },
  },
  deliFifteen: {
    ...common,
    title: 'Bento & deli: 15% off',
    titles: { ja: 'お弁当・お惣菜 15%引き' },
    benefit: { kind: 'percent_off', basisPoints: 1_500, items: items('deli') },
    limits: { acquisitionUses: 3 },
  },
  coffee: {
    ...common,
    title: 'Drip coffee for ¥100',
    titles: { ja: 'ドリップコーヒー 1杯100円' },
    benefit: { kind: 'fixed_price', price: 100, items: { gtins: [gtin('dripCoffee')] }, maxPieces: 1 },
    limits: { acquisitionUses: 30, holderPeriod: { period: 'day', uses: 2 } },
  },
  freeOnigiri: {
    ...common,
    title: 'A free salmon onigiri with any drink',
    titles: { ja: '飲み物を買うと鮭おにぎり1個無料' },
    benefit: { kind: 'free_item', items: { gtins: [gtin('salmonOnigiri')] }, pieces: 1 },
    conditions: [{ kind: 'items', items: items('drinks'), minPieces: 1 }],
  },
  yoghurt: {
    ...common,
    title: 'Yoghurt: buy 2, get 1 free',
    titles: { ja: 'ヨーグルト2個買うと1個無料' },
    benefit: { kind: 'buy_x_get_y', buy: 2, get: 1, items: { gtins: [gtin('yoghurt')] }, maxSets: 2 },
    limits: { acquisitionUses: 2 },
  },
  bakery: {
    ...common,
    title: 'Bakery: second piece half price',
    titles: { ja: 'パン2個目半額' },
    benefit: { kind: 'buy_x_get_y', buy: 1, get: 1, basisPoints: 5_000, items: items('bakery'), maxSets: 1 },
    limits: { acquisitionUses: 52, holderPeriod: { period: 'week', uses: 2 } },
  },
  lateNight: {
    ...common,
    title: 'Late night: deli 20% off from 22:00 to 5:00',
    titles: { ja: '深夜割：22時から5時までお惣菜20%引き' },
    benefit: { kind: 'percent_off', basisPoints: 2_000, items: items('deli') },
    conditions: [
      { kind: 'stores', storeIds: ['shimokitazawa', 'kichijoji'] },
      { kind: 'hours', from: '22:00', until: '05:00' },
    ],
    limits: { acquisitionUses: 10, holderPeriod: { period: 'day', uses: 1 } },
  },
  weekendWine: {
    ...common,
    title: 'Friday and Saturday: ¥300 off drinks for the evening',
    titles: { ja: '金・土曜日限定 お酒300円引き' },
    benefit: { kind: 'amount_off', amount: 300, items: items('liquor') },
    conditions: [
      { kind: 'weekdays', weekdays: [5, 6] },
      { kind: 'items', items: items('liquor'), minPieces: 1 },
    ],
    limits: { acquisitionUses: 4 },
  },
  tapBonus: {
    ...common,
    title: 'Tap a card or phone: ¥50 off',
    titles: { ja: 'カード・スマホのタッチで50円引き' },
    description: 'Not for numbers that are typed in.',
    benefit: { kind: 'amount_off', amount: 50 },
    conditions: [notTobaccoNorGiftCards, { kind: 'media', types: ['felica-idm', 'nfc-uid', 'hce'], entries: ['tap'] }],
    limits: { acquisitionUses: 20, holderPeriod: { period: 'day', uses: 1 } },
  },
  firstHundred: {
    ...common,
    title: 'First 100 customers: ¥1,000 off ¥3,000 or more',
    titles: { ja: '先着100名様：3,000円以上で1,000円引き' },
    description: 'Never approved without the server: the number is limited.',
    benefit: { kind: 'amount_off', amount: 1_000 },
    conditions: [notTobaccoNorGiftCards, { kind: 'min_spend', amount: 3_000 }],
    limits: { campaignUses: 100, campaignValue: 60_000, holderUses: 1, circulation: 200 },
    offline: { mode: 'require_online' },
  },
  monthly: {
    ...common,
    title: 'Once a month: ¥500 off ¥5,000 or more',
    titles: { ja: '月に一度：5,000円以上で500円引き' },
    benefit: { kind: 'amount_off', amount: 500 },
    conditions: [notTobaccoNorGiftCards, { kind: 'min_spend', amount: 5_000 }],
    limits: { acquisitionUses: 12, holderPeriod: { period: 'month', uses: 1 } },
    stacking: { group: 'whole-purchase' },
    offline: { mode: 'prefer_online', maxValue: 500 },
  },
  birthday: {
    ...common,
    title: 'Birthday: ¥400 off, alone',
    titles: { ja: 'お誕生日400円引き（他の割引との併用不可）' },
    benefit: { kind: 'amount_off', amount: 400 },
    conditions: [notTobaccoNorGiftCards],
    limits: { holderUses: 1 },
    stacking: { mode: 'exclusive' },
    priority: 10,
  },
  stampReward: {
    ...common,
    title: 'Full stamp card: ¥150 off',
    titles: { ja: 'スタンプ満点：150円引き' },
    benefit: { kind: 'amount_off', amount: 150 },
    conditions: [notTobaccoNorGiftCards],
    limits: { holderAcquisitions: 3 },
    priority: -5,
  },
  yanakaOnly: {
    ...common,
    title: 'Yanaka reopening: 5% off, up to ¥300',
    titles: { ja: '谷中店リニューアル記念 5%引き（上限300円）' },
    benefit: { kind: 'percent_off', basisPoints: 500, cap: 300 },
    conditions: [notTobaccoNorGiftCards, { kind: 'stores', storeIds: ['yanaka'] }],
    limits: { campaignValue: 300_000, acquisitionUses: 3 },
  },
  summerFestival: {
    ...common,
    title: 'Summer festival 2026: ¥100 off',
    titles: { ja: '夏祭り2026：100円引き' },
    benefit: { kind: 'amount_off', amount: 100 },
    validFrom: '2026-06-30T15:00:00Z',
    validUntil: '2026-08-31T15:00:00Z',
  },
  centenary: {
    ...common,
    title: 'Our hundredth year, 2099: 20% off',
    titles: { ja: '創業100周年（2099年）：20%引き' },
    benefit: { kind: 'percent_off', basisPoints: 2_000 },
    validFrom: '2098-12-31T15:00:00Z',
  },
  iceCream: {
    ...common,
    title: 'Ice cream fair: ¥80 off sweets',
    titles: { ja: 'アイスフェア：お菓子80円引き' },
    description: 'Suspended while a supplier recalls one flavour.',
    benefit: { kind: 'amount_off', amount: 80, items: items('sweets') },
  },
  rainyDay: {
    ...common,
    title: 'Rainy day: ¥120 off',
    titles: { ja: '雨の日120円引き' },
    benefit: { kind: 'amount_off', amount: 120 },
  },
  newYear: {
    ...common,
    title: 'New Year: 8% off fresh food',
    titles: { ja: '初売り：生鮮食品8%引き' },
    benefit: { kind: 'percent_off', basisPoints: 800, cap: 800, items: items('fresh') },
    validFrom: '2026-12-31T15:00:00Z',
    validUntil: '2027-01-07T15:00:00Z',
  },
  springBento: {
    ...common,
    title: 'Spring: blossom bento for ¥680',
    titles: { ja: '春：お花見弁当680円' },
    benefit: { kind: 'fixed_price', price: 680, items: items('deli'), maxPieces: 2 },
    validFrom: '2027-03-14T15:00:00Z',
    validUntil: '2027-04-14T15:00:00Z',
  },
} as const

export type CampaignName = keyof typeof documents

const names = Object.keys(documents) as CampaignName[]

const states: Partial<Record<CampaignName, string>> = {
  iceCream: 'suspended',
  rainyDay: 'ended',
  newYear: 'submitted',
  springBento: 'draft',
}

/** Campaigns that a second person has not approved yet: nobody can hold a coupon of them. */
const unapproved: readonly CampaignName[] = ['newYear', 'springBento']

export const campaignId = (name: CampaignName): string => sampleId('campaign', names.indexOf(name) + 1)

export const acquisitionUses = (name: CampaignName): number =>
  CampaignRules.parse(documents[name]).limits.acquisitionUses

export const campaigns = names.map((name) => ({
  campaignId: campaignId(name),
  authorId: PLANNER,
  approverId: unapproved.includes(name) ? null : APPROVER,
  state: states[name] ?? 'approved',
  rules: documents[name],
}))
