import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { MAX_EVENTS, type Settlement } from '../core/events/event.ts'
import { ExportEnd, ExportHeader } from '../core/events/exportFile.ts'
import { accepted, type Outcome, refused } from '../core/outcome.ts'
import { BY_COMMAND } from './audit/entry.ts'
import type { HashKey } from './media/hashKeys.ts'
import { settleJournal } from './services/settleJournal.ts'
import type { CouponStore } from './store/couponStore.ts'

export interface Imported {
  readonly stationId: string
  /** How many events ended how. */
  readonly results: Readonly<Record<Settlement, number>>
  /** false: the file was cut off; what is in it was settled. */
  readonly whole: boolean
}

export interface ImportParts {
  readonly store: CouponStore
  readonly hashKeys: readonly HashKey[]
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly onFailure: (error: unknown) => void
}

/**
 * Settles the events of a rescue file (`core/events/exportFile`) as if their station had sent them; one that has come by
 * sync already, or comes later, counts once. Refused in words when the file or its station is none.
 */
export async function importFile(
  path: string,
  { store, hashKeys, now, onFailure }: ImportParts,
): Promise<Outcome<Imported, { readonly message: string }>> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })
  const reading = lines[Symbol.asyncIterator]()
  const first = await reading.next()
  const header = ExportHeader.safeParse(first.done ? null : parsed(first.value))
  if (!header.success) return refused({ message: 'this is no rescue file of a counter' })
  const { stationId } = header.data
  if (stationId === null) return refused({ message: 'the file does not say which station it is of' })
  const station = await store.station(stationId)
  if (!station) return refused({ message: `no station has the id ${stationId}` })
  if (!station.publicKey) return refused({ message: 'this station signs nothing: nobody can say that it wrote this' })

  const results: Record<Settlement, number> = { confirmed: 0, forced: 0, quarantined: 0, retry: 0 }
  let batch: unknown[] = []
  let whole = false
  const settle = async () => {
    if (batch.length === 0) return
    const answer = await settleJournal(station, batch, { store, hashKeys, now: now(), by: BY_COMMAND, onFailure })
    for (const { status } of answer.results) results[status] += 1
    batch = []
  }
  for (let next = await reading.next(); !next.done; next = await reading.next()) {
    if (next.value === '') continue
    const value = parsed(next.value)
    whole = ExportEnd.safeParse(value).success
    if (whole) continue
    batch.push(value)
    if (batch.length === MAX_EVENTS) await settle()
  }
  await settle()
  return accepted({ stationId, results, whole })
}

/** A line that is no JSON is an event that cannot be read: quarantined, as from the wire. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
