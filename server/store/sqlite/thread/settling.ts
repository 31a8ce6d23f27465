import type { ArrivedEvent, EventContent } from '../../../events/arrivedEvent.ts'
import type { SettleCommand } from '../../couponStore.ts'
import { hex } from './messages.ts'

/** What the thread can be told of a command that settles events. */
export type Settling = Omit<SettleCommand, 'onFailure'>

/**
 * A command as text, which costs less to hand over than what it is made of. Events as they are kept go beside it: they are
 * text already, and the longest part.
 */
export interface PackedSettling {
  readonly text: string
  readonly redacted: readonly string[]
}

type Read = Extract<ArrivedEvent, { kind: 'read' }>

/** Bytes in hexadecimal. */
type Packed<Of, Bytes extends keyof Of> = Omit<Of, Bytes> & { readonly [Name in Bytes]: string | null }

type PackedContent =
  | Packed<Extract<EventContent, { kind: 'redemption' }>, 'intentHash'>
  | Packed<Extract<EventContent, { kind: 'annul' }>, 'intentHash'>
  | Extract<EventContent, { kind: 'record' | 'bad' }>

type PackedEvent =
  | Omit<Extract<ArrivedEvent, { kind: 'unreadable' }>, 'redacted'>
  | (Omit<Packed<Read, 'hash' | 'prevHash'>, 'redacted' | 'content'> & { readonly content: PackedContent })

type PackedCommand = Omit<Settling, 'events'> & { readonly events: readonly PackedEvent[] }

const bytes = (text: string | null): Uint8Array | null => (text === null ? null : Buffer.from(text, 'hex'))
const someBytes = (text: string | null): Uint8Array => Buffer.from(text ?? '', 'hex')

export function packSettling({ events, ...command }: Settling): PackedSettling {
  const packed: PackedCommand = { ...command, events: events.map(packEvent) }
  return { text: JSON.stringify(packed), redacted: events.map(({ redacted }) => redacted) }
}

export function unpackSettling({ text, redacted }: PackedSettling): Settling {
  const { events, ...command } = JSON.parse(text) as PackedCommand
  return { ...command, events: events.map((event, index) => unpackEvent(event, redacted[index] ?? 'null')) }
}

function packEvent({ redacted: _, ...event }: ArrivedEvent): PackedEvent {
  if (event.kind === 'unreadable') return event
  const { hash, prevHash, content } = event
  return { ...event, hash: hex(hash), prevHash: prevHash && hex(prevHash), content: packContent(content) }
}

function unpackEvent(event: PackedEvent, redacted: string): ArrivedEvent {
  if (event.kind === 'unreadable') return { ...event, redacted }
  const { hash, prevHash, content } = event
  return { ...event, redacted, hash: someBytes(hash), prevHash: bytes(prevHash), content: unpackContent(content) }
}

function packContent(content: EventContent): PackedContent {
  switch (content.kind) {
    case 'redemption':
      return { ...content, intentHash: content.intentHash && hex(content.intentHash) }
    case 'annul':
      return { ...content, intentHash: hex(content.intentHash) }
    case 'record':
    case 'bad':
      return content
  }
}

function unpackContent(content: PackedContent): EventContent {
  switch (content.kind) {
    case 'redemption':
      return { ...content, intentHash: bytes(content.intentHash) }
    case 'annul':
      return { ...content, intentHash: someBytes(content.intentHash) }
    case 'record':
    case 'bad':
      return content
  }
}
