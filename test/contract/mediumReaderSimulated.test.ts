import type { RawMedium } from '../../core/media/medium.ts'
import { systemClock, systemIds, systemScheduler } from '../../counter/system.ts'
import { SIMULATED_READER_ID, SimulatedReader } from '../../drivers/simulated/adapter.ts'
import { mediumReaderContract } from './mediumReader.ts'

const media: RawMedium[] = [
  { type: 'felica-idm', identifier: '0123456789abcdef@0003' },
  { type: 'barcode', identifier: '0049012345' },
]

mediumReaderContract('simulated', { replug: false }, () => {
  const reader = new SimulatedReader(systemClock, systemIds, systemScheduler)
  return {
    reader,
    readerId: SIMULATED_READER_ID,
    present: (n) => reader.present(media[n]!),
    medium: (n) => media[n]!,
    presentUnreadable: () => reader.present(media[0]!, 'unreadable'),
    close: () => {},
  }
})
