import { setTimeout as sleep } from 'node:timers/promises'
import { SerialPreset } from '../../core/readers/protocol.ts'
import { systemClock, systemIds, systemScheduler } from '../../counter/system.ts'
import { SerialReader } from '../../drivers/serial/adapter.ts'
import { mediumReaderContract } from './mediumReader.ts'
import { plugSerialCable } from './mediumReaderSerialPty.ts'

const texts = ['0049012345', '会員ABC-1']

/** A real serialport on a real terminal. Windows has no pseudo-terminals for it. */
if (process.platform !== 'win32') {
  mediumReaderContract('serial, on a pseudo-terminal', { replug: true }, async () => {
    const cable = await plugSerialCable()
    // Its codes end with CR LF and never by silence, however slow this machine is.
    const preset = SerialPreset.parse({ path: cable.path, preset: 'honeywell' })
    return {
      reader: new SerialReader(preset, systemClock, systemIds, systemScheduler),
      readerId: cable.path,
      async present(n) {
        const bytes = Buffer.from(`${texts[n]}\r\n`)
        // In two pieces, as a slow line delivers it.
        cable.send(bytes.subarray(0, 4))
        await sleep(5)
        cable.send(bytes.subarray(4))
      },
      medium: (n) => ({ type: n === 0 ? 'barcode' : 'qr', identifier: texts[n]! }),
      // A wrong baud rate looks like this.
      presentUnreadable: () => cable.send(Uint8Array.of(0x80, 0xff, 0x00, 0xfe, 0x0d)),
      unplug: () => cable.unplug(),
      plug: () => cable.plug(),
      close: () => cable.close(),
    }
  })
}
