import type { Basket, Transaction } from '../index.ts'

/** What this shop sells, its names in `words.ts`; prices in the currency's minor units. */
export const PRODUCTS = [
  { category: 'bakery', price: 320 },
  { category: 'grocery', price: 980 },
  { category: 'deli', price: 450 },
  { category: 'bakery', price: 2_400 },
] as const

/** The sale at the till, as it is kept between two starts of the page. */
export interface Sale {
  readonly saleId: string
  readonly revision: number
  readonly products: readonly number[]
}

const KEY = 'sample-pos-sale'

export function newSale(): Sale {
  return { saleId: `S-${new Date().toISOString().replace(/\D/g, '').slice(2, 17)}`, revision: 0, products: [] }
}

/** The sale that was open when the page was closed, or crashed; else a new one. */
export function recalledSale(): Sale {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Sale | null
    return kept ?? newSale()
  } catch {
    return newSale()
  }
}

/** Before the counter is told: a POS that dies in between asks with the same number again. */
export function keepSale(sale: Sale): void {
  localStorage.setItem(KEY, JSON.stringify(sale))
}

/** `names`: of the products, in the language of the till. */
export function basketOf({ products }: Sale, currency: string, names: readonly string[]): Basket {
  const lines = products.flatMap((index, at) => {
    const product = PRODUCTS[index]
    if (!product) return []
    const { category, price } = product
    return [{ lineId: `${at + 1}`, label: names[index] ?? '', category, unitPrice: price, lineTotal: price }]
  })
  return { currency, lines, total: lines.reduce((sum, { lineTotal }) => sum + lineTotal, 0) }
}

/** What is off one line. */
export function discountOf(transaction: Transaction | null, lineId: string): number {
  return transaction?.discount?.lines.find((line) => line.lineId === lineId)?.discount ?? 0
}
