import type { SearchResponse } from '../../../../core/contract/search.ts'
import {
  type BatchResult,
  type DecisionAnswer,
  type DecisionCommand,
  type StationContext,
  StoreUnavailable,
} from '../../commands.ts'
import type { SearchQuery } from '../../couponStore.ts'

/** What the thread that decides is started with. */
export interface ThreadData {
  readonly path: string
  readonly turns: SharedArrayBuffer
}

/** One batch for the thread; its text is of `packCommands` or `packQueries`. null: end. */
export type Asked = {
  readonly id: number
  readonly kind: 'decide' | 'search'
  readonly text: string
  readonly now: number
}

/** `failed`: nothing of the batch is kept. */
export type Answered =
  | { readonly id: number; readonly text: string }
  | { readonly id: number; readonly failed: PackedError }

interface PackedError {
  readonly unavailable: boolean
  readonly message: string
}

/** Stations by their place in a list: most of a batch is asked by a few. */
interface Packed<Item> {
  readonly stations: readonly string[]
  readonly items: readonly Item[]
}

type PackedCommand = Readonly<Record<string, unknown>> & { readonly kind: DecisionCommand['kind'] }

const texts = new WeakMap<StationContext, string>()

function textOf(station: StationContext): string {
  const known = texts.get(station)
  if (known !== undefined) return known
  const text = JSON.stringify(station)
  texts.set(station, text)
  return text
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')

function pack<Item, To>(
  items: readonly Item[],
  one: (item: Item, place: (of: StationContext) => number) => To,
): string {
  const places = new Map<string, number>()
  const place = (station: StationContext): number => {
    const text = textOf(station)
    const known = places.get(text)
    if (known !== undefined) return known
    places.set(text, places.size)
    return places.size - 1
  }
  const packedItems = items.map((item) => one(item, place))
  const packed: Packed<To> = { stations: [...places.keys()], items: packedItems }
  return JSON.stringify(packed)
}

/** As text: it costs less to hand over than what it is made of. */
export const packCommands = (batch: readonly DecisionCommand[]): string =>
  pack(batch, (command, place): PackedCommand => {
    const intentHash = hex(command.intentHash)
    switch (command.kind) {
      case 'redeem':
      case 'acquire':
        return { ...command, intentHash, station: place(command.station) }
      case 'give':
        return { ...command, intentHash }
      case 'rollback': {
        const { by } = command
        const packedBy = by.kind === 'station' ? { kind: by.kind, station: place(by.station) } : by
        return { ...command, intentHash, by: packedBy }
      }
    }
  })

export const packQueries = (queries: readonly SearchQuery[]): string =>
  pack(queries, (query, place) => ({ ...query, station: place(query.station) }))

const MOST_STATIONS = 1_000
const parsed = new Map<string, StationContext>()

/** As it was sent: the thread believes what this program has checked. */
function stationFrom(text: string): StationContext {
  const known = parsed.get(text)
  if (known) return known
  if (parsed.size >= MOST_STATIONS) parsed.clear()
  const station = JSON.parse(text) as StationContext
  parsed.set(text, station)
  return station
}

function unpack<Item>(text: string): { readonly items: readonly Item[]; at(place: unknown): StationContext } {
  const { stations, items } = JSON.parse(text) as Packed<Item>
  const contexts = stations.map(stationFrom)
  return {
    items,
    at(place) {
      const station = contexts[Number(place)]
      if (!station) throw new Error('a command without its station')
      return station
    },
  }
}

export function unpackCommands(text: string): readonly DecisionCommand[] {
  const { items, at } = unpack<PackedCommand & { intentHash: string; by?: { kind: string; station: number } }>(text)
  return items.map((packed) => {
    const command = { ...packed, intentHash: Buffer.from(packed.intentHash, 'hex') }
    if ('station' in packed) return { ...command, station: at(packed.station) } as unknown as DecisionCommand
    if (packed.by?.kind !== 'station') return command as unknown as DecisionCommand
    return { ...command, by: { kind: 'station', station: at(packed.by.station) } } as unknown as DecisionCommand
  })
}

export function unpackQueries(text: string): readonly SearchQuery[] {
  const { items, at } = unpack<Omit<SearchQuery, 'station'> & { readonly station: number }>(text)
  return items.map((query) => ({ ...query, station: at(query.station) }))
}

export function packError(error: unknown): PackedError {
  const message = error instanceof Error ? error.message : String(error)
  return { unavailable: error instanceof StoreUnavailable, message }
}

export const unpackError = ({ unavailable, message }: PackedError): Error =>
  unavailable ? new StoreUnavailable(message) : new Error(message)

export const packResults = (results: readonly BatchResult[]): string =>
  JSON.stringify(
    results.map((result) => (result.kind === 'failed' ? { failed: packError(result.error) } : result.answer)),
  )

export const unpackResults = (text: string): readonly BatchResult[] =>
  (JSON.parse(text) as readonly (DecisionAnswer | { readonly failed: PackedError })[]).map((one) =>
    'failed' in one ? { kind: 'failed', error: unpackError(one.failed) } : { kind: 'answered', answer: one },
  )

export const packResponses = (responses: readonly SearchResponse[]): string => JSON.stringify(responses)

export const unpackResponses = (text: string): readonly SearchResponse[] => JSON.parse(text) as SearchResponse[]
