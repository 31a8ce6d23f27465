import { setTimeout } from 'node:timers/promises'
import { TYPE_A_ATR } from '../atr.ts'
import { uidCard } from '../virtualCard.ts'
import type { CardReaderPort } from './cardReader.ts'
import type { Replugged } from './replugCycles.ts'
import type { GuestScanner } from './scannerBench.ts'
import { type ScannerModel, scanReports } from './scannerModels.ts'

/** A symbol of more than one report; its number stands at both ends, so that half of it is another identifier. */
function longSymbol(index: number): string {
  return `https://coupon.example/${index}/${'0123456789'.repeat(9)}/${index}`
}

export function hidReplugged(scanner: GuestScanner, model: ScannerModel): Replugged {
  return {
    transport: 'hid',
    plug: () => scanner.plug(),
    unplug: () => scanner.unplug(),
    async present(index) {
      await scanner.send(scanReports(model, Buffer.from(longSymbol(index)), ']Q1'))
      return longSymbol(index)
    },
    async presentCut(index) {
      await scanner.send(scanReports(model, Buffer.from(longSymbol(-index)), ']Q1').slice(0, 1))
    },
    cutIsReported: false,
    async clear() {},
  }
}

export function serialReplugged(scanner: GuestScanner): Replugged {
  return {
    transport: 'serial',
    plug: () => scanner.plug(),
    unplug: () => scanner.unplug(),
    async present(index) {
      await scanner.send([Buffer.from(longSymbol(index)), Buffer.from('\r\n')])
      return longSymbol(index)
    },
    async presentCut(index) {
      await scanner.send([Buffer.from(longSymbol(-index).slice(0, 40))])
    },
    cutIsReported: false,
    async clear() {},
  }
}

/**
 * pcscd looks for cards every 400 ms, later where the processor is emulated and shared: a card that comes sooner is not
 * told from the one before. And Debian 12's (1.9.9 with libccid 1.5.2) aborts in libusb, or never notices the unplug, when
 * a reader goes in the very moment at which it lets go of a card.
 */
const RELEASE_MS = 1_000

/** The cut read is a card that leaves the field at the first command it is sent. */
export function cardReaderReplugged(port: CardReaderPort): Replugged {
  return {
    transport: 'pcsc',
    async plug() {
      await port.plug()
      return null
    },
    unplug: () => port.unplug(),
    async present(index) {
      const uid = `04${index.toString(16).padStart(12, '0')}`
      port.insert(uidCard(TYPE_A_ATR, uid))
      return uid
    },
    async presentCut() {
      port.insert({ atr: TYPE_A_ATR, respond: () => null })
    },
    cutIsReported: true,
    async clear() {
      port.removeCard()
      await setTimeout(RELEASE_MS)
    },
  }
}
