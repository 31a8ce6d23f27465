import type { FuzzTarget } from './target.ts'
import { decodingBytes, decodingText } from './targets/decoding.ts'
import { digitalLinks, elementStrings, gtins } from './targets/gs1.ts'
import { hidDescriptors, hidReports } from './targets/hid.ts'
import { canonicalForms, membership, simulated } from './targets/media.ts'
import { pcsc } from './targets/pcsc.ts'
import { serial } from './targets/serial.ts'
import { wedge } from './targets/wedge.ts'

/** Every codec of the product: what turns something from outside into something we act on. */
export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  hidReports,
  hidDescriptors,
  serial,
  wedge,
  pcsc,
  simulated,
  decodingBytes,
  decodingText,
  elementStrings,
  digitalLinks,
  gtins,
  membership,
  canonicalForms,
]
