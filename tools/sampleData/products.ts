import { withCheckDigit } from './ids.ts'

/** Category buttons of the counter. */
export const categories = [
  { category: 'deli', label: 'Bento & deli', labels: { ja: 'お弁当・お惣菜' } },
  { category: 'drinks', label: 'Drinks', labels: { ja: '飲み物' } },
  { category: 'dairy', label: 'Dairy', labels: { ja: '乳製品' } },
  { category: 'bakery', label: 'Bakery', labels: { ja: 'パン' } },
  { category: 'sweets', label: 'Sweets', labels: { ja: 'お菓子' } },
  { category: 'fresh', label: 'Fresh food', labels: { ja: '生鮮食品' } },
  { category: 'liquor', label: 'Liquor', labels: { ja: 'お酒' } },
  { category: 'household', label: 'Household', labels: { ja: '日用品' } },
  { category: 'tobacco', label: 'Tobacco', labels: { ja: 'たばこ' } },
  { category: 'gift_card', label: 'Gift cards', labels: { ja: 'ギフトカード' } },
]

interface Product {
  readonly label: string
  readonly category: string
  readonly price: number
}

/** Shelf prices in yen, tax included. */
const shelf = {
  salmonOnigiri: { label: '鮭おにぎり Salmon onigiri', category: 'deli', price: 160 },
  makunouchi: { label: '幕の内弁当 Makunouchi bento', category: 'deli', price: 598 },
  karaage: { label: '鶏の唐揚げ Fried chicken', category: 'deli', price: 398 },
  greenTea: { label: '緑茶 600ml Green tea', category: 'drinks', price: 148 },
  dripCoffee: { label: 'ドリップコーヒー Drip coffee', category: 'drinks', price: 150 },
  orangeJuice: { label: 'オレンジジュース Orange juice', category: 'drinks', price: 228 },
  yoghurt: { label: 'ヨーグルト Yoghurt', category: 'dairy', price: 178 },
  milk: { label: '牛乳 1L Milk', category: 'dairy', price: 258 },
  melonPan: { label: 'メロンパン Melon bread', category: 'bakery', price: 140 },
  shokupan: { label: '食パン 6枚 Sliced bread', category: 'bakery', price: 198 },
  pudding: { label: 'カスタードプリン Custard pudding', category: 'sweets', price: 168 },
  rice: { label: 'こしひかり 5kg Koshihikari rice', category: 'fresh', price: 2_780 },
  vegetables: { label: '野菜セット Vegetable box', category: 'fresh', price: 980 },
  sashimi: { label: 'お刺身盛り合わせ Sashimi platter', category: 'fresh', price: 1_280 },
  wine: { label: '赤ワイン Red wine', category: 'liquor', price: 1_480 },
  beer: { label: 'ビール 6缶 Beer, six cans', category: 'liquor', price: 1_280 },
  detergent: { label: '洗濯洗剤 Laundry detergent', category: 'household', price: 428 },
  cigarettes: { label: 'たばこ Cigarettes', category: 'tobacco', price: 600 },
  giftCard: { label: 'ギフトカード Gift card', category: 'gift_card', price: 3_000 },
} as const satisfies Record<string, Product>

export type ProductName = keyof typeof shelf

/** 952 is the prefix GS1 keeps for demonstrations: no sample product can be mistaken for a real one. */
export function gtin(name: ProductName): string {
  const number = Object.keys(shelf).indexOf(name) + 1
  return withCheckDigit(`952100${String(number).padStart(6, '0')}`)
}

function basket(basketId: string, name: string, ja: string, pieces: readonly (readonly [ProductName, number])[]) {
  const lines = pieces.map(([product, count], index) => ({
    lineId: String(index + 1),
    label: shelf[product].label,
    gtin: gtin(product),
    category: shelf[product].category,
    quantity: { value: count, scale: 0 },
    unitPrice: shelf[product].price,
    lineTotal: shelf[product].price * count,
  }))
  const total = lines.reduce((sum, line) => sum + line.lineTotal, 0)
  return { basketId, name, names: { ja }, purchase: { currency: 'JPY', lines, total } }
}

export const baskets = [
  basket('lunch', 'Lunch', 'お昼ごはん', [
    ['makunouchi', 1],
    ['salmonOnigiri', 2],
    ['greenTea', 1],
    ['dripCoffee', 1],
  ]),
  basket('coffee', 'One coffee', 'コーヒー 1杯', [['dripCoffee', 1]]),
  basket('breakfast', 'Breakfast', '朝ごはん', [
    ['melonPan', 2],
    ['yoghurt', 3],
    ['milk', 1],
    ['orangeJuice', 1],
  ]),
  basket('weekly', 'Weekly shop', '一週間のお買い物', [
    ['rice', 1],
    ['vegetables', 1],
    ['milk', 2],
    ['shokupan', 2],
    ['yoghurt', 6],
    ['karaage', 2],
    ['detergent', 1],
    ['dripCoffee', 1],
  ]),
  basket('party', 'Party', 'ホームパーティー', [
    ['sashimi', 2],
    ['wine', 2],
    ['beer', 1],
    ['karaage', 3],
    ['pudding', 4],
  ]),
  basket('kiosk', 'Cigarettes and a gift card', 'たばことギフトカード', [
    ['cigarettes', 1],
    ['giftCard', 1],
  ]),
]
