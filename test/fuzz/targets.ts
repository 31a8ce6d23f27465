import type { FuzzTarget } from './target.ts'
import { decodingBytes, decodingText } from './targets/decoding.ts'
import { digitalLinks, elementStrings, gtins } from './targets/gs1.ts'
import { hidDescriptors, hidReports } from './targets/hid.ts'
import { deviceKeys, masking } from './targets/masking.ts'
import { canonicalForms, membership, simulated } from './targets/media.ts'
import { pcscAnswers, pcscCards, pcscNdef, pcscSelect } from './targets/pcsc.ts'
import { serial, serialDetection } from './targets/serial.ts'
import { wedge } from './targets/wedge.ts'

/** Every codec of the product: what turns something from outside into something we act on. */
export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  hidReports,
  hidDescriptors,
  serial,
  serialDetection,
  wedge,
  pcscAnswers,
  pcscNdef,
  pcscSelect,
  pcscCards,
  simulated,
  decodingBytes,
  decodingText,
  elementStrings,
  digitalLinks,
  gtins,
  membership,
  canonicalForms,
  masking,
  deviceKeys,
]
