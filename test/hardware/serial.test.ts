import { setTimeout as sleep } from 'node:timers/promises'
import { SerialPreset } from '../../core/readers/protocol.ts'
import { systemClock, systemIds, systemScheduler } from '../../counter/system.ts'
import { SerialReader } from '../../drivers/serial/adapter.ts'
import { mediumReaderContract } from '../contract/mediumReader.ts'
import { openPtyPair } from './rigs/ptyPair.ts'

const texts = ['0049012345', '会員ABC-1']

mediumReaderContract('serial, over a null-modem cable', { replug: true }, async () => {
  const pair = await openPtyPair()
  const preset = SerialPreset.parse({ path: pair.counterEnd, baudRate: 115_200 })
  return {
    reader: new SerialReader(preset, systemClock, systemIds, systemScheduler),
    readerId: pair.counterEnd,
    async present(n) {
      for (const byte of Buffer.from(`${texts[n]}\r\n`)) {
        await pair.send(Uint8Array.of(byte))
        await sleep(1)
      }
    },
    medium: (n) => ({ type: n === 0 ? 'barcode' : 'qr', identifier: texts[n]! }),
    presentUnreadable: () => pair.send(Uint8Array.of(0x80, 0xff, 0x00, 0xfe, 0x0d)),
    unplug: () => pair.unplug(),
    plug: () => pair.plug(),
    close: () => pair.close(),
  }
})
