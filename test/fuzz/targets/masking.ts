import fc from 'fast-check'
import { deviceKey } from '../../../drivers/deviceKey.ts'
import { hiddenHex, maskedHex, maskedText } from '../../../drivers/masking.ts'
import { bytesLike, corpus, textLike } from '../inputs.ts'
import { fuzzTarget } from '../target.ts'

const scans = corpus('scans.txt')

/** What support sees of a presentation: never a digit, a letter or a byte that was somebody's. */
export const masking = fuzzTarget(
  'masking',
  fc.record({ text: textLike(scans), bytes: bytesLike(scans), from: fc.nat({ max: 80 }) }),
  ({ text, bytes, from }) => {
    const masked = maskedText(text).replace(/<(?:[A-Z]{2,3}|DC[1-4])>/g, '')
    if (/[0-8b-zB-Z]/.test(masked) || /[^\0-~字]/u.test(masked)) throw new Error(`it shows ${JSON.stringify(masked)}`)
    if (!/^(?:(?:··|[0-9a-f]{2})(?: |$))*$/.test(maskedHex(bytes, from))) throw new Error('no hex')
    const hidden = hiddenHex(bytes, from, bytes.length).split(' ').slice(from)
    if (bytes.length > from && hidden.some((each) => each !== '··')) throw new Error('a hidden byte shows')
  },
)

/** What USB devices say of themselves, as the name under which they are known. */
export const deviceKeys = fuzzTarget(
  'device keys',
  fc.record({
    vendorId: fc.nat({ max: 0xffff }),
    productId: fc.nat({ max: 0xffff }),
    serial: fc.option(textLike([Buffer.from('S19035B0123'), Buffer.from('0123456789'), Buffer.from('00000000')])),
    place: fc.constantFrom('1-1.2', '/dev/hidraw0'),
  }),
  (identity) => {
    const key = deviceKey(identity, new Set())
    if (!/^[0-9a-f]{4}:[0-9a-f]{4}:./su.test(key) || key.length > 256) throw new Error(`no key: ${key}`)
    const another = deviceKey({ ...identity, place: '2-1' }, new Set([key]))
    if (another === key) throw new Error('two devices share a key')
  },
)
