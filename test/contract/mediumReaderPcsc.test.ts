import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock, systemIds, systemScheduler } from '../../counter/system.ts'
import { PcscReader } from '../../drivers/pcsc/adapter.ts'
import { FELICA_ATR, TYPE_A_ATR } from '../hardware/rigs/atr.ts'
import { mediumReaderContract } from './mediumReader.ts'
import { DoubleService, DoubleSlot } from './mediumReaderPcscDouble.ts'

const cards = [
  { atr: FELICA_ATR, uid: '0123456789abcdef', type: 'felica-idm' },
  { atr: TYPE_A_ATR, uid: '04a1b2c3d4e5f6', type: 'nfc-uid' },
] as const

/** The adapter, nfc-pcsc and our CardReader over a double of the native binding. */
mediumReaderContract('pcsc', { replug: true }, () => {
  const slot = new DoubleSlot('Double Reader 00 00')
  const service = new DoubleService(slot)
  return {
    reader: new PcscReader(systemClock, systemIds, systemScheduler, service.load),
    readerId: 'Double Reader 00 00',
    async present(n) {
      const { atr, uid } = cards[n]!
      slot.insert({ atr, answer: () => Buffer.from(`${uid}9000`, 'hex') })
      await sleep(50)
      slot.remove()
    },
    medium: (n) => ({ type: cards[n]!.type, identifier: cards[n]!.uid }),
    async presentUnreadable() {
      slot.insert({ atr: TYPE_A_ATR, answer: () => Buffer.from('6a81', 'hex') })
      await sleep(50)
      slot.remove()
    },
    unplug: () => service.stop(),
    plug: () => {
      service.running = true
    },
    close: () => {},
  }
})
