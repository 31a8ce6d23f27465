import { createServer } from 'node:net'
import WebSocket from 'ws'
import type { RawMedium } from '../../core/media/medium.ts'
import type { PosBasket } from '../../core/pos/basket.ts'
import { PosMessage } from '../../core/pos/messages.ts'
import { PosTransaction } from '../../core/pos/transaction.ts'
import { loadSampleChain } from '../../resources/sample/sampleChain.ts'
import { usesLeft } from './counterLedger.ts'
import type { CounterRig } from './counterRig.ts'
import type { DemoSite } from './demoServer.ts'

/** A port that nobody has at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** A manager lets a POS in; its token. */
export async function letIn(counter: CounterRig, name: string, origins: readonly string[] = []): Promise<string> {
  const manager = counter.state.operators.find(({ manages }) => manages)
  if (!manager) throw new Error('no manager is known here')
  const action = { do: 'open', operatorId: manager.operatorId, pin: '3456' } as const
  const opened = await counter.send({ type: 'dayDesk', action })
  if (!opened?.ok) throw new Error(`the desk stays closed: ${JSON.stringify(opened)}`)
  await counter.send({ type: 'dayDesk', action: { do: 'letPosIn', name, origins: [...origins] } })
  const state = await counter.until(({ dayDesk }) => dayDesk?.pos.made?.name === name && dayDesk.pos.address !== null)
  const token = state?.dayDesk?.pos.made?.token
  if (token === undefined) throw new Error('no token was made')
  await counter.send({ type: 'dayDesk', action: { do: 'close' } })
  await counter.until(({ dayDesk }) => dayDesk === null)
  return token
}

export interface PosAnswer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: read by tests that say what they expect
  readonly body: any
  readonly headers: Headers
}

/** POS software with nothing but HTTP. */
export class Pos {
  readonly #url: string
  readonly #token: string

  constructor(port: number, token: string) {
    this.#url = `http://127.0.0.1:${port}/pos/v1`
    this.#token = token
  }

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<PosAnswer> {
    const answer = await fetch(this.#url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? null : JSON.parse(text), headers: answer.headers }
  }

  put = (saleId: string, revision: number, basket: PosBasket) =>
    this.ask('PUT', `/transactions/${saleId}`, { revision, basket })
  complete = (saleId: string, report: object) => this.ask('POST', `/transactions/${saleId}/complete`, report)
  void = (saleId: string) => this.ask('POST', `/transactions/${saleId}/void`, {})
  undo = (saleId: string) => this.ask('POST', `/transactions/${saleId}/undo`, {})

  async sale(saleId: string): Promise<PosTransaction> {
    const { body } = await this.ask('GET', `/transactions/${saleId}`)
    return PosTransaction.parse(body)
  }
}

/** Everything that comes on a POS's WebSocket. */
export class PosEar {
  readonly heard: PosMessage[] = []
  closeCode: number | null = null
  readonly #socket: WebSocket

  constructor(port: number, hello: unknown, origin?: string) {
    const options = origin === undefined ? {} : { headers: { origin } }
    this.#socket = new WebSocket(`ws://127.0.0.1:${port}/pos/v1/events`, options)
    this.#socket.on('open', () => this.#socket.send(typeof hello === 'string' ? hello : JSON.stringify(hello)))
    this.#socket.on('message', (data) => this.heard.push(PosMessage.parse(JSON.parse(String(data)))))
    this.#socket.on('close', (code) => {
      this.closeCode = code
    })
    this.#socket.on('error', () => {})
  }

  get counter() {
    return this.heard.findLast((message) => message.type === 'counter')?.counter
  }

  sale(saleId: string): PosTransaction | undefined {
    return this.heard
      .flatMap((message) =>
        message.type === 'transaction' && message.transaction.saleId === saleId ? [message.transaction] : [],
      )
      .at(-1)
  }

  close(): void {
    this.#socket.terminate()
  }
}

/** Customers of the sample chain, one after another, each with something to use and not seen before. */
export function customersOf(site: DemoSite): () => Promise<RawMedium> {
  const media = loadSampleChain()
    .holders.flatMap((holder) => holder.media.slice(0, 1))
    .filter(({ blocked, type, identifier }) => !blocked && !(type === 'nfc-uid' && identifier.length === 8))
    .map(({ type, identifier }) => ({ type, identifier }))
  return async () => {
    for (;;) {
      const medium = media.shift()
      if (!medium) throw new Error('no customers are left')
      if ((await usesLeft(site.server, medium)).size > 0) return medium
    }
  }
}

/** One line of bread that every sample campaign of the bakery takes something off. */
export function basketOf(...prices: readonly number[]): PosBasket {
  return {
    currency: 'JPY',
    taxIncluded: true,
    lines: prices.map((price, index) => ({
      lineId: `l${index + 1}`,
      label: 'Bread',
      category: 'bakery',
      quantity: { value: 1, scale: 0 },
      unitPrice: price,
      lineTotal: price,
      discountable: true,
    })),
    total: prices.reduce((sum, price) => sum + price, 0),
  }
}
