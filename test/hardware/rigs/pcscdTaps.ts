import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { TYPE_A_ATR } from './atr.ts'
import { startPcscd } from './pcscd.ts'
import { insertCard, uidCard } from './virtualCard.ts'
import { waitFor } from './waitFor.ts'

/** What the measured reader says. `oursMs`: of `totalMs` from the card's presence to the read, what was not the binding's. */
export type Told =
  | { readonly type: 'ready' | 'empty' }
  | { readonly type: 'read'; readonly identifier: string; readonly oursMs: number; readonly totalMs: number }
  | { readonly type: 'failed'; readonly reason: string }

export interface Taps {
  readonly taps: number
  /** Cards that lay there and were not read. */
  readonly lost: number
  /** Reads beyond one a tap, or of a card that was not there. */
  readonly doubled: number
  readonly failed: number
  /** Milliseconds of each read. */
  readonly oursMs: readonly number[]
  readonly totalMs: readonly number[]
}

const PROGRAM = fileURLToPath(new URL('./measuredReader.ts', import.meta.url))
/** vpcd is asked for a card every 400 ms; a card that is powered up takes as long again. */
const READ_MS = 10_000

/** `count` cards, each with a UID of its own, held one after another to the virtual reader of a real pcscd. */
export async function tapsOnPcscd(count: number, tapped: (n: number) => void = () => {}): Promise<Taps> {
  const pcscd = await startPcscd()
  const told: Told[] = []
  const child = fork(PROGRAM, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.on('message', (message) => told.push(message as Told))
  const since = (mark: number, type: Told['type']) => told.slice(mark).some((each) => each.type === type)
  try {
    await waitFor('the virtual reader', () => since(0, 'ready'))
    for (let n = 0; n < count; n += 1) {
      const mark = told.length
      const card = await insertCard(uidCard(TYPE_A_ATR, uidOf(n)))
      const isRead = () => since(mark, 'read') || since(mark, 'failed')
      // A card that is not read in time is counted; the next one is another customer's.
      await waitFor('the read', isRead, READ_MS).catch(() => {})
      const left = told.length
      await card.remove()
      await waitFor('the end of the tap', () => since(left, 'empty'), READ_MS)
      tapped(n + 1)
    }
    // Whatever is told twice is told by then.
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  } finally {
    if (child.connected) child.disconnect()
    await exited
    await pcscd.stop()
  }
  return { taps: count, ...counted(told, count) }
}

/** The value that `share` of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

const uidOf = (n: number) => `04${(n + 1).toString(16).padStart(12, '0')}`

function counted(told: readonly Told[], count: number): Omit<Taps, 'taps'> {
  const reads = told.filter((each) => each.type === 'read')
  const expected = new Set(Array.from({ length: count }, (_, n) => uidOf(n)))
  const once = new Set(reads.map(({ identifier }) => identifier).filter((identifier) => expected.has(identifier)))
  return {
    lost: count - once.size,
    doubled: reads.length - once.size,
    failed: told.filter(({ type }) => type === 'failed').length,
    oursMs: reads.map(({ oursMs }) => oursMs),
    totalMs: reads.map(({ totalMs }) => totalMs),
  }
}
