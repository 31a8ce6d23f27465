import type { SignedCheckpoint } from '../core/events/checkpoint.ts'
import type { StationEvent } from '../core/events/event.ts'
import type { Broken, Verdict } from '../core/events/verify.ts'

/** What was found out about a journal. */
export interface Finding extends Verdict {
  readonly intact: boolean
  /** false: a file was cut off. */
  readonly complete: boolean
  /** Whose word it is that the key is the station's. */
  readonly proof: 'given' | 'station' | 'file'
  readonly stationId: string | null
  readonly checkpoint: SignedCheckpoint | null
  readonly whole: boolean
}

const PROBLEMS: Readonly<Record<Broken['problem'], string>> = {
  missing: 'it is missing',
  repeated: 'its number was there before, or is one of those that left',
  chain: 'it does not follow the event before it',
  signature: 'the station did not sign what stands there',
  unreadable: 'it cannot be read',
  checkpoint: 'the station did not sign this checkpoint',
}

const PROOFS: Readonly<Record<Finding['proof'], string>> = {
  given: 'the key was given',
  station: "the key is the one of this machine's station.json",
  file: 'the key is the one that the file names itself: compare it with the server’s before you rely on it',
}

/** The verdict in lines for a person; the first one says it all. */
export function verdictWords(file: string, finding: Finding): string[] {
  const { broken, intact, events, last, checkpoint, stationId, whole, proof } = finding
  const sum = checkpoint?.checkpoint
  return [
    broken
      ? `BROKEN at event ${broken.seq}: ${PROBLEMS[broken.problem]} (${file})`
      : intact
        ? `intact: ${file} is what the station wrote`
        : `CUT OFF after event ${last.seq}: the end of ${file} is missing`,
    `station ${stationId ?? 'unknown'}; ${whole ? 'numbers without a hole, ' : 'some of its events: '}chain and signatures checked of ${events} events`,
    ...(sum
      ? [
          `checkpoint of ${sum.at}: events 1 to ${sum.throughSeq}, ${sum.from} to ${sum.through}, discounts of ${sum.totalDiscount} minor units in all, ${sum.kept.length} of them still here`,
        ]
      : []),
    `last event that holds: ${last.seq}, hash ${last.hash}`,
    PROOFS[proof],
  ]
}

/** One event in one line; of a medium nothing but its type. `json`: as JSON. */
export function eventWords(event: StationEvent, json: boolean): string {
  const body = withoutMedia(event.body)
  if (json) return JSON.stringify({ seq: event.seq, type: event.type, id: event.id, at: event.correctedAt, body })
  return `${event.seq} ${event.correctedAt} ${event.type} ${JSON.stringify(body)}`
}

/** Keys are no identifiers, but whoever has the store's hash key finds short numbers from them. */
function withoutMedia(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutMedia)
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === 'keys' || name === 'identifier' ? '•••' : withoutMedia(member),
    ]),
  )
}
