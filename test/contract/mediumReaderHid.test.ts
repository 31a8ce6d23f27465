import { systemClock, systemIds, systemScheduler } from '../../counter/system.ts'
import { HidReader } from '../../drivers/hid/adapter.ts'
import { mediumReaderContract } from './mediumReader.ts'
import { HidBus, hidReport } from './mediumReaderHidDouble.ts'

const texts = ['0049012345', 'M'.repeat(100)]
const PATH = '/dev/hidraw-tapcoupon'

/** The adapter over a double of node-hid. */
mediumReaderContract('hid', { replug: true }, () => {
  const bus = new HidBus()
  bus.plug(PATH)
  return {
    reader: new HidReader(systemClock, systemIds, systemScheduler, async () => bus),
    readerId: '0c2e:0b61:S1',
    present(n) {
      const text = texts[n]!
      for (let at = 0; at < text.length; at += 56) {
        bus.send(PATH, hidReport(text.slice(at, at + 56), { aim: ']Q1', continued: at + 56 < text.length }))
      }
    },
    medium: (n) => ({ type: 'qr', identifier: texts[n]! }),
    presentUnreadable: () => bus.send(PATH, hidReport(Uint8Array.of(0xff, 0xfe, 0x00))),
    unplug: () => bus.unplug(PATH),
    plug: () => bus.plug(PATH),
    close: () => {},
  }
})
