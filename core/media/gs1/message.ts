import { parseDigitalLink } from './digitalLink.ts'
import { type Gs1Message, parseElementString } from './elementString.ts'

/** What a code says in GS1's terms, written as an element string or as a Digital Link; null when it is neither. */
export function gs1Message(text: string): Gs1Message | null {
  const parsed = /^https?:/i.test(text) ? parseDigitalLink(text) : parseElementString(text)
  return parsed.ok ? parsed.value : null
}

/** The GTIN-14 of the trade item that a message is about: AI 01, not the contents of something (02). */
export function gtinOf(message: Gs1Message): string | null {
  return message.elements.find(({ ai }) => ai === '01')?.value ?? null
}
