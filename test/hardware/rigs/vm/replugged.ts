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
    clear() {},
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
    clear() {},
  }
}

/** The cut read is a card that leaves the field at the first command it is sent. */
export function cardReaderReplugged(port: CardReaderPort): Replugged {
  return {
    transport: 'pcsc',
    plug: () => port.plug(),
    unplug: () => port.unplug(),
    async present(index) {
      const uid = `04${index.toString(16).padStart(12, '0')}`
      port.insert(uidCard(TYPE_A_ATR, uid))
      return uid
    },
    async presentCut() {
      port.insert({ atr: TYPE_A_ATR, respond: () => null })
    },
    clear: () => port.removeCard(),
  }
}
