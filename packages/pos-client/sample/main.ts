import '@fontsource-variable/noto-sans-jp/wght.css'
import { type Connection, PosClient, RefusedError, type Transaction, USUAL_ADDRESS } from '../index.ts'
import { basketOf, discountOf, keepSale, newSale, PRODUCTS, recalledSale, type Sale } from './till.ts'
import { putWords, wordsFor } from './words.ts'

const words = wordsFor(location, navigator.language)
putWords(document, words, location)

function element<Kind extends HTMLElement>(id: string): Kind {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no #${id}`)
  return found as Kind
}

let sale: Sale = recalledSale()
let client: PosClient | null = null
let connection: Connection | null = null
let currency = 'JPY'
let transaction: Transaction | null = null
/** How the sale before this one ended. */
let lastEnd = ''
/** Calls go one after another: a second tap never overtakes the first. */
let last: Promise<unknown> = Promise.resolve()

const money = (amount: number): string => {
  const format = new Intl.NumberFormat(words.language, { style: 'currency', currency })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 0))
}

function show(): void {
  const basket = basketOf(sale, currency, words.products)
  const off = transaction?.discount?.total ?? 0
  element('sale').textContent = sale.saleId
  element('lines').replaceChildren(
    ...basket.lines.map((line, at) => {
      const row = document.createElement('tr')
      const discount = discountOf(transaction, line.lineId)
      const cells = [line.label ?? '', money(line.lineTotal), discount === 0 ? '' : `−${money(discount)}`]
      for (const text of [...cells, money(line.lineTotal - discount)]) {
        const cell = document.createElement('td')
        cell.textContent = text
        row.append(cell)
      }
      const remove = document.createElement('button')
      remove.type = 'button'
      remove.textContent = '×'
      remove.setAttribute('aria-label', words.remove(line.label ?? ''))
      remove.addEventListener('click', () => change(sale.products.filter((_, index) => index !== at)))
      const cell = document.createElement('td')
      cell.append(remove)
      row.append(cell)
      return row
    }),
  )
  element('total').textContent = money(basket.total)
  element('discount').textContent = off === 0 ? '' : `−${money(off)}`
  element('due').textContent = money(basket.total - off)
  element('coupons').replaceChildren(
    ...(transaction?.discount?.coupons ?? []).map((coupon) => {
      const item = document.createElement('li')
      item.textContent = `${coupon.title}: −${money(coupon.discount.total)}`
      return item
    }),
  )
  element('state').textContent = stateWords()
  const isOpen = transaction?.state === 'open' || transaction?.state === 'approved'
  element<HTMLButtonElement>('complete').disabled = !isOpen
  element<HTMLButtonElement>('void').disabled = !isOpen
  element<HTMLButtonElement>('undo').disabled = transaction?.state !== 'approved'
}

function stateWords(): string {
  if (transaction === null) return lastEnd
  const { state, discount } = transaction
  return words.join([words.states[state], ...(discount ? [words.states[discount.certainty]] : [])])
}

/** One after another; what is refused is said, and nothing else has changed. */
function run(work: (client: PosClient) => Promise<void>): void {
  last = last.then(async () => {
    if (!client) return say(words.connectFirst)
    try {
      say('')
      await work(client)
    } catch (error) {
      say(error instanceof RefusedError ? `${error.message} (${error.reason})` : String((error as Error).message))
    }
    show()
  })
}

const say = (problem: string): void => {
  element('problem').textContent = problem
}

/** Another basket, under the next number; an approved one gives its coupons back first. */
function change(products: readonly number[]): void {
  run(async (counter) => {
    if (transaction?.state === 'approved') heard(await counter.undo(sale.saleId, 'the basket changes'))
    sale = { ...sale, revision: sale.revision + 1, products }
    keepSale(sale)
    heard(await counter.put(sale.saleId, sale.revision, basketOf(sale, currency, words.products)))
  })
}

/** The counter's word on a sale; about this one it is shown. */
function heard(next: Transaction): void {
  if (next.saleId !== sale.saleId || (transaction && next.cursor < transaction.cursor)) return
  transaction = next
  show()
}

function nextSale({ saleId, state }: Transaction): void {
  lastEnd = `${saleId}: ${words.states[state]}`
  sale = newSale()
  transaction = null
  keepSale(sale)
}

function connectTo(address: string, token: string): void {
  connection?.close()
  const counter = new PosClient({ address, token })
  client = counter
  connection = counter.connect({
    onLink: (link) => {
      element('link').textContent = words.links[link]
    },
    onCounter: (state) => {
      currency = state.currency ?? currency
      show()
    },
    onTransaction: heard,
  })
  // A page that was closed in the middle of a sale finds it as it is.
  run(async () => {
    transaction = await counter.transaction(sale.saleId)
    if (transaction?.state === 'completed' || transaction?.state === 'voided') nextSale(transaction)
  })
}

for (const [index, { price }] of PRODUCTS.entries()) {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = `${words.products[index]} ${money(price)}`
  button.addEventListener('click', () => change([...sale.products, index]))
  element('products').append(button)
}
element('connect').addEventListener('submit', (event) => {
  event.preventDefault()
  const address = element<HTMLInputElement>('address').value.replace(/\/+$/, '')
  const token = element<HTMLInputElement>('token').value.trim()
  // A till's own page on the till's own machine; a POS of a chain keeps its token where it keeps its others.
  sessionStorage.setItem('sample-pos-token', token)
  connectTo(address, token)
})
element('complete').addEventListener('click', () =>
  run(async (counter) => {
    const discount = transaction?.discount?.total ?? 0
    nextSale(
      await counter.complete(sale.saleId, {
        total: basketOf(sale, currency, words.products).total - discount,
        discount,
      }),
    )
  }),
)
element('void').addEventListener('click', () =>
  run(async (counter) => {
    nextSale(await counter.void(sale.saleId, 'voided at the sample POS'))
  }),
)
element('undo').addEventListener('click', () => run(async (counter) => heard(await counter.undo(sale.saleId))))

element('origin').textContent = location.origin
element<HTMLInputElement>('address').value = new URLSearchParams(location.search).get('counter') ?? USUAL_ADDRESS
const token = sessionStorage.getItem('sample-pos-token')
if (token !== null) {
  element<HTMLInputElement>('token').value = token
  connectTo(element<HTMLInputElement>('address').value, token)
}
show()
