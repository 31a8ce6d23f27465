import { systemClock, systemIds } from '../../counter/system.ts'
import { WEDGE_READER_ID, WedgeReader } from '../../drivers/wedge/adapter.ts'
import { mediumReaderContract } from './mediumReader.ts'
import { wedgeKeys } from './wedgeKeys.ts'

const texts = ['0049012345', 'MEMBER-77/a']

mediumReaderContract('wedge', { replug: false }, () => {
  const reader = new WedgeReader(systemClock, systemIds)
  return {
    reader,
    readerId: WEDGE_READER_ID,
    present: (n) => reader.receive(wedgeKeys(`${texts[n]}\n`)),
    medium: (n) => ({ type: 'barcode', identifier: texts[n]! }),
    presentUnreadable: () => {
      const keys = wedgeKeys('123456\n')
      reader.receive([...keys.slice(0, 3), { ...keys[3]!, code: 'F13', key: 'F13' }, ...keys.slice(3)])
    },
    close: () => {},
  }
})
