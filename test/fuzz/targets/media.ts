import fc from 'fast-check'
import { StationSettings } from '../../../core/contract/stations.ts'
import { canonicalMedium } from '../../../core/media/canonical.ts'
import { MEDIUM_TYPES, RawMedium } from '../../../core/media/medium.ts'
import { membershipMedium } from '../../../core/media/membership.ts'
import { simulatedOutcome } from '../../../drivers/simulated/codec.ts'
import { corpus, textLike } from '../inputs.ts'
import { fuzzTarget } from '../target.ts'
import { Canonical, ReadMedium } from '../wellFormed.ts'

const samples = ['media.txt', 'scans.txt', 'gs1.txt', 'links.txt'].flatMap(corpus)
const medium = fc.record({
  type: fc.constantFrom(...MEDIUM_TYPES),
  identifier: textLike(samples),
})
/** What has passed the contract: the codecs behind it see nothing else. */
const contractMedium = medium.filter((raw) => RawMedium.safeParse(raw).success)

/** Canonical forms, of any text: integrators send it. The same medium always has the same one. */
export const canonicalForms = fuzzTarget(
  'medium canonical form',
  fc.record({ raw: medium, acceptNonUniqueUids: fc.boolean() }),
  ({ raw, acceptNonUniqueUids }) => {
    const once = Canonical.parse(canonicalMedium(raw, { acceptNonUniqueUids }))
    if (!once.ok) return
    if (raw.type === 'nfc-uid' || raw.type === 'felica-idm' || raw.type === 'hce') {
      const upper = canonicalMedium({ ...raw, identifier: raw.identifier.toUpperCase() }, { acceptNonUniqueUids })
      if (!upper.ok || Buffer.compare(upper.value.bytes, once.value.bytes) !== 0) throw new Error('letter case counts')
    }
  },
)

const rule = fc.record({
  prefix: fc.constantFrom('', '0', '29', 'M-', '4912345'),
  minLength: fc.integer({ min: 1, max: 20 }),
  maxLength: fc.integer({ min: 1, max: 128 }),
  checkDigit: fc.constantFrom('none', 'gtin'),
  ai: fc.constantFrom(undefined, '8018', '255', '01', '10', '8004'),
})
const rules = fc
  .array(rule, { maxLength: 4 })
  .map((membershipRules) => StationSettings.parse({ membershipRules }).membershipRules)

/** Membership rules of a store, on whatever is presented. */
export const membership = fuzzTarget(
  'membership rules',
  fc.record({ raw: contractMedium, rules }),
  ({ raw, rules: given }) => {
    const found = membershipMedium(raw, given)
    if (found !== null) RawMedium.parse(found)
  },
)

/** What the simulated reader makes of a medium. */
export const simulated = fuzzTarget('simulated', contractMedium, (raw) => {
  ReadMedium.parse(simulatedOutcome(raw))
})
