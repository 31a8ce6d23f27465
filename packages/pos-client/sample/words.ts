import type { Link } from '../connection.ts'
import type { Transaction } from '../index.ts'

type State = Transaction['state'] | 'confirmed' | 'stored'

/** What the page says, in one language. `static`: what stands in its HTML, by `data-words`. */
interface PageWords {
  readonly language: string
  readonly static: Readonly<Record<string, string>>
  readonly links: Readonly<Record<Link, string>>
  readonly states: Readonly<Record<State, string>>
  /** In the order of `PRODUCTS`. */
  readonly products: readonly string[]
  readonly connectFirst: string
  readonly remove: (what: string) => string
  readonly join: (parts: readonly string[]) => string
}

const ENGLISH: PageWords = {
  language: 'en',
  static: {
    title: 'Sample POS',
    counter: 'Counter',
    address: 'Address',
    token: 'Token',
    connect: 'Connect',
    hint: 'A manager makes the token at the counter: menu, “End of day and POS…”, POS. The origin of this page is',
    sale: 'Sale',
    products: 'Products',
    item: 'Item',
    price: 'Price',
    discount: 'Discount',
    toPay: 'To pay',
    remove: 'Remove',
    total: 'Total',
    coupons: 'Coupons',
    complete: 'Complete sale',
    void: 'Void sale',
    undo: 'Give coupons back',
    notConnected: 'Not connected',
  },
  links: {
    connecting: 'Connecting…',
    connected: 'Connected',
    lost: 'The counter does not answer; trying again',
    refused: 'The counter does not know this token, or not for this page',
  },
  states: {
    open: 'open',
    approved: 'approved',
    completed: 'completed',
    voided: 'voided',
    confirmed: 'confirmed',
    stored: 'stored',
  },
  products: ['Bread', 'Coffee beans', 'Salad', 'Cake'],
  connectFirst: 'Connect to a counter first.',
  remove: (what) => `Remove ${what}`,
  join: (parts) => parts.join(', '),
}

const JAPANESE: PageWords = {
  language: 'ja',
  static: {
    title: 'サンプルPOS',
    counter: 'カウンター',
    address: 'アドレス',
    token: 'トークン',
    connect: '接続',
    hint: 'トークンは店長がカウンターで作ります（メニューの「締めとPOS…」から「POS連携」）。このページのオリジン：',
    sale: '会計',
    products: '商品',
    item: '商品名',
    price: '価格',
    discount: '値引き',
    toPay: 'お支払い',
    remove: '削除',
    total: '合計',
    coupons: 'クーポン',
    complete: '会計を完了',
    void: '会計を取り消す',
    undo: 'クーポンを戻す',
    notConnected: '未接続',
  },
  links: {
    connecting: '接続中…',
    connected: '接続済み',
    lost: 'カウンターから応答がありません。再接続しています',
    refused: 'このトークンは無効か、このページでは使えません',
  },
  states: {
    open: '受付中',
    approved: '承認済み',
    completed: '完了',
    voided: '取り消し済み',
    confirmed: 'サーバー確認済み',
    stored: '送信待ち',
  },
  products: ['食パン', 'コーヒー豆', 'サラダ', 'ケーキ'],
  connectFirst: '先にカウンターに接続してください。',
  remove: (what) => `${what}を削除`,
  join: (parts) => parts.join('・'),
}

export const LANGUAGES = [ENGLISH, JAPANESE] as const

/** The language that the address asks for (`?lang=ja`), else the browser's, else English. */
export function wordsFor({ search }: Pick<Location, 'search'>, browser: string): PageWords {
  const wanted = new URLSearchParams(search).get('lang') ?? browser
  return LANGUAGES.find(({ language }) => wanted.toLowerCase().startsWith(language)) ?? ENGLISH
}

/** Writes the page's own texts, and where its other languages are found. */
export function putWords(page: Document, words: PageWords, { href }: Pick<Location, 'href'>): void {
  page.documentElement.lang = words.language
  page.title = `${words.static.title} · Tapcoupon`
  for (const element of page.querySelectorAll<HTMLElement>('[data-words]')) {
    element.textContent = words.static[element.dataset.words ?? ''] ?? ''
  }
  page.getElementById('coupons')?.setAttribute('aria-label', words.static.coupons ?? '')
  for (const link of page.querySelectorAll<HTMLAnchorElement>('a[lang]')) {
    const there = new URL(href)
    there.searchParams.set('lang', link.lang)
    link.href = there.href
    if (link.lang === words.language) link.setAttribute('aria-current', 'true')
  }
}
