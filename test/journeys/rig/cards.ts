import type { Page } from 'playwright-core'
import WebSocket from 'ws'
import type { CounterCommand } from '../../../core/counter/commands.ts'
import { loadSampleChain } from '../../../resources/sample/sampleChain.ts'
import { withCheckDigit } from '../../../tools/sampleData/ids.ts'
import { key, typeAsScanner } from '../../e2e/readers/scannerKeys.ts'

export type Fault = Extract<CounterCommand, { type: 'simulateTap' }>['fault']

const chain = loadSampleChain()

/** Every identifier that the sample has: none of them is ever seen on a screen. */
export const SAMPLE_IDENTIFIERS = [...chain.holders.flatMap(({ media }) => media), ...chain.extraMedia].map(
  ({ identifier }) => identifier,
)

/** The simulated reader of one station, worked from outside its screen as hardware is. */
export class SimulatedReader {
  readonly #page: Page
  #requestId = 1_000_000

  constructor(page: Page) {
    this.#page = page
  }

  /** Holds a card of the sample to the reader: `Haruka Sato`, or the sample's own name of one that is nobody's. */
  async hold(whose: string, fault?: Fault, nth = 0): Promise<void> {
    const holder = chain.holders.find(({ name }) => name === whose)
    const sampleId = holder ? holder.media[nth]?.sampleId : whose
    if (sampleId === undefined) throw new Error(`${whose} has no such card`)
    const command: CounterCommand = { type: 'simulateTap', sampleId, ...(fault === undefined ? {} : { fault }) }
    const { origin } = new URL(this.#page.url())
    const cookies = await this.#page.context().cookies()
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    this.#requestId += 1
    const requestId = this.#requestId
    await new Promise<void>((resolve, reject) => {
      const line = new WebSocket(`${origin.replace('http', 'ws')}/client`, { headers: { origin, cookie } })
      line.on('error', reject)
      line.on('open', () => line.send(JSON.stringify({ requestId, command })))
      line.on('message', (data) => {
        const answer = JSON.parse(String(data)) as { requestId?: number; result?: { ok: boolean } }
        if (answer.requestId !== requestId) return
        line.close()
        if (answer.result?.ok) resolve()
        else reject(new Error(`the simulated reader refuses ${whose}: ${JSON.stringify(answer.result)}`))
      })
    })
  }
}

/** A membership barcode that nobody has yet. */
export function newBarcode(): { readonly type: 'barcode'; readonly identifier: string } {
  const number = String(Math.floor(Math.random() * 1e10)).padStart(10, '0')
  return { type: 'barcode', identifier: withCheckDigit(`29${number}`) }
}

/** Scanned with a scanner that types. */
export async function scan(page: Page, digits: string): Promise<void> {
  await typeAsScanner(page, [...[...digits].map((digit) => key(`Digit${digit}`)), key('Enter')])
}
