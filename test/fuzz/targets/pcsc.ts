import fc from 'fast-check'
import { z } from 'zod'
import { canonicalMedium } from '../../../core/media/canonical.ts'
import { RawMedium } from '../../../core/media/medium.ts'
import { PcscOptions } from '../../../core/readers/protocol.ts'
import { answerOf, selectApplication } from '../../../drivers/pcsc/apdu.ts'
import { type CardOutcome, cardKind, cardOutcome } from '../../../drivers/pcsc/codec.ts'
import { systemCodeOf } from '../../../drivers/pcsc/felica.ts'
import { MAX_NDEF_BYTES, ndefOfType2, ndefText } from '../../../drivers/pcsc/ndef.ts'
import { readCard } from '../../../drivers/pcsc/readCard.ts'
import { bytesLike, corpus, textLike } from '../inputs.ts'
import { fuzzTarget } from '../target.ts'

const cards = corpus('cards.hex')
const tags = corpus('ndef.hex')

const Outcome = z.union([
  z.object({ kind: z.literal('medium'), medium: RawMedium }),
  z.object({ kind: z.literal('failed'), reason: z.enum(['medium_unstable', 'medium_unreadable']) }),
  z.object({ kind: z.literal('removed') }),
])
const Kind = z.object({
  family: z.enum(['14443-a', '14443-b', '15693', 'felica', 'unknown']),
  name: z.string().max(40).nullable(),
  part4: z.boolean(),
  type2: z.boolean(),
})

/** What a UID or an applet is taken for must be something that the counter can hash. */
function checkOutcome(given: CardOutcome): void {
  const outcome = Outcome.parse(given)
  if (outcome.kind !== 'medium' || outcome.medium.type === 'qr') return
  const canonical = canonicalMedium(outcome.medium, { acceptNonUniqueUids: true })
  if (!canonical.ok) throw new Error(`a medium that the counter refuses: ${canonical.reason}`)
}

/** ATRs and answers: which card it is, and what its identity. */
export const pcscAnswers = fuzzTarget(
  'pcsc: ATR and answer',
  fc.record({ atr: bytesLike(cards, 40), response: bytesLike(cards, 300), idm: fc.uint8Array({ maxLength: 10 }) }),
  ({ atr, response, idm }) => {
    Kind.parse(cardKind(atr))
    checkOutcome(cardOutcome(atr, response))
    const answer = answerOf(response)
    if (answer && !(answer.status >= 0 && answer.status <= 0xffff)) throw new Error('no status word')
    const systemCode = systemCodeOf(response, idm)
    if (systemCode !== null && !/^[0-9a-f]{4}$/.test(systemCode)) throw new Error('no system code')
  },
)

/** NDEF messages and the data areas of tags. */
export const pcscNdef = fuzzTarget('pcsc: NDEF', bytesLike(tags), (bytes) => {
  for (const message of [bytes, ndefOfType2(bytes) ?? new Uint8Array()]) {
    const text = ndefText(message)
    if (text !== null && (text === '' || text.length > message.length + 40)) throw new Error('text out of nowhere')
  }
})

/** `1PAY.SYS.DDF01` and `2PAY.SYS.DDF01`, and the registered beginning of the largest schemes' applications. */
const PAYMENT = ['315041592e5359532e4444463031', '325041592e5359532e4444463031', 'a000000003', 'a000000004']

const aid = fc.oneof(
  fc.constantFrom(
    'f0746170636f75706f6e',
    'd2760000850101',
    '325041592e',
    'A0000000041010',
    'a00000000310100001',
    ...PAYMENT,
  ),
  textLike([Buffer.from('325041592E5359532E4444463031'), Buffer.from('f0746170636f')]),
)

/** Names of applications: what is no AID is never sent, and nothing that could select a payment application. */
export const pcscSelect = fuzzTarget('pcsc: SELECT', aid, (name) => {
  const command = selectApplication(name)
  if (command === null) return
  if (command.length < 11 || command.length > 22 || command[4] !== command.length - 6) throw new Error('no SELECT')
  const sent = Buffer.from(command.subarray(5, -1)).toString('hex')
  if (PAYMENT.some((payment) => payment.startsWith(sent) || sent.startsWith(payment))) throw new Error('a payment name')
})

/** Whatever a card answers, in whatever order, its presentation ends in one outcome after few commands. */
export const pcscCards = fuzzTarget(
  'pcsc: a whole card',
  fc.record({
    atr: bytesLike(cards, 33),
    answers: fc.array(bytesLike([...cards, ...tags.map((tag) => Buffer.concat([tag, Buffer.of(0x90, 0x00)]))], 258), {
      minLength: 1,
      maxLength: 12,
    }),
    leavesAfter: fc.constantFrom(0, 1, 2, 5, Number.POSITIVE_INFINITY),
    aids: fc.subarray(['f0746170636f75706f6e', 'd2760000850101', '325041592e5359532e4444463031']),
    ndef: fc.boolean(),
    rawFelica: fc.boolean(),
  }),
  async ({ atr, answers, leavesAfter, aids, ndef, rawFelica }) => {
    let commands = 0
    const transmit = async (command: Uint8Array): Promise<Uint8Array> => {
      if (Buffer.from(command).includes('PAY.SYS')) throw new Error('a payment application was selected')
      if (commands >= leavesAfter) throw new Error('the card has left')
      commands += 1
      return answers[commands % answers.length] ?? new Uint8Array()
    }
    checkOutcome(await readCard({ atr, transmit }, { ...PcscOptions.parse({ aids, ndef }), rawFelica }))
    if (commands > 2 * MAX_NDEF_BYTES + 20) throw new Error(`${commands} commands to one card`)
  },
)
