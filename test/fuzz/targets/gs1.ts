import fc from 'fast-check'
import { APPLICATION_IDENTIFIERS, applicationIdentifier } from '../../../core/media/gs1/applicationIdentifiers.ts'
import { parseDigitalLink } from '../../../core/media/gs1/digitalLink.ts'
import { parseElementString } from '../../../core/media/gs1/elementString.ts'
import { isValueOf } from '../../../core/media/gs1/values.ts'
import { expandUpcE, gtin14Of, hasGs1CheckDigit } from '../../../core/media/gtin.ts'
import { aiValue } from '../../rigs/gs1Values.ts'
import { corpus, textLike } from '../inputs.ts'
import { fuzzTarget } from '../target.ts'
import { Gs1Reading } from '../wellFormed.ts'

/** Every AI with a right value: beside the corpus, because nobody would write five hundred by hand. */
const everyAi = APPLICATION_IDENTIFIERS.filter((ai) => ai !== '8013' && ai !== '8014').flatMap((ai) =>
  fc.sample(aiValue(ai), { numRuns: 2, seed: 1 }).map((value) => ({ ai, value })),
)

const strings = [
  ...corpus('gs1.txt'),
  ...everyAi.map(({ ai, value }) => Buffer.from(`${ai}${value}\u001d10LOT`)),
  ...everyAi.map(({ ai, value }) => Buffer.from(`${ai}${value}10LOT`)),
]

/** A parsed value is one that its AI allows, and stands in the text as it was. */
function checkElements(elements: readonly { ai: string; value: string }[], text: string | null): void {
  for (const { ai, value } of elements) {
    const identifier = applicationIdentifier(ai)
    if (!identifier || !isValueOf(identifier, value)) throw new Error(`not a value of ${ai}`)
    if (text !== null && !text.includes(ai + value)) throw new Error(`the value of ${ai} is not in the data`)
  }
}

/** Element strings. */
export const elementStrings = fuzzTarget('GS1 element string', textLike(strings), (text) => {
  const reading = Gs1Reading.parse(parseElementString(text))
  if (!reading.ok) return
  checkElements(reading.value.elements, text)
  const length = reading.value.elements.reduce((sum, { ai, value }) => sum + ai.length + value.length, 0)
  if (length < text.replaceAll('\u001d', '').length - 3) throw new Error('something was left over')
})

const links = [
  ...corpus('links.txt'),
  ...everyAi.map(({ ai, value }) =>
    Buffer.from(`https://a.example/01/04901234567894?${ai}=${encodeURIComponent(value)}`),
  ),
  ...everyAi.map(({ ai, value }) => Buffer.from(`https://a.example/x/${ai}/${encodeURIComponent(value)}`)),
]

/** Digital Links. */
export const digitalLinks = fuzzTarget('GS1 Digital Link', textLike(links), (text) => {
  const reading = Gs1Reading.parse(parseDigitalLink(text))
  if (reading.ok) checkElements(reading.value.elements, null)
})

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 18 })

/** Check digits, GTINs and UPC-E. */
export const gtins = fuzzTarget('GTIN and UPC-E', fc.oneof(digits, textLike(corpus('scans.txt'))), (text) => {
  for (const gtin of [gtin14Of(text), expandUpcE(text)]) {
    if (gtin !== null && !(/^\d{12}(\d{2})?$/.test(gtin) && hasGs1CheckDigit(gtin))) throw new Error('no GTIN')
  }
})
