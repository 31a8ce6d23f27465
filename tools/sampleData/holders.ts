import { acquisitionUses, type CampaignName, campaignId } from './campaigns.ts'
import { sampleId, withCheckDigit } from './ids.ts'
import { type SeededRandom, seededRandom } from './random.ts'

type MediumForm =
  | 'felica-idm'
  | 'felica-idm-transit'
  | 'nfc-uid'
  | 'nfc-uid-10'
  | 'hce'
  | 'barcode'
  | 'qr'
  | 'card-token'

interface Coupon {
  readonly campaign: CampaignName
  readonly usesLeft?: number
}

interface Story {
  readonly name: string
  readonly note: string
  readonly media: readonly { readonly type: MediumForm; readonly note?: string; readonly blocked?: boolean }[]
  readonly coupons: readonly (CampaignName | Coupon)[]
}

/** The first media of the simulator drawer, each of which shows one thing. */
const stories: readonly Story[] = [
  {
    name: 'Haruka Sato',
    note: 'many coupons',
    media: [{ type: 'felica-idm' }],
    coupons: [
      'welcome',
      { campaign: 'tenPercent', usesLeft: 4 },
      'deliFifteen',
      { campaign: 'coffee', usesLeft: 27 },
      'freeOnigiri',
      'yoghurt',
      'tapBonus',
      'monthly',
      'weekendWine',
      'bakery',
      'yanakaOnly',
      'summerFestival',
    ],
  },
  {
    name: 'Kenta Suzuki',
    note: 'nothing usable',
    media: [{ type: 'nfc-uid' }],
    coupons: [
      'yanakaOnly',
      'summerFestival',
      'centenary',
      'iceCream',
      'rainyDay',
      { campaign: 'yoghurt', usesLeft: 0 },
    ],
  },
  {
    name: 'Yui Takahashi',
    note: 'alone or together',
    media: [{ type: 'barcode' }],
    coupons: ['birthday', 'deliFifteen', 'freeOnigiri', 'stampReward', 'tapBonus'],
  },
  {
    name: 'Takumi Ito',
    note: 'limited, online only',
    media: [{ type: 'hce' }],
    coupons: ['firstHundred', 'monthly', 'tapBonus'],
  },
  { name: 'Aoi Watanabe', note: 'no coupons yet', media: [{ type: 'qr' }], coupons: [] },
  {
    name: 'Daiki Yamamoto',
    note: 'last use of a coupon',
    media: [{ type: 'card-token' }],
    coupons: [{ campaign: 'coffee', usesLeft: 1 }, { campaign: 'bakery', usesLeft: 1 }, 'deliFifteen'],
  },
  {
    name: 'Sakura Nakamura',
    note: 'two media, one holder',
    media: [{ type: 'felica-idm' }, { type: 'barcode' }],
    coupons: ['welcome', 'tenPercent', 'bakery', 'yoghurt', 'tapBonus'],
  },
  {
    name: 'Ren Kobayashi',
    note: 'lost card replaced',
    media: [
      { type: 'nfc-uid', note: 'blocked', blocked: true },
      { type: 'nfc-uid-10', note: 'the new card' },
    ],
    coupons: ['welcome', 'deliFifteen', 'coffee'],
  },
  {
    name: 'Hina Kato',
    note: 'one of a group',
    media: [{ type: 'felica-idm' }],
    coupons: ['welcome', 'tenPercent', 'monthly', 'firstHundred'],
  },
  {
    name: 'Yuto Yoshida',
    note: 'three of one coupon',
    media: [{ type: 'barcode' }],
    coupons: ['stampReward', 'stampReward', 'stampReward', 'coffee'],
  },
]

const familyNames =
  'Yamada Sasaki Yamaguchi Matsumoto Inoue Kimura Hayashi Saito Shimizu Yamazaki Mori Abe Ikeda Hashimoto Ishikawa Ogawa Okada Goto Maeda Murakami Endo Sakamoto Fukuda Ota Nishimura Miura Okamoto Nakajima Harada Wada'.split(
    ' ',
  )
const givenNames =
  'Akari Haruto Mei Sosuke Riko Minato Tsumugi Itsuki Ema Hinata Sara Kaito Koharu Yamato Ichika Riku Nanami Asahi Honoka Tatsuki Misaki Hayato Ayaka Shota Kanon Ryo Mao Kazuki Chihiro Makoto'.split(
    ' ',
  )
const mediaOfCrowd: readonly MediumForm[] = [
  'felica-idm',
  'barcode',
  'nfc-uid',
  'qr',
  'hce',
  'felica-idm-transit',
  'card-token',
  'barcode',
  'nfc-uid-10',
]
const couponsOfCrowd: readonly CampaignName[] = [
  'welcome',
  'tenPercent',
  'deliFifteen',
  'coffee',
  'freeOnigiri',
  'yoghurt',
  'bakery',
  'lateNight',
  'weekendWine',
  'tapBonus',
  'firstHundred',
  'monthly',
  'birthday',
  'stampReward',
  'yanakaOnly',
]

const UPPER_ALPHANUMERIC = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** A lifelike identifier; UIDs never contain 0x88, the cascade tag of ISO/IEC 14443-3. */
function identifier(type: MediumForm, random: SeededRandom): string {
  const uid = (size: number) =>
    Array.from({ length: size }, () => (random.integer(0x80) + 1).toString(16).padStart(2, '0')).join('')
  switch (type) {
    case 'felica-idm':
      // As PC/SC readers report it, without a system code. 01FE… would be an NFC-DEP identifier, made anew each time.
      return `${random.pick(['0101', '0110', '0114', '012e', '0139'])}${random.hex(6)}`
    case 'felica-idm-transit':
      // From a reader that polled system code 0003, Japanese transit cards.
      return `${identifier('felica-idm', random)}@0003`
    case 'nfc-uid':
      return `04${uid(6)}`
    case 'nfc-uid-10':
      return `04${uid(9)}`
    case 'hce':
      return random.hex(16)
    case 'barcode':
      // 29: numbers that a shop gives out for use inside it (GS1 General Specifications §2.1.11).
      return withCheckDigit(`29${random.text(10, '0123456789')}`)
    case 'qr':
      return `HNM1-${random.text(4, UPPER_ALPHANUMERIC)}-${random.text(4, UPPER_ALPHANUMERIC)}-${random.text(4, UPPER_ALPHANUMERIC)}`
    case 'card-token':
      // The length of an EMV Payment Account Reference: 4 + 25 characters.
      return `HNTK${random.text(25, UPPER_ALPHANUMERIC)}`
  }
}

const wireType = (form: MediumForm): string =>
  form === 'nfc-uid-10' ? 'nfc-uid' : form === 'felica-idm-transit' ? 'felica-idm' : form

function crowd(random: SeededRandom): Story[] {
  return familyNames.map((family, index) => {
    const shuffled = [...couponsOfCrowd].sort(byDraw(couponsOfCrowd, random))
    const coupons = shuffled.slice(0, 1 + random.integer(6)).map((campaign): Coupon => {
      const uses = acquisitionUses(campaign)
      return uses > 1 && random.integer(2) === 0 ? { campaign, usesLeft: 1 + random.integer(uses) } : { campaign }
    })
    const first = mediaOfCrowd[index % mediaOfCrowd.length] ?? 'barcode'
    const media =
      index % 7 === 3 && first !== 'barcode' ? [{ type: first }, { type: 'barcode' as const }] : [{ type: first }]
    return { name: `${givenNames[index] ?? ''} ${family}`, note: 'customer', media, coupons }
  })
}

/** An order by lot; every item draws once, so that the sort is consistent. */
function byDraw<Item>(items: readonly Item[], random: SeededRandom): (a: Item, b: Item) => number {
  const lots = new Map(items.map((item) => [item, random.integer(1_000_000)] as const))
  return (a, b) => (lots.get(a) ?? 0) - (lots.get(b) ?? 0)
}

/** Forty customers: ten stories, then thirty drawn from the seed. */
export function makeHolders(seed: number) {
  const random = seededRandom(seed)
  let acquisition = 0
  return [...stories, ...crowd(random)].map((story, index) => ({
    holderId: sampleId('holder', index + 1),
    name: story.name,
    media: story.media.map(({ type, note, blocked }) => ({
      sampleId: `${story.name.toLowerCase().replace(' ', '-')}-${type}`,
      type: wireType(type),
      identifier: identifier(type, random),
      note: note ?? story.note,
      blocked: blocked ?? false,
    })),
    acquisitions: story.coupons.map((coupon) => {
      const { campaign, usesLeft } = typeof coupon === 'string' ? { campaign: coupon, usesLeft: undefined } : coupon
      acquisition += 1
      const held = { acquisitionId: sampleId('acquisition', acquisition), campaignId: campaignId(campaign) }
      return usesLeft === undefined ? held : { ...held, usesLeft }
    }),
  }))
}

/** Media that nobody registered, and those that nobody may. */
export const extraMedia = [
  { sampleId: 'unknown-barcode', type: 'barcode', identifier: withCheckDigit('290000000001'), note: 'unknown' },
  { sampleId: 'unknown-felica', type: 'felica-idm', identifier: '012e4c3d2b1a0f99', note: 'unknown' },
  { sampleId: 'phone-random-uid', type: 'nfc-uid', identifier: '08a31f5c', note: 'unstable' },
  { sampleId: 'old-card-4-byte', type: 'nfc-uid', identifier: '5f3c9a17', note: 'not unique' },
]
