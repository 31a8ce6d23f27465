import {
  type BatchResult,
  type Decided,
  type DecisionAnswer,
  type DecisionCommand,
  type StationContext,
  StoreUnavailable,
} from '../../commands.ts'
import type { SearchQuery, SettleAnswer, WrittenSearch } from '../../couponStore.ts'
import type { PackedSettling } from './settling.ts'

/** What the threads that decide and flush are started with. `path`: of the database, without links. */
export interface ThreadData {
  readonly path: string
  readonly turns: SharedArrayBuffer
}

/** One batch for the thread; its text is of `packCommands` or `packQueries`. */
export type Question =
  | { readonly kind: 'decide' | 'search'; readonly text: string; readonly now: number }
  | ({ readonly kind: 'settle' } & PackedSettling)
export type Asked = Question & { readonly id: number }

/** `failed`: nothing of the batch is kept. */
export type Told =
  | { readonly results: readonly PackedResult[] }
  | { readonly found: readonly WrittenSearch[] }
  /** `failures`: what `onFailure` is to be told. */
  | { readonly settled: SettleAnswer; readonly failures: readonly PackedError[] }
  | { readonly failed: PackedError }

/** `commits`: as many have to be on disk before anybody may be told. */
export interface Answered {
  readonly id: number
  readonly commits: number
  readonly told: Told
}

/** What became of a command: its response when it was decided, another answer, or an error; each as JSON. */
export interface PackedResult {
  readonly kind: 'decided' | 'answer' | 'failed'
  readonly json: string
}

export interface PackedError {
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

export const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')

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

export function packResult(result: BatchResult): PackedResult {
  if (result.kind === 'failed') return { kind: 'failed', json: JSON.stringify(packError(result.error)) }
  const { answer } = result
  return answer.kind === 'decided'
    ? { kind: 'decided', json: JSON.stringify(answer.response) }
    : { kind: 'answer', json: JSON.stringify(answer) }
}

export function unpackResult({ kind, json }: PackedResult): BatchResult {
  switch (kind) {
    case 'failed':
      return { kind: 'failed', error: unpackError(JSON.parse(json) as PackedError) }
    case 'answer':
      return { kind: 'answered', answer: JSON.parse(json) as DecisionAnswer }
    case 'decided':
      return { kind: 'answered', answer: new DecidedJson(json) as DecisionAnswer }
  }
}

/** Read when somebody looks into it: most of the time it goes on as it is. */
class DecidedJson implements Decided<unknown> {
  readonly kind = 'decided'
  readonly json: string

  constructor(json: string) {
    this.json = json
  }

  get response(): unknown {
    return JSON.parse(this.json)
  }
}
