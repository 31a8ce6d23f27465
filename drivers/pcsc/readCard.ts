import type { PcscOptions } from '../../core/readers/protocol.ts'
import { decodeText } from '../decoding/decodeScan.ts'
import { toHex } from '../hex.ts'
import {
  type Answer,
  answerOf,
  GET_UID,
  getResponse,
  readBinary,
  readPages,
  SUCCESS,
  selectApplication,
  selectFile,
} from './apdu.ts'
import { type CardOutcome, cardKind, cardOutcome } from './codec.ts'
import { POLL_SYSTEM_CODE, systemCodeOf } from './felica.ts'
import { MAX_NDEF_BYTES, ndefOfType2, ndefText } from './ndef.ts'

/** A connected card. `transmit` rejects when the card has left. */
export interface ConnectedCard {
  readonly atr: Uint8Array
  transmit(command: Uint8Array): Promise<Uint8Array>
}

export interface CardPlan extends PcscOptions {
  /** The reader passes raw FeliCa commands. */
  readonly rawFelica: boolean
}

const NDEF_APPLICATION = 'd2760000850101'
const CAPABILITY_CONTAINER = 0xe103

/** What an applet may answer as a customer's identity (`hce` media), in bytes. */
const HCE_BYTES = { min: 4, max: 128 }
/** ISO/IEC 7816-4 file control information: an application's description, which is the same on every card. */
const FCI_TEMPLATE = 0x6f

/**
 * The medium of a card: a configured application's answer, else its NDEF text where that is wanted, else its UID or
 * IDm. Only what is configured is selected. A card that lacks the application is read by its UID; one that leaves is `removed`.
 */
export async function readCard(card: ConnectedCard, plan: CardPlan): Promise<CardOutcome> {
  try {
    const kind = cardKind(card.atr)
    if (kind.part4) {
      for (const aid of plan.aids) {
        const outcome = await applicationOutcome(card, aid)
        if (outcome) return outcome
      }
    }
    if (plan.ndef) {
      const text = kind.part4 ? await type4Text(card) : kind.type2 ? await type2Text(card) : null
      const scan = text === null ? null : decodeText(text, ']Q1')
      if (scan?.ok) return { kind: 'medium', medium: scan.value.medium }
    }
    const response = await card.transmit(GET_UID)
    const outcome = cardOutcome(card.atr, response)
    return outcome.kind === 'medium' && outcome.medium.type === 'felica-idm' && plan.rawFelica && plan.felicaSystemCode
      ? { kind: 'medium', medium: { ...outcome.medium, identifier: await withSystemCode(card, response) } }
      : outcome
  } catch {
    return { kind: 'removed' }
  }
}

async function applicationOutcome(card: ConnectedCard, aid: string): Promise<CardOutcome | null> {
  const select = selectApplication(aid)
  if (!select) return null
  const answer = await exchange(card, select)
  if (!answer) return { kind: 'removed' }
  if (answer.status !== SUCCESS) return null
  const { data } = answer
  // Selected, and it says nothing of its own (DESFire): the card's UID is the customer's.
  if (data.length < HCE_BYTES.min || data.length > HCE_BYTES.max || data[0] === FCI_TEMPLATE) return null
  return { kind: 'medium', medium: { type: 'hce', identifier: toHex(data) } }
}

/** One command, with the rest of its answer fetched (`61 xx`) or its length put right (`6C xx`), once. */
async function exchange(card: ConnectedCard, command: Uint8Array): Promise<Answer | null> {
  const answer = answerOf(await card.transmit(command))
  if (!answer) return null
  const low = answer.status & 0xff
  if (answer.status >> 8 === 0x61) return answerOf(await card.transmit(getResponse(low)))
  if (answer.status >> 8 !== 0x6c) return answer
  return answerOf(await card.transmit(Uint8Array.of(...command.subarray(0, -1), low)))
}

async function withSystemCode(card: ConnectedCard, uidResponse: Uint8Array): Promise<string> {
  const idm = uidResponse.subarray(0, -2)
  const answer = answerOf(await card.transmit(POLL_SYSTEM_CODE).catch(() => new Uint8Array()))
  const systemCode = answer?.status === SUCCESS ? systemCodeOf(answer.data, idm) : null
  return systemCode === null ? toHex(idm) : `${toHex(idm)}@${systemCode}`
}

/** NFC Forum T4T: application, capability container, file; null: not an NDEF tag, or nothing readable on it. */
async function type4Text(card: ConnectedCard): Promise<string | null> {
  const select = selectApplication(NDEF_APPLICATION)
  if (!select || (await exchange(card, select))?.status !== SUCCESS) return null
  if ((await exchange(card, selectFile(CAPABILITY_CONTAINER)))?.status !== SUCCESS) return null
  const container = await exchange(card, readBinary(0, 15))
  if (container?.status !== SUCCESS || container.data.length < 15 || container.data[7] !== 0x04) return null
  const at = (offset: number) => (container.data[offset] ?? 0) * 256 + (container.data[offset + 1] ?? 0)
  const perRead = Math.max(1, Math.min(at(3), 0xf0))
  if ((await exchange(card, selectFile(at(9))))?.status !== SUCCESS) return null
  const lengthField = await exchange(card, readBinary(0, 2))
  if (lengthField?.status !== SUCCESS || lengthField.data.length < 2) return null
  const length = (lengthField.data[0] ?? 0) * 256 + (lengthField.data[1] ?? 0)
  if (length === 0 || length > MAX_NDEF_BYTES) return null
  const message: number[] = []
  while (message.length < length) {
    const part = await exchange(card, readBinary(2 + message.length, Math.min(perRead, length - message.length)))
    if (part?.status !== SUCCESS || part.data.length === 0) return null
    message.push(...part.data)
  }
  return ndefText(Uint8Array.from(message.slice(0, length)))
}

/** NFC Forum T2T: capability container in page 3, data from page 4. */
async function type2Text(card: ConnectedCard): Promise<string | null> {
  const first = answerOf(await card.transmit(readPages(3)))
  if (first?.status !== SUCCESS || first.data.length < 16 || first.data[0] !== 0xe1) return null
  const size = Math.min((first.data[2] ?? 0) * 8, MAX_NDEF_BYTES)
  const area: number[] = [...first.data.subarray(4)]
  while (area.length < size) {
    // A message that is whole already needs no more reads, each of which takes the customer's time.
    const message = ndefOfType2(Uint8Array.from(area))
    if (message) return ndefText(message)
    const next = answerOf(await card.transmit(readPages(4 + area.length / 4)))
    if (next?.status !== SUCCESS || next.data.length !== 16) break
    area.push(...next.data)
  }
  const message = ndefOfType2(Uint8Array.from(area))
  return message ? ndefText(message) : null
}
